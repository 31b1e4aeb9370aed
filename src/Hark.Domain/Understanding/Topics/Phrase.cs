using Hark.Domain.Common;

namespace Hark.Domain.Understanding.Topics;

/// <summary>A word of a phrase: how a word of a text has to begin, and how many letters may follow.</summary>
internal readonly record struct PhraseWord(string Stem, int Ending)
{
    /// <summary>Any number of letters may follow.</summary>
    public const int AnyEnding = 5;
}

/// <summary>Cuts phrases into words and allows for the endings that words take in a language: a stem and a few letters, never more than <see cref="PhraseWord.AnyEnding"/> unless asked for.</summary>
internal static class Phrase
{
    public static IReadOnlyList<PhraseWord> Words(string phrase, string language)
    {
        var text = phrase.Trim();
        var exact = text.Length > 2 && text[0] == '"' && text[^1] == '"';
        var folded = TextFold.Fold(text);
        var words = new List<PhraseWord>();
        for (var at = 0; at < folded.Length; at++)
        {
            if (!char.IsLetterOrDigit(folded[at])) continue;
            var start = at;
            while (at < folded.Length && char.IsLetterOrDigit(folded[at])) at++;
            var word = folded[start..at];
            if (at < folded.Length && folded[at] == '*') words.Add(new(word, PhraseWord.AnyEnding));
            else words.Add(exact || word.Any(char.IsDigit) ? new(word, 0) : Inflected(word, language));
        }
        return words;
    }

    private static PhraseWord Inflected(string word, string language) => language switch
    {
        "cs" or "sk" or "pl" or "bg" or "ru" or "uk" or "sr" or "hr" or "bs" or "mk" or "sl" or "be" => WithoutVowels(word, least: 4, ending: 3),
        "en" when word.Length >= 6 && word[^1] is 'e' or 'y' => new(word[..^1], 3),
        "en" => new(word, word.Length >= 4 ? 2 : word.Length == 3 ? 1 : 0),
        "fa" or "ar" or "ur" => new(word, word.Length >= 4 ? 4 : 0),
        "zh" or "ja" or "ko" or "th" => new(word, PhraseWord.AnyEnding),
        _ => WithoutVowels(word, least: 5, ending: 3),
    };

    /// <summary>Words that change their ending: what is before it, where enough is left to tell words apart.</summary>
    private static PhraseWord WithoutVowels(string word, int least, int ending)
    {
        var length = word.Length;
        while (length > least && "aeiouyаеиоуыьяюэйіїє".Contains(word[length - 1], StringComparison.Ordinal)) length--;
        return length < least ? new(word, 0) : new(word[..length], ending);
    }
}
