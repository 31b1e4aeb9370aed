namespace Hark.Domain.Understanding;

/// <summary>Faces typed with punctuation, and the rows of brackets that stand for them in Cyrillic writing.</summary>
internal static class Emoticons
{
    public const string Glad = ":)", Sad = ":(", Unsure = ":/", Heart = "<3";

    /// <summary>The emoticon a text begins with.</summary>
    /// <returns>Its length; 0 where the text begins with none.</returns>
    public static int Match(ReadOnlySpan<char> text, out string? standsFor)
    {
        standsFor = null;
        if (text[0] is ')' or '(') return Brackets(text, out standsFor);
        if (text.StartsWith("<3"))
        {
            standsFor = Heart;
            return 2;
        }
        if (text[0] is not (':' or ';' or '=')) return 0;
        var at = 1;
        if (at < text.Length && text[at] is '\'') at++;
        if (at < text.Length && text[at] is '-' or '^') at++;
        if (at >= text.Length) return 0;
        standsFor = text[at] switch
        {
            ')' or 'D' or 'd' or ']' or '*' or 'P' or 'p' or '3' => Glad,
            '(' or '[' => Sad,
            '/' or '\\' or '|' => Unsure,
            _ => null,
        };
        // "http:/", "a:d" and "1:3" are no faces: without a nose a letter or a stroke must be the last of its word.
        if (standsFor is null || at == 1 && text[at] is 'D' or 'd' or 'P' or 'p' or '3' or '/' && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1])) return 0;
        var mouth = text[at++];
        while (at < text.Length && text[at] == mouth) at++;
        return at;
    }

    private static int Brackets(ReadOnlySpan<char> text, out string? standsFor)
    {
        var length = 1;
        while (length < text.Length && text[length] == text[0]) length++;
        standsFor = length < 2 ? null : text[0] == ')' ? Glad : Sad;
        return length < 2 ? 0 : length;
    }
}
