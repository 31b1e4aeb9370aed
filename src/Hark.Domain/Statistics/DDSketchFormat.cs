using System.Buffers;

namespace Hark.Domain.Statistics;

/// <summary>The stored form of a <see cref="DDSketch"/>; described at <see cref="DDSketch.ToBytes"/>.</summary>
internal static class DDSketchFormat
{
    private const byte Version = 1;

    // 64 bits in groups of seven.
    private const int MaxVarintBytes = 10;

    public static byte[] Write(DDSketch sketch)
    {
        var used = sketch.Bins().Count();
        var buffer = new ArrayBufferWriter<byte>(4 + MaxVarintBytes + (3 * used));
        buffer.Write([Version]);
        WriteVarint(buffer, (ulong)sketch.Accuracy);
        WriteVarint(buffer, ZigZag(sketch.ZeroCount));
        WriteVarint(buffer, (ulong)used);
        var previous = 0;
        foreach (var (index, count) in sketch.Bins())
        {
            WriteVarint(buffer, ZigZag(index - previous));
            WriteVarint(buffer, ZigZag(count));
            previous = index;
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads the head, and moves <paramref name="bytes"/> past it.</summary>
    public static int ReadAccuracy(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes[0] != Version) throw new FormatException("Not a stored sketch of version 1.");
        bytes = bytes[1..];
        var accuracy = ReadVarint(ref bytes);
        if (accuracy is < 10 or > 1000) throw new FormatException("A stored sketch has an accuracy outside 10 to 1000 basis points.");
        return (int)accuracy;
    }

    /// <summary>Adds what follows the head.</summary>
    public static void ReadInto(DDSketch sketch, ReadOnlySpan<byte> bytes)
    {
        try
        {
            sketch.AddZero(UnZigZag(ReadVarint(ref bytes)));
            ReadBins(sketch, ref bytes);
        }
        catch (OverflowException e)
        {
            throw new FormatException("A stored sketch counts more than 2^63 values.", e);
        }

        if (!bytes.IsEmpty) throw new FormatException("A stored sketch is followed by other bytes.");
    }

    private static void ReadBins(DDSketch sketch, ref ReadOnlySpan<byte> bytes)
    {
        var (min, max) = (sketch.MinIndex, sketch.MaxIndex);
        var used = ReadVarint(ref bytes);
        long index = 0;
        for (ulong i = 0; i < used; i++)
        {
            var step = UnZigZag(ReadVarint(ref bytes));
            // Checked before it is added: a forged step neither overflows nor makes room for more bins than the range has.
            if (step < min - index || step > max - index || (i > 0 && step <= 0))
                throw new FormatException("A stored sketch has a bin out of order or out of range.");
            index += step;
            var count = UnZigZag(ReadVarint(ref bytes));
            if (count == 0) throw new FormatException("A stored sketch has an empty bin.");
            sketch.AddBin((int)index, count);
        }
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    private static void WriteVarint(ArrayBufferWriter<byte> buffer, ulong value)
    {
        var span = buffer.GetSpan(MaxVarintBytes);
        var length = 0;
        for (; value >= 0x80; value >>= 7) span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        buffer.Advance(length);
    }

    private static ulong ReadVarint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var i = 0; i < bytes.Length && i < MaxVarintBytes; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] >= 0x80) continue;
            bytes = bytes[(i + 1)..];
            return value;
        }

        throw new FormatException("A stored sketch is cut short.");
    }
}
