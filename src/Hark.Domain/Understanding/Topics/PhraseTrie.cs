namespace Hark.Domain.Understanding.Topics;

/// <summary>
/// All phrases of a taxonomy in one tree of characters. A text is walked once from the beginning of each of its words, as far as any phrase goes: the time is linear
/// in the text, with the longest phrase as the factor at worst and a few characters a word as a rule.
/// </summary>
internal sealed class PhraseTrie
{
    /// <summary>Steps that end a word: <c>Ends + n</c> lets up to n more letters follow. Control characters, so that no text has them.</summary>
    private const char Ends = '\u0001';

    private readonly Dictionary<long, int> _next = [];
    private readonly List<int> _endings = [0];
    private readonly Dictionary<int, List<(int Topic, string Language)>> _phrases = [];

    public void Add(IReadOnlyList<PhraseWord> words, int topic, string language)
    {
        var node = 0;
        foreach (var (i, word) in words.Index())
        {
            if (i > 0) node = Step(node, ' ');
            foreach (var c in word.Stem) node = Step(node, c);
            _endings[node] |= 1 << word.Ending;
            node = Step(node, (char)(Ends + word.Ending));
        }
        if (!_phrases.TryGetValue(node, out var here)) _phrases[node] = here = [];
        if (!here.Contains((topic, language))) here.Add((topic, language));
    }

    /// <param name="words">As <see cref="FoldedText.Words"/>.</param>
    /// <param name="found">Called for every phrase in a language that <paramref name="language"/> takes: topic, start, end.</param>
    /// <param name="language">Of the text; null takes phrases of all languages.</param>
    public void Match(string words, string? language, Action<int, int, int> found)
    {
        for (var start = 0; start < words.Length; start++)
        {
            Walk(words, start, start, 0, language, found);
            start = WordEnd(words, start);
        }
    }

    private void Walk(string words, int start, int at, int node, string? language, Action<int, int, int> found)
    {
        for (var wordEnd = WordEnd(words, at); ; at++)
        {
            for (var endings = _endings[node]; endings != 0; endings &= endings - 1)
            {
                var ending = System.Numerics.BitOperations.TrailingZeroCount(endings);
                if (ending < PhraseWord.AnyEnding && wordEnd - at > ending) continue;
                var after = _next[Key(node, (char)(Ends + ending))];
                foreach (var (topic, of) in _phrases.GetValueOrDefault(after) ?? [])
                    if (Takes(language, of)) found(topic, start, wordEnd);
                if (wordEnd < words.Length && _next.TryGetValue(Key(after, ' '), out var next)) Walk(words, start, wordEnd + 1, next, language, found);
            }
            if (at >= wordEnd || !_next.TryGetValue(Key(node, words[at]), out node)) return;
        }
    }

    /// <summary>Czech and Slovak are so near that short texts of one are taken for the other.</summary>
    private static bool Takes(string? text, string phrase) => text is null || phrase == Taxonomy.AllLanguages || text == phrase || (text, phrase) is ("cs", "sk") or ("sk", "cs");

    private int Step(int node, char c)
    {
        if (_next.TryGetValue(Key(node, c), out var next)) return next;
        _endings.Add(0);
        return _next[Key(node, c)] = _endings.Count - 1;
    }

    private static int WordEnd(string words, int at) => words.IndexOf(' ', at) is >= 0 and var end ? end : words.Length;

    private static long Key(int node, char c) => (long)node << 16 | c;
}
