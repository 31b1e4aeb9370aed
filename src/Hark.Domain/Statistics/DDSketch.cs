namespace Hark.Domain.Statistics;

/// <summary>
/// A summary of many values from which any quantile can be read to within a relative error: 1 % unless told otherwise. After C. Masson, J. E. Rim and
/// H. K. Lee, "DDSketch: a fast and fully-mergeable quantile sketch with relative-error guarantees", PVLDB 12 (2019) 2195-2205.
/// </summary>
/// <remarks>
/// Value x is counted in bin ceil(log_gamma x) with gamma = (1 + a) / (1 - a) and read back as 2 gamma^i / (gamma + 1). Bins are never collapsed, so the
/// guarantee always holds: values lie between <see cref="MinValue"/> (smaller ones count as 0) and <see cref="MaxValue"/>, at most 2,764 bins at 1 %.
/// The counts are a group: adding, merging and taking away in any order give the same sketch and the same bytes. A difference (new minus old) may hold
/// negative counts until it is merged; asking such a sketch for a quantile is a bug. Not thread-safe.
/// </remarks>
public sealed class DDSketch
{
    /// <summary>1 % in basis points.</summary>
    public const int DefaultAccuracy = 100;

    /// <summary>Smaller values count as 0.</summary>
    public const double MinValue = 1e-9;

    /// <summary>The greatest value taken: in milliseconds, 31,000 years.</summary>
    public const double MaxValue = 1e15;

    private readonly double _gamma;
    private readonly double _logGamma;
    private long[] _bins = [];
    private int _firstIndex;

    /// <param name="accuracy">Relative error in basis points, 10 (0.1 %) to 1000 (10 %).</param>
    public DDSketch(int accuracy = DefaultAccuracy)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(accuracy, 10);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(accuracy, 1000);
        Accuracy = accuracy;
        _gamma = (10_000.0 + accuracy) / (10_000.0 - accuracy);
        _logGamma = Math.Log(_gamma);
    }

    /// <summary>Relative error in basis points.</summary>
    public int Accuracy { get; }

    /// <summary>Values held; of a difference, values added less values taken away.</summary>
    public long Count { get; private set; }

    /// <summary>Values that count as 0.</summary>
    internal long ZeroCount { get; private set; }

    /// <summary>Adds a value <paramref name="times"/> times, or takes it away when negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, not finite or over <see cref="MaxValue"/>.</exception>
    public void Add(double value, long times = 1)
    {
        if (!(value is >= 0 and <= MaxValue))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A sketch takes values from 0 to 1e15.");
        if (value < MinValue) AddZero(times);
        else AddBin(IndexOf(value), times);
    }

    /// <summary>Adds all that <paramref name="other"/> holds. Both must have the same accuracy.</summary>
    public void Merge(DDSketch other) => Combine(other, 1);

    /// <summary>
    /// Adds all that was stored by <see cref="ToBytes"/>, without making a sketch of it: the way to sum many rows. The accuracy must be the same.
    /// </summary>
    /// <exception cref="FormatException">The bytes are no sketch; this one may hold a part of them and is not to be used on.</exception>
    public void Merge(ReadOnlySpan<byte> stored)
    {
        var accuracy = DDSketchFormat.ReadAccuracy(ref stored);
        CheckAccuracy(accuracy, nameof(stored));
        DDSketchFormat.ReadInto(this, stored);
    }

    /// <summary>Takes away all that <paramref name="other"/> holds. Both must have the same accuracy.</summary>
    public void Subtract(DDSketch other) => Combine(other, -1);

    /// <summary>
    /// The value at rank floor(q (n - 1)) of the sorted values, 0 &lt;= q &lt;= 1, within the relative error; null when empty. Cost: one pass over the bins.
    /// </summary>
    /// <exception cref="InvalidOperationException">More was taken away than was added.</exception>
    public double? Quantile(double q)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(q is >= 0 and <= 1, true, nameof(q));
        if (ZeroCount < 0 || _bins.AsSpan().IndexOfAnyInRange(long.MinValue, -1) >= 0)
            throw new InvalidOperationException("The sketch holds negative counts: it is a difference, or lost something it never held.");
        if (Count == 0) return null;
        var rank = (long)Math.Floor(q * (Count - 1));
        var passed = ZeroCount;
        if (passed > rank) return 0;
        var bin = 0;
        while ((passed += _bins[bin]) <= rank) bin++;
        return ValueOf(_firstIndex + bin);
    }

    /// <summary>
    /// The bytes to store: equal sketches give equal bytes. A version byte, then variable-length integers (LEB128, signed ones zigzag): accuracy, zero
    /// count, number of bins in use, and for each, ascending, the distance to the previous index and its count. About three bytes a bin in use.
    /// </summary>
    public byte[] ToBytes() => DDSketchFormat.Write(this);

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are not a sketch, are cut short or go on too long.</exception>
    public static DDSketch FromBytes(ReadOnlySpan<byte> bytes)
    {
        var sketch = new DDSketch(DDSketchFormat.ReadAccuracy(ref bytes));
        DDSketchFormat.ReadInto(sketch, bytes);
        return sketch;
    }

    internal int MinIndex => IndexOf(MinValue);

    internal int MaxIndex => IndexOf(MaxValue);

    internal int IndexOf(double value) => (int)Math.Ceiling(Math.Log(value) / _logGamma);

    internal double ValueOf(int index) => 2 * Math.Pow(_gamma, index) / (_gamma + 1);

    /// <summary>The bins in use, ascending.</summary>
    internal IEnumerable<(int Index, long Count)> Bins()
    {
        for (var i = 0; i < _bins.Length; i++)
        {
            if (_bins[i] != 0) yield return (_firstIndex + i, _bins[i]);
        }
    }

    internal void AddZero(long times)
    {
        Count = checked(Count + times);
        ZeroCount = checked(ZeroCount + times);
    }

    internal void AddBin(int index, long times)
    {
        MakeRoom(index, index);
        ref var bin = ref _bins[index - _firstIndex];
        (bin, Count) = checked((bin + times, Count + times));
    }

    private void Combine(DDSketch other, int sign)
    {
        CheckAccuracy(other.Accuracy, nameof(other));
        Count = checked(Count + (sign * other.Count));
        ZeroCount = checked(ZeroCount + (sign * other.ZeroCount));
        if (other._bins.Length == 0) return;
        MakeRoom(other._firstIndex, other._firstIndex + other._bins.Length - 1);
        var shift = other._firstIndex - _firstIndex;
        for (var i = 0; i < other._bins.Length; i++) _bins[i + shift] = checked(_bins[i + shift] + (sign * other._bins[i]));
    }

    private void CheckAccuracy(int other, string parameter)
    {
        if (other != Accuracy) throw new ArgumentException($"Sketches of accuracy {Accuracy} and {other} cannot be combined.", parameter);
    }

    private void MakeRoom(int from, int to)
    {
        if (_bins.Length == 0)
        {
            _firstIndex = from;
            _bins = new long[to - from + 1];
            return;
        }

        var last = _firstIndex + _bins.Length - 1;
        if (from >= _firstIndex && to <= last) return;
        // Half as much again on the side that grew, so that a run of rising values does not copy each time.
        var slack = _bins.Length / 2;
        var newFirst = from < _firstIndex ? from - slack : _firstIndex;
        var newLast = to > last ? to + slack : last;
        var bins = new long[newLast - newFirst + 1];
        _bins.CopyTo(bins, _firstIndex - newFirst);
        (_bins, _firstIndex) = (bins, newFirst);
    }
}
