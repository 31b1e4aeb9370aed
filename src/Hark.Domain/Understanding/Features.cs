using System.Numerics;

namespace Hark.Domain.Understanding;

/// <summary>
/// The distinct features of one text as rows of a table of weights, words apart from character n-grams: each family is scaled by its own number, so that the
/// few words count as much as the many n-grams. Each feature is there once for all languages and, where the language is known, once for its own. Made once and
/// used for text after text; not for two threads at once.
/// </summary>
/// <param name="bits">The table has 2^bits rows.</param>
internal sealed class Features(int bits)
{
    private readonly ulong[] _seen = new ulong[(1 << bits) / 64];
    private readonly RowList _words = new(128), _ownWords = new(128), _grams = new(512), _ownGrams = new(512);

    /// <summary>Features that texts of all languages share.</summary>
    public ReadOnlySpan<int> Words => _words.Rows;
    public ReadOnlySpan<int> Grams => _grams.Rows;

    /// <summary>The same in the copy of the text's language; empty where it is not known.</summary>
    public ReadOnlySpan<int> OwnWords => _ownWords.Rows;
    public ReadOnlySpan<int> OwnGrams => _ownGrams.Rows;

    /// <summary>It has not grown beyond what texts of a few hundred words need.</summary>
    public bool IsSmall => _words.Room + _ownWords.Room + _grams.Room + _ownGrams.Room <= 1 << 15;

    /// <summary>How many features were offered, repetitions included: what reading the text cost.</summary>
    public int Work { get; private set; }

    /// <summary>What one feature of a family of so many weighs: one over the root of their number.</summary>
    public static float Scale(int count) => count == 0 ? 0 : 1 / MathF.Sqrt(count);

    public void AddWord(ulong hash, bool isOwn) => Add(hash, isOwn ? _ownWords : _words);

    public void AddGram(ulong hash, bool isOwn) => Add(hash, isOwn ? _ownGrams : _grams);

    /// <summary>Whether the text has a feature of a row of a table with 2^shift times fewer rows.</summary>
    public bool HasAny(int row, int shift)
    {
        var first = row << shift;
        return (_seen[first >> 6] & BitOperations.RotateLeft((1UL << (1 << shift)) - 1, first)) != 0;
    }

    /// <summary>Empties it, at the price of what was in it.</summary>
    public void Clear()
    {
        foreach (var list in (ReadOnlySpan<RowList>)[_words, _ownWords, _grams, _ownGrams])
        {
            foreach (var row in list.Rows) _seen[row >> 6] = 0;
            list.Clear();
        }
        Work = 0;
    }

    private void Add(ulong hash, RowList list)
    {
        Work++;
        var row = GramHash.Row(hash, bits);
        ref var seen = ref _seen[row >> 6];
        var bit = BitOperations.RotateLeft(1UL, row);
        if ((seen & bit) != 0) return;
        seen |= bit;
        list.Add(row);
    }

    private sealed class RowList(int room)
    {
        private int[] _rows = new int[room];
        private int _count;

        public ReadOnlySpan<int> Rows => _rows.AsSpan(0, _count);
        public int Room => _rows.Length;

        public void Clear() => _count = 0;

        public void Add(int row)
        {
            if (_count == _rows.Length) Array.Resize(ref _rows, _count * 2);
            _rows[_count++] = row;
        }
    }
}
