using System.Buffers;
using Hark.Domain.Common;

namespace Hark.Domain.Understanding;

/// <summary>
/// What a model sees of a text: words and pairs of words, as written and folded, and the 2–5-grams of characters inside the folded words; each once for all
/// languages and once for its own, so that what is learned of one language helps the others where they agree (Daumé 2007). Emoji and emoticons are words,
/// numbers are all the same number, words under a negation are other words, and letters drawn out (<c>suuuper</c>) are written twice.
/// </summary>
internal static class TextFeatures
{
    private const int LongestGram = 5, ShortestGram = 2;

    /// <summary>Frames hold this many characters of a word; a longer one is cut, so that time stays linear.</summary>
    private const int FrameSize = 48;
    private const ulong Shared = 0x9AE16A3B2F90404F, GramSpace = 0xC949D7C7509E6557, ExactSpace = 0x510E527FADE682D1;
    private const char NegatedMark = '\u0001', PairMark = '\u0002';

    /// <summary>They steer how a text is set and say nothing.</summary>
    private static readonly SearchValues<char> DirectionMarks = SearchValues.Create("\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    /// <param name="language">Null where it is not known: then only what holds for all languages is read.</param>
    /// <param name="into">Emptied first.</param>
    public static void Read(string text, string? language, Features into)
    {
        into.Clear();
        if (text.AsSpan().ContainsAny(DirectionMarks)) text = string.Concat(text.Where(c => !DirectionMarks.Contains(c)));
        var own = language is null ? 0 : GramHash.Add(GramHash.Seed, language);
        var folded = TextFold.Fold(text);
        new Reader(into, own, Shared, withGrams: true).Read(folded);
        if (!string.Equals(folded, text, StringComparison.Ordinal)) new Reader(into, own, ExactSpace, withGrams: false).Read(text);
    }

    private ref struct Reader(Features into, ulong own, ulong shared, bool withGrams)
    {
        private ulong _previous;
        private int _negated;

        public void Read(ReadOnlySpan<char> text)
        {
            var tokens = new Tokens(text);
            scoped Span<char> frame = stackalloc char[FrameSize + 2];
            while (tokens.MoveNext())
            {
                switch (tokens.Kind)
                {
                    case TokenKind.Word: Word(tokens.Text, frame); break;
                    case TokenKind.Number: AddWord(Hash("0")); break;
                    case TokenKind.Mention: AddWord(Hash("@")); break;
                    case TokenKind.Link: AddWord(Hash("://")); break;
                    case TokenKind.Symbol: EndPhrase(); AddWord(Hash(tokens.Text)); break;
                    case TokenKind.Stop: EndPhrase(); break;
                }
            }
        }

        private void EndPhrase() => (_previous, _negated) = (0, 0);

        private void Word(scoped ReadOnlySpan<char> word, scoped Span<char> frame)
        {
            var hash = GramHash.Seed;
            frame[0] = ' ';
            var length = 1;
            char last = '\0', beforeLast = '\0';
            foreach (var raw in word)
            {
                var c = withGrams ? raw : char.ToLowerInvariant(raw);
                if (c == last && c == beforeLast) continue;
                (beforeLast, last) = (last, c);
                hash = GramHash.Add(hash, c);
                if (!withGrams) continue;
                frame[length++] = c;
                if (length <= FrameSize) continue;
                AddGrams(frame[..length]);
                length = 0;
            }
            if (withGrams)
            {
                frame[length++] = ' ';
                AddGrams(frame[..length]);
            }
            AddWord(_negated > 0 ? GramHash.Add(hash, NegatedMark) : hash);
            if (_previous != 0) AddWord(GramHash.Add(_previous, PairMark) ^ hash);
            _previous = hash;
            _negated = Negation.Is(word) ? Negation.Reach : Math.Max(0, _negated - 1);
        }

        private static ulong Hash(ReadOnlySpan<char> word) => GramHash.Add(GramHash.Seed, word);

        private readonly void AddWord(ulong hash)
        {
            into.AddWord(GramHash.In(hash, shared), isOwn: false);
            if (own != 0) into.AddWord(GramHash.In(hash, shared ^ own), isOwn: true);
        }

        private readonly void AddGrams(scoped ReadOnlySpan<char> frame)
        {
            for (var start = 0; start < frame.Length - 1; start++)
            {
                var hash = GramHash.Add(GramSpace, frame[start]);
                var end = Math.Min(frame.Length, start + LongestGram);
                for (var at = start + 1; at < end; at++)
                {
                    hash = GramHash.Add(hash, frame[at]);
                    if (at - start + 1 < ShortestGram) continue;
                    into.AddGram(GramHash.In(hash, shared), isOwn: false);
                    if (own != 0) into.AddGram(GramHash.In(hash, shared ^ own), isOwn: true);
                }
            }
        }
    }
}
