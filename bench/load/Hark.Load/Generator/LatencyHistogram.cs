using System.Numerics;

namespace Hark.Load.Generator;

/// <summary>Latencies in microseconds, kept to within 1 % in fixed memory. Not for two threads at once; merge at the end.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 7, Sub = 1 << SubBits;
    private readonly long[] _counts = new long[(64 - SubBits) * Sub];

    public long Count { get; private set; }

    public void Record(TimeSpan latency)
    {
        _counts[IndexOf((long)latency.TotalMicroseconds)]++;
        Count++;
    }

    public void Merge(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++) _counts[i] += other._counts[i];
        Count += other.Count;
    }

    /// <summary>Milliseconds that the share <paramref name="q"/> of all did not exceed; 0 without any.</summary>
    public double Quantile(double q)
    {
        var rank = (long)Math.Ceiling(q * Count);
        for (var i = 0; i < _counts.Length && Count > 0; i++)
        {
            rank -= _counts[i];
            if (rank <= 0) return ValueOf(i) / 1000.0;
        }
        return 0;
    }

    private static int IndexOf(long micros)
    {
        if (micros < Sub) return (int)Math.Max(0, micros);
        var shift = BitOperations.Log2((ulong)micros) - SubBits;
        return (shift * Sub) + (int)(micros >> shift);
    }

    private static long ValueOf(int index)
    {
        if (index < 2 * Sub) return index;
        var shift = (index / Sub) - 1;
        return (long)((index % Sub) + Sub) << shift;
    }
}
