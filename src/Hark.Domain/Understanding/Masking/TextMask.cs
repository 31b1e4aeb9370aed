using System.Text.RegularExpressions;

namespace Hark.Domain.Understanding.Masking;

/// <summary>
/// Takes personal data out of texts: each find is replaced by its kind in brackets (<c>[email]</c>). Only what is sure by its shape or its check digits; a text
/// without any comes back as the same instance. Linear in the text.
/// </summary>
public static partial class TextMask
{
    private const int LeastPhoneDigits = 9, MostPhoneDigits = 15;

    public static string Apply(string text, IReadOnlyList<MaskedKind> kinds)
    {
        // What is longer and surer first: digits of an account would else be taken for a telephone number.
        if (kinds.Contains(MaskedKind.Email)) text = Email().Replace(text, "[email]");
        if (kinds.Contains(MaskedKind.Iban)) text = IbanShape().Replace(text, m => IbanEnd(m.Value) is > 0 and var length ? "[iban]" + m.Value[length..] : m.Value);
        if (kinds.Contains(MaskedKind.Card)) text = Digits().Replace(text, m => IsCard(m.Value) ? "[card]" : m.Value);
        if (kinds.Contains(MaskedKind.Phone)) text = Digits().Replace(text, m => IsPhone(m.Value) ? "[phone]" : m.Value);
        if (kinds.Contains(MaskedKind.Name)) text = Salutation().Replace(text, m => m.Groups["salutation"].Value + "[name]");
        return text;
    }

    /// <summary>How many characters of a candidate are an account number: groups of a text may be followed by a word.</summary>
    private static int IbanEnd(string candidate)
    {
        for (var end = candidate.Length; end >= 15; end--)
        {
            if (candidate[end - 1] == ' ' || (end < candidate.Length && char.IsAsciiLetterOrDigit(candidate[end]))) continue;
            if (Compact(candidate[..end]) is { Length: >= 15 and <= 34 } compact && HasCheckDigits(compact)) return end;
        }
        return 0;
    }

    /// <summary>ISO 7064 MOD 97-10: the country and check digits at the end, letters as numbers from ten on, the rest of the division is one.</summary>
    private static bool HasCheckDigits(string iban)
    {
        var rest = 0;
        foreach (var c in iban[4..] + iban[..4])
        {
            var value = char.IsAsciiDigit(c) ? c - '0' : char.ToUpperInvariant(c) - 'A' + 10;
            rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
        }
        return rest == 1;
    }

    private static bool IsCard(string found)
    {
        var digits = Numbers(found);
        if (found[0] is '+' or '(' || digits.Length is < 13 or > 19 || digits.Distinct().Count() == 1) return false;
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }
        return sum % 10 == 0;
    }

    private static bool IsPhone(string found)
    {
        if (Date().IsMatch(found)) return false;
        var digits = Numbers(found).Length;
        // A long number without any sign in it may be an order; with a plus it is a telephone.
        return digits is >= LeastPhoneDigits and <= MostPhoneDigits && (found[0] == '+' || found.StartsWith("00", StringComparison.Ordinal) || digits <= 12);
    }

    /// <summary>Digits of any script as 0 to 9.</summary>
    private static string Numbers(string text) => string.Concat(text.Where(char.IsDigit).Select(c => (char)('0' + (int)char.GetNumericValue(c))));

    private static string Compact(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit));

    [GeneratedRegex(@"[\p{L}\p{N}._%+\-]{1,64}@[\p{L}\p{N}\-]+(\.[\p{L}\p{N}\-]+)*\.\p{L}{2,24}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex(@"\b[A-Za-z]{2}[0-9]{2}[ ]?([A-Za-z0-9]{1,4}[ ]?){3,8}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex IbanShape();

    [GeneratedRegex(@"(\+|\(|\b)\d([ ./()\-\u00A0]{0,2}\d){8,18}\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"^(\d{1,2}[./\-] ?\d{1,2}[./\-] ?\d{4}|\d{4}[./\-]\d{1,2}[./\-]\d{1,2})", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex(@"(?<salutation>\b(?i:Mr|Mrs|Ms|Miss|Dr|Mister|pan|pana|panu|panem|paní|pán|pána|pánovi|pani|slečna|г-н|г-жа|господин|госпожа|госпожо|господине|г-ном|госпожой|آقای|خانم)\.?\s+)\p{Lu}[\p{Ll}\p{M}'’]+([ \-]\p{Lu}[\p{Ll}\p{M}'’]+){0,2}|(?<salutation>\b(آقای|خانم)\s+)\p{Lo}{2,20}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Salutation();
}
