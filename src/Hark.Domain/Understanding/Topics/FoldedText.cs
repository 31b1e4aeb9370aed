using Hark.Domain.Common;

namespace Hark.Domain.Understanding.Topics;

/// <summary>A text folded and cut into words with one blank between, as phrases are matched against; with the way back to the characters it was made of where that was asked for.</summary>
internal readonly ref struct FoldedText
{
    private readonly int[]? _origins;

    private FoldedText(string folded, string words, int[]? origins) => (Folded, Words, _origins) = (folded, words, origins);

    /// <summary>With its punctuation, for patterns.</summary>
    public string Folded { get; }

    /// <summary>Letters and digits only, a blank between words and none at the ends.</summary>
    public string Words { get; }

    public static FoldedText Of(string text)
    {
        var folded = TextFold.Fold(text);
        return new(folded, WordsOf(folded), null);
    }

    /// <summary>Word by word, so that every place of <see cref="Words"/> is known in the text.</summary>
    public static FoldedText WithOrigins(string text)
    {
        var (words, origins) = (new System.Text.StringBuilder(text.Length), new List<int>(text.Length));
        for (var at = 0; at < text.Length; at++)
        {
            if (!IsPart(text, at)) continue;
            var start = at;
            while (at < text.Length && IsPart(text, at)) at++;
            var folded = WordsOf(TextFold.Fold(text[start..at]));
            if (folded.Length == 0) continue;
            if (words.Length > 0)
            {
                words.Append(' ');
                origins.Add(start);
            }
            words.Append(folded);
            for (var i = 0; i < folded.Length; i++) origins.Add(start + Math.Min(i, at - start - 1));
            origins[^1] = at - 1;
        }
        return new(TextFold.Fold(text), words.ToString(), [.. origins]);
    }

    /// <summary>Where in the text a stretch of <see cref="Words"/> is.</summary>
    public TextSpan Origin(int start, int end) => _origins is null ? throw new InvalidOperationException("The text was folded without its origins.")
        : new(_origins[start], _origins[end - 1] + 1 - _origins[start]);

    private static bool IsPart(string text, int at) => char.IsLetterOrDigit(text[at]) || char.IsSurrogate(text[at])
        || char.GetUnicodeCategory(text[at]) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.Format;

    private static string WordsOf(string folded)
    {
        var buffer = folded.Length <= 1024 ? stackalloc char[folded.Length] : new char[folded.Length];
        var length = 0;
        foreach (var c in folded)
        {
            if (char.IsLetterOrDigit(c)) buffer[length++] = c;
            else if (length > 0 && buffer[length - 1] != ' ') buffer[length++] = ' ';
        }
        return new string(buffer[..(length > 0 && buffer[length - 1] == ' ' ? length - 1 : length)]);
    }
}

/// <summary>A stretch of a text, in UTF-16 units.</summary>
public readonly record struct TextSpan(int Start, int Length);
