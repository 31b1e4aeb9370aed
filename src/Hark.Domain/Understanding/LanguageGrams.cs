namespace Hark.Domain.Understanding;

/// <summary>
/// What tells languages apart: the 1–5-grams of a word in its frame of blanks and the word itself, lower-case and with diacritics. Rows of a table of 2^bits rows.
/// </summary>
internal ref struct LanguageGrams(ReadOnlySpan<char> word, Span<char> frame, int bits)
{
    private const int LongestGram = 5;

    /// <summary>A frame for words of up to so many characters; of a longer one only the beginning is read.</summary>
    public const int FrameSize = 48;

    /// <summary>The highest <see cref="Order"/>.</summary>
    public const int Orders = LongestGram + 1;

    private readonly int _bits = bits;
    private readonly ReadOnlySpan<char> _frame = Frame(word, frame);
    private int _start, _length;
    private ulong _hash = GramHash.Seed;

    public int Row { get; private set; }

    /// <summary>How many characters the gram has; one more than the longest for the whole word.</summary>
    public readonly int Order => Math.Min(_length, LongestGram + 1);

    public bool MoveNext()
    {
        while (_start < _frame.Length)
        {
            if (_start + _length < _frame.Length && _length < LongestGram)
            {
                _hash = GramHash.Add(_hash, _frame[_start + _length++]);
                if (_length == 1 && _frame[_start] == ' ') continue;
                Row = GramHash.Row(_hash, _bits);
                return true;
            }
            (_hash, _length) = (GramHash.Seed, 0);
            if (++_start < _frame.Length || _frame.Length <= LongestGram) continue;
            (_length, Row) = (LongestGram + 1, GramHash.Row(GramHash.Add(GramHash.Seed, _frame), _bits));
            return true;
        }
        return false;
    }

    private static ReadOnlySpan<char> Frame(ReadOnlySpan<char> word, Span<char> frame)
    {
        var length = 0;
        frame[length++] = ' ';
        foreach (var c in word)
        {
            if (c is '\u200C' or '\u200D') continue;
            frame[length++] = c switch { 'İ' => 'i', '’' => '\'', _ => char.ToLowerInvariant(c) };
            if (length == frame.Length - 1) break;
        }
        frame[length++] = ' ';
        return frame[..length];
    }
}
