using System.Text;

namespace Hark.Domain.Common;

/// <summary>
/// Makes texts comparable as people read them: case, diacritics, ligatures, full-width forms, Arabic and Persian letter variants and runs of
/// white space make no difference, in any language. <c>Příliš</c> = <c>prilis</c>, <c>IŞIK</c> = <c>ışık</c> = <c>isik</c>, <c>كتاب</c> = <c>کتاب</c>.
/// </summary>
/// <remarks>
/// Compatibility decomposition (UAX #15), then marks of alphabetic scripts are dropped, letters lower-cased, then recomposed so that a Hangul syllable
/// never matches a part of another one. Vowel signs of Indic scripts and the Japanese voicing marks are letters in their languages and stay, as does й.
/// </remarks>
public static class TextFold
{
    /// <summary>The folded text. Returns the same instance when there is nothing to fold.</summary>
    public static string Fold(string text)
    {
        if (IsPlain(text)) return text;
        var ascii = Ascii.IsValid(text);
        var source = ascii ? text : WithoutLoneSurrogates(text).Normalize(NormalizationForm.FormKD).ToLowerInvariant();
        var folded = new StringBuilder(source.Length);
        foreach (var c in source) Append(folded, c);
        var result = folded.ToString();
        return ascii ? result : result.Normalize(NormalizationForm.FormC);
    }

    /// <summary>True when the text, folded, contains the already folded words.</summary>
    public static bool Contains(string text, string folded) => Fold(text).Contains(folded, StringComparison.Ordinal);

    /// <summary>Lower-case ASCII without runs of white space: what folding leaves as it is.</summary>
    private static bool IsPlain(string text)
    {
        var previous = 'a';
        foreach (var c in text)
        {
            if (c > 'z' || c is >= 'A' and <= 'Z' || c < ' ' || (c == ' ' && previous == ' ')) return false;
            previous = c;
        }
        return true;
    }

    private static void Append(StringBuilder folded, char c)
    {
        if (c < 0x80)
        {
            if (c > ' ') folded.Append(char.ToLowerInvariant(c));
            else AppendSpace(folded);
            return;
        }
        if (IsDropped(c))
        {
            if (c == '\u0306' && folded.Length > 0 && folded[^1] == 'и') folded[^1] = 'й';
            return;
        }
        switch (c)
        {
            case 'ı': folded.Append('i'); break;
            case 'ł': folded.Append('l'); break;
            case 'ø': folded.Append('o'); break;
            case 'đ' or 'ð': folded.Append('d'); break;
            case 'ħ': folded.Append('h'); break;
            case 'ŧ': folded.Append('t'); break;
            case 'ß': folded.Append("ss"); break;
            case 'æ': folded.Append("ae"); break;
            case 'œ': folded.Append("oe"); break;
            case 'þ': folded.Append("th"); break;
            case 'ς': folded.Append('σ'); break;
            case 'ي' or 'ى': folded.Append('ی'); break;
            case 'ك': folded.Append('ک'); break;
            case 'ة' or 'ۀ': folded.Append('ه'); break;
            case >= '٠' and <= '٩': folded.Append((char)('0' + (c - '٠'))); break;
            case >= '۰' and <= '۹': folded.Append((char)('0' + (c - '۰'))); break;
            case '’' or '‘' or 'ʼ': folded.Append('\''); break;
            default:
                if (char.IsWhiteSpace(c)) AppendSpace(folded);
                else folded.Append(c);
                break;
        }
    }

    private static void AppendSpace(StringBuilder folded)
    {
        if (folded.Length == 0 || folded[^1] != ' ') folded.Append(' ');
    }

    /// <summary>Combining marks of Latin, Greek, Cyrillic, Hebrew and Arabic, the tatweel, and characters that are not seen (joiners, soft hyphen, direction marks).</summary>
    private static bool IsDropped(char c) => c is
        >= '\u0300' and <= '\u036F' or >= '\u0483' and <= '\u0489'
        or >= '\u0591' and <= '\u05BD' or '\u05BF' or '\u05C1' or '\u05C2' or '\u05C4' or '\u05C5' or '\u05C7'
        or >= '\u0610' and <= '\u061A' or '\u0640' or >= '\u064B' and <= '\u065F' or '\u0670' or >= '\u06D6' and <= '\u06DC' or >= '\u06DF' and <= '\u06E8'
        or >= '\u1AB0' and <= '\u1AFF' or >= '\u1DC0' and <= '\u1DFF' or >= '\u20D0' and <= '\u20FF' or >= '\uFE20' and <= '\uFE2F'
        or '\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\u200E' or '\u200F' or >= '\u202A' and <= '\u202E' or >= '\u2060' and <= '\u2069' or '\uFEFF';

    /// <summary>Normalisation refuses half of a surrogate pair.</summary>
    private static string WithoutLoneSurrogates(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else return new string([.. text.EnumerateRunes().SelectMany(r => r.ToString())]);
        }
        return text;
    }
}
