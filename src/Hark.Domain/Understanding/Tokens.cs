using System.Text;

namespace Hark.Domain.Understanding;

internal enum TokenKind { Word, Number, Symbol, Stop, Mention, Link }

/// <summary>
/// Cuts a text into words, numbers, emoji and emoticons, ends of phrases, mentions and links, from left to right, each character looked at a bounded number of times.
/// What is none of these (blanks, brackets, joiners outside words) is passed over.
/// </summary>
internal ref struct Tokens(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    public TokenKind Kind { get; private set; }

    /// <summary>Where in the text the token begins.</summary>
    public int Start { get; private set; }

    /// <summary>The characters of the token. An emoticon comes in the form that stands for all of its kind: <c>:)</c>, <c>:(</c>, <c>:/</c>, <c>&lt;3</c>.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    public bool MoveNext()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (char.IsLetter(c)) return IsLink(_text[_at..]) ? Take(TokenKind.Link, ToBlank()) : Take(TokenKind.Word, WordLength());
            if (char.IsDigit(c)) return Take(TokenKind.Number, NumberLength());
            if (c == '@' && _at + 1 < _text.Length && char.IsLetterOrDigit(_text[_at + 1])) return Take(TokenKind.Mention, 1 + NameLength());
            if (Emoticons.Match(_text[_at..], out var stands) is > 0 and var length) return Take(TokenKind.Symbol, length, stands);
            if (c is '.' or ',' or ';' or ':' or '\n' or '…' or '،' or '؛' or '。' or '、') return Take(TokenKind.Stop, 1);
            if (c is '!' or '?' or '؟' or '？' or '！') return Take(TokenKind.Symbol, 1, c is '!' or '！' ? "!" : "?");
            if (Symbol() is > 0 and var size) return Take(TokenKind.Symbol, size);
            _at++;
        }
        return false;
    }

    private bool Take(TokenKind kind, int length, string? standsFor = null)
    {
        (Kind, Start) = (kind, _at);
        Text = standsFor ?? _text.Slice(_at, length);
        _at += length;
        return true;
    }

    /// <summary>Letters, their marks and digits; apostrophes and joiners between letters.</summary>
    private readonly int WordLength()
    {
        var end = _at + 1;
        while (end < _text.Length)
        {
            var c = _text[end];
            if (IsWordPart(c)) end++;
            else if (c is '\'' or '’' or '\u200C' or '\u200D' && end + 1 < _text.Length && char.IsLetter(_text[end + 1])) end += 2;
            else break;
        }
        return end - _at;
    }

    private static bool IsWordPart(char c) => c < 0x80
        ? char.IsAsciiLetterOrDigit(c)
        : char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private readonly int NumberLength()
    {
        var end = _at + 1;
        while (end < _text.Length && (char.IsDigit(_text[end]) || _text[end] is '.' or ',' && end + 1 < _text.Length && char.IsDigit(_text[end + 1]))) end++;
        return end - _at;
    }

    private readonly int NameLength()
    {
        var end = _at + 1;
        while (end < _text.Length && (char.IsLetterOrDigit(_text[end]) || _text[end] == '_')) end++;
        return end - _at - 1;
    }

    private readonly int ToBlank()
    {
        var length = _text[_at..].IndexOfAny(" \t\r\n\u00A0");
        return length < 0 ? _text.Length - _at : length;
    }

    private static bool IsLink(ReadOnlySpan<char> rest) =>
        rest[0] is 'h' or 'H' or 'w' or 'W'
        && (rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase));

    /// <summary>An emoji or another picture; the skin tone after it and the signs that only choose its look count as none.</summary>
    private readonly int Symbol()
    {
        if (Rune.DecodeFromUtf16(_text[_at..], out var rune, out var length) != System.Buffers.OperationStatus.Done) return 0;
        if (rune.Value is >= 0x1F3FB and <= 0x1F3FF) return 0;
        return Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.OtherSymbol ? length : 0;
    }
}
