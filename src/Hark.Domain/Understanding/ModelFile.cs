using System.Buffers.Binary;
using System.Text;

namespace Hark.Domain.Understanding;

/// <summary>
/// A trained table of weights: 2^<see cref="Bits"/> rows, one signed byte for each output in a row, a scale for each output, and named numbers (biases, calibration).
/// The file holds only rows that are not all zero. The same content is the same bytes.
/// </summary>
/// <param name="Name">What it is a model of.</param>
/// <param name="Version">Goes into trails, so that every label says what made it.</param>
/// <param name="Width">Bytes of a row: the outputs, rounded up to what loads fast.</param>
internal sealed record ModelFile(string Name, string Version, IReadOnlyList<string> Outputs, int Bits, int Width, float[] Scales, sbyte[] Rows, IReadOnlyDictionary<string, float[]> Numbers)
{
    private const uint Magic = 0x4D4B5248; // HRKM
    private const byte Format = 1;

    public ReadOnlySpan<sbyte> Row(int row) => Rows.AsSpan(row * Width, Width);

    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Format);
        writer.Write(Name);
        writer.Write(Version);
        writer.Write7BitEncodedInt(Outputs.Count);
        foreach (var output in Outputs) writer.Write(output);
        writer.Write((byte)Bits);
        writer.Write7BitEncodedInt(Width);
        foreach (var scale in Scales) writer.Write(scale);
        writer.Write7BitEncodedInt(Numbers.Count);
        foreach (var (name, values) in Numbers.OrderBy(n => n.Key, StringComparer.Ordinal))
        {
            writer.Write(name);
            writer.Write7BitEncodedInt(values.Length);
            foreach (var value in values) writer.Write(value);
        }
        WriteRows(writer);
    }

    /// <summary>Each row that is not all zero: how many rows lie between it and the one before, a bit for each output that is not zero, those outputs.</summary>
    private void WriteRows(BinaryWriter writer)
    {
        var count = Outputs.Count;
        var used = Enumerable.Range(0, 1 << Bits).Where(r => Row(r)[..count].ContainsAnyExcept((sbyte)0)).ToArray();
        writer.Write(used.Length);
        var previous = -1;
        Span<byte> mask = stackalloc byte[(count + 7) / 8];
        foreach (var row in used)
        {
            writer.Write7BitEncodedInt(row - previous - 1);
            previous = row;
            var values = Row(row)[..count];
            mask.Clear();
            for (var i = 0; i < count; i++)
                if (values[i] != 0) mask[i >> 3] |= (byte)(1 << (i & 7));
            writer.Write(mask);
            foreach (var value in values)
                if (value != 0) writer.Write(value);
        }
    }

    /// <exception cref="InvalidDataException">The bytes are no model, one of another format, or cut off.</exception>
    public static ModelFile Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new SpanReader(bytes);
        if (reader.UInt32() != Magic) throw new InvalidDataException("This is no model file.");
        if (reader.Byte() is not Format and var format) throw new InvalidDataException($"The model file has format {format}; this build reads format {Format}.");
        var (name, version) = (reader.Text(), reader.Text());
        var outputs = new string[reader.Count(maximum: 1024)];
        for (var i = 0; i < outputs.Length; i++) outputs[i] = reader.Text();
        var bits = (int)reader.Byte();
        var width = reader.Count(maximum: 1024);
        if (bits is < 6 or > 24 || width < outputs.Length) throw new InvalidDataException("The model file names a size that is not allowed.");
        var scales = reader.Floats(outputs.Length);
        var numbers = new Dictionary<string, float[]>(StringComparer.Ordinal);
        for (var left = reader.Count(maximum: 1024); left > 0; left--)
        {
            var key = reader.Text();
            numbers[key] = reader.Floats(reader.Count(maximum: 65536));
        }
        var rows = new sbyte[(1 << bits) * width];
        ReadRows(ref reader, rows, 1 << bits, width, outputs.Length);
        return new ModelFile(name, version, outputs, bits, width, scales, rows, numbers);
    }

    private static void ReadRows(ref SpanReader reader, sbyte[] rows, int count, int width, int outputs)
    {
        var row = -1;
        for (var left = reader.UInt32(); left > 0; left--)
        {
            row += reader.Count(count) + 1;
            if (row >= count) throw new InvalidDataException("The model file names a row outside its table.");
            var mask = reader.Bytes((outputs + 7) / 8);
            var values = rows.AsSpan(row * width, outputs);
            for (var i = 0; i < outputs; i++)
                if ((mask[i >> 3] & 1 << (i & 7)) != 0) values[i] = (sbyte)reader.Byte();
        }
    }

    private ref struct SpanReader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public ReadOnlySpan<byte> Bytes(int length)
        {
            if (length > _rest.Length) throw new InvalidDataException("The model file is cut off.");
            var taken = _rest[..length];
            _rest = _rest[length..];
            return taken;
        }

        public byte Byte() => Bytes(1)[0];

        public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

        public string Text() => Encoding.UTF8.GetString(Bytes(Count(maximum: 4096)));

        public float[] Floats(int count)
        {
            var values = new float[count];
            foreach (ref var value in values.AsSpan()) value = BinaryPrimitives.ReadSingleLittleEndian(Bytes(4));
            return values;
        }

        public int Count(int maximum)
        {
            var value = 0;
            for (var shift = 0; shift < 35; shift += 7)
            {
                var part = Byte();
                value |= (part & 0x7F) << shift;
                if (part >= 0x80) continue;
                return value >= 0 && value <= maximum ? value : throw new InvalidDataException("The model file names a size that is not allowed.");
            }
            throw new InvalidDataException("The model file is damaged.");
        }
    }
}
