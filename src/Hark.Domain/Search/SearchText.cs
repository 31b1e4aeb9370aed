using System.Globalization;
using System.Text;
using Hark.Domain.Common;

namespace Hark.Domain.Search;

/// <summary>One condition of a search: words that must follow each other.</summary>
/// <param name="Words">At least one, each as <see cref="SearchText.Words"/> gives them.</param>
/// <param name="Prefix">The last word may go on.</param>
public sealed record SearchTerm(IReadOnlyList<string> Words, bool Prefix);

/// <summary>
/// Cuts texts into the words by which they are found, the same way for what is stored and for what is asked, so that both databases find the same:
/// folded (<see cref="TextFold"/>), letters and digits only, pictographs as words of their own. Scripts that are written without spaces (Chinese, Japanese, Thai, Lao, Khmer,
/// Burmese) become one word a character, and a longer query in them a phrase: so any part of a text is found without a dictionary.
/// </summary>
public static class SearchText
{
    /// <summary>An unquoted word of so many letters also finds longer ones: with many endings and no stemmer for every language, that is what finds <c>доставка</c> by <c>достав</c>.</summary>
    public const int ShortestPrefix = 3;

    public const int MostTerms = 20;

    /// <summary>A word longer than this is cut: it is data, not language.</summary>
    public const int LongestWord = 64;

    /// <summary>A word that no text and no query has: it parts texts that are indexed together.</summary>
    public const string Gap = "_";

    /// <summary>The words of a text in their order, repetitions included.</summary>
    public static IReadOnlyList<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in TextFold.Fold(text).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark) Continue(words, word, rune);
            else if (category == UnicodeCategory.OtherSymbol || IsUnspaced(rune.Value))
            {
                Finish(words, word);
                words.Add(rune.ToString());
            }
            else if (Rune.IsLetterOrDigit(rune) || category is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber) word.Append(rune.ToString());
            else Finish(words, word);
        }
        Finish(words, word);
        return words;
    }

    /// <summary>
    /// Reads a query: all terms must be found; <c>"quoted words"</c> follow each other exactly; a trailing <c>*</c> lets a word go on, as unquoted words of
    /// <see cref="ShortestPrefix"/> letters do anyway. A missing closing quote ends at the end.
    /// </summary>
    /// <returns>No terms where the query has no word at all.</returns>
    public static IReadOnlyList<SearchTerm> Query(string query)
    {
        var terms = new List<SearchTerm>();
        var parts = query.Replace('“', '"').Replace('”', '"').Replace('„', '"').Replace('«', '"').Replace('»', '"').Split('"');
        for (var i = 0; i < parts.Length && terms.Count < MostTerms; i++)
        {
            if (i % 2 == 1) Add(terms, parts[i], quoted: true);
            else foreach (var part in parts[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) Add(terms, part, quoted: false);
        }
        return terms.Count > MostTerms ? terms[..MostTerms] : terms;
    }

    private static void Add(List<SearchTerm> terms, string text, bool quoted)
    {
        var words = Words(text);
        if (words.Count == 0) return;
        var last = words[^1];
        var open = text.EndsWith('*') || (!quoted && last.Length >= ShortestPrefix);
        terms.Add(new SearchTerm(words, open && !IsUnspaced(Rune.GetRuneAt(last, 0).Value)));
    }

    /// <summary>A mark belongs to the letter before it, also where that is a word of its own.</summary>
    private static void Continue(List<string> words, StringBuilder word, Rune mark)
    {
        if (word.Length > 0) word.Append(mark.ToString());
        else if (words.Count > 0 && IsUnspaced(Rune.GetRuneAt(words[^1], 0).Value)) words[^1] += mark.ToString();
    }

    private static void Finish(List<string> words, StringBuilder word)
    {
        if (word.Length == 0) return;
        if (word.Length > LongestWord) word.Length = char.IsHighSurrogate(word[LongestWord - 1]) ? LongestWord - 1 : LongestWord;
        words.Add(word.ToString());
        word.Clear();
    }

    /// <summary>Thai, Lao, Burmese, Khmer, kana, bopomofo and Han. Hangul is written with spaces.</summary>
    private static bool IsUnspaced(int c) => c is
        >= 0x0E00 and <= 0x0EFF or >= 0x1000 and <= 0x109F or >= 0x1780 and <= 0x17FF or >= 0x2E80 and <= 0x2FDF or 0x3005 or 0x3007
        or >= 0x3040 and <= 0x312F or >= 0x31A0 and <= 0x31BF or >= 0x31F0 and <= 0x31FF or >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF
        or >= 0xF900 and <= 0xFAFF or >= 0x1B000 and <= 0x1B16F or >= 0x20000 and <= 0x3FFFF;
}
