using System.Numerics;

namespace Hark.Domain.Understanding;

/// <summary>
/// The distinct features of one text as rows of a table of weights, words apart from character n-grams: each family is scaled by its own number, so that the
/// few words count as much as the many n-grams. Made once and used for text after text; not for two threads at once.
/// </summary>
/// <param name="bits">The table has 2^bits rows.</param>
internal sealed class Features(int bits)
{
    private readonly ulong[] _seen = new ulong[(1 << bits) / 64];
    private int[] _words = new int[256], _grams = new int[1024];

    public int WordCount { get; private set; }
    public int GramCount { get; private set; }
    public ReadOnlySpan<int> Words => _words.AsSpan(0, WordCount);
    public ReadOnlySpan<int> Grams => _grams.AsSpan(0, GramCount);

    /// <summary>It has not grown beyond what texts of a few hundred words need.</summary>
    public bool IsSmall => _words.Length + _grams.Length <= 1 << 15;

    /// <summary>What one word weighs: one over the root of their number.</summary>
    public float WordScale => WordCount == 0 ? 0 : 1 / MathF.Sqrt(WordCount);
    public float GramScale => GramCount == 0 ? 0 : 1 / MathF.Sqrt(GramCount);

    /// <summary>How many features were offered, repetitions included: what reading the text cost.</summary>
    public int Work { get; private set; }

    public void AddWord(ulong hash)
    {
        var row = GramHash.Row(hash, bits);
        if (IsNew(row)) Append(ref _words, WordCount++, row);
    }

    public void AddGram(ulong hash)
    {
        var row = GramHash.Row(hash, bits);
        if (IsNew(row)) Append(ref _grams, GramCount++, row);
    }

    /// <summary>Whether the text has the feature of a row.</summary>
    public bool Has(int row) => (_seen[row >> 6] & BitOperations.RotateLeft(1UL, row)) != 0;

    /// <summary>Empties it, at the price of what was in it.</summary>
    public void Clear()
    {
        foreach (var row in Words) _seen[row >> 6] = 0;
        foreach (var row in Grams) _seen[row >> 6] = 0;
        WordCount = GramCount = Work = 0;
    }

    private bool IsNew(int row)
    {
        Work++;
        ref var seen = ref _seen[row >> 6];
        var bit = BitOperations.RotateLeft(1UL, row);
        if ((seen & bit) != 0) return false;
        seen |= bit;
        return true;
    }

    private static void Append(ref int[] rows, int count, int row)
    {
        if (count == rows.Length) Array.Resize(ref rows, count * 2);
        rows[count] = row;
    }
}
