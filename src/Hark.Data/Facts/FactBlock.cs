using Hark.Data.Signals;

namespace Hark.Data.Facts;

/// <summary>
/// Some thousand signals, column by column, in the order of their ids. Nothing in it tells who a person is. Once handed out it never changes; a change makes a new one.
/// </summary>
public sealed class FactBlock
{
    public const int Rows = 16_384;

    /// <summary>What <see cref="Codes"/> has, by place.</summary>
    public static IReadOnlyList<SignalDimension> Dimensions { get; } = [.. Aggregates.Dimensions.Names.Select(n => SignalDimension.All[n])];

    /// <summary>Seconds are counted from here: four bytes reach to 2068.</summary>
    public static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public int Count { get; internal set; }
    internal Guid[] Ids { get; private init; } = new Guid[Rows];
    public int[] Seconds { get; private init; } = new int[Rows];

    /// <summary>The person's number; 0 for nobody known.</summary>
    public int[] People { get; private init; } = new int[Rows];

    /// <summary>Score in thousandths; -1 for none.</summary>
    public int[] Scores { get; private init; } = new int[Rows];

    /// <summary>The rating scale as its number; 0 for no rating.</summary>
    public byte[] Scales { get; private init; } = new byte[Rows];
    public float[] Ratings { get; private init; } = new float[Rows];

    /// <summary>1 negative, 0 not, -1 not known.</summary>
    public sbyte[] Negatives { get; private init; } = new sbyte[Rows];

    /// <summary>By dimension, then by row.</summary>
    public ushort[][] Codes { get; private init; } = [.. Dimensions.Select(_ => new ushort[Rows])];

    /// <summary>By attribute: numbers of texts and truths; null where the block has none.</summary>
    public ushort[]?[] Texts { get; private init; } = new ushort[]?[FactNames.MostAttributes];

    /// <summary>By attribute: numbers, NaN for none; null where the block has none.</summary>
    public float[]?[] Numbers { get; private init; } = new float[]?[FactNames.MostAttributes];

    /// <summary>A copy of the first <paramref name="count"/> rows that may be written to.</summary>
    internal FactBlock Copy(int count) => new()
    {
        Count = count,
        Ids = [.. Ids],
        Seconds = [.. Seconds],
        People = [.. People],
        Scores = [.. Scores],
        Scales = [.. Scales],
        Ratings = [.. Ratings],
        Negatives = [.. Negatives],
        Codes = [.. Codes.Select(c => (ushort[])c.Clone())],
        Texts = [.. Texts.Select(t => (ushort[]?)t?.Clone())],
        Numbers = [.. Numbers.Select(n => (float[]?)n?.Clone())],
    };
}
