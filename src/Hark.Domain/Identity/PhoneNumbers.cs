using System.Text;

namespace Hark.Domain.Identity;

/// <summary>A telephone number, normalised.</summary>
/// <param name="Value">E.164 (<c>+420777123456</c>) where it parses, else as sent, trimmed.</param>
/// <param name="Key">What numbers are compared by: the E.164 form, else the digits alone.</param>
public readonly record struct Phone(string Value, string Key, bool IsE164);

/// <summary>Reads telephone numbers as people write them.</summary>
public static class PhoneNumbers
{
    /// <summary>E.164 allows fifteen digits, country code included.</summary>
    private const int MaxDigits = 15;

    /// <summary>The number, or null with the reason when it holds no digits to call or far too many.</summary>
    /// <param name="region">ISO 3166-1 alpha-2 of the numbers written without a country; null: those stay as sent.</param>
    public static Phone? Parse(string text, string? region, out string? problem)
    {
        var trimmed = text.Trim();
        var (digits, plus, letters) = Digits(trimmed);
        problem = digits.Length switch
        {
            < 3 => "must be a telephone number; it has fewer than 3 digits",
            > 32 => "must be a telephone number; it has more than 32 digits",
            _ => null,
        };
        if (problem is not null) return null;
        var e164 = letters ? null : ToE164(digits, plus, CallingCodes.OfRegion(region));
        return e164 is null ? new Phone(trimmed, digits, false) : new Phone(e164, e164, true);
    }

    private static string? ToE164(string digits, bool plus, CallingPlan? home)
    {
        if (plus) return International(digits);
        if (home is null) return digits.StartsWith("00", StringComparison.Ordinal) ? International(digits[2..]) : null;
        if (digits.StartsWith(home.International, StringComparison.Ordinal) && International(digits[home.International.Length..]) is { } abroad) return abroad;
        if (digits.StartsWith("00", StringComparison.Ordinal) && International(digits[2..]) is { } far) return far;
        if (National(digits, home) is { } national) return national;
        // Written with the country's own code but without the plus.
        return digits.StartsWith(home.Code, StringComparison.Ordinal) ? International(digits) : null;
    }

    private static string? National(string digits, CallingPlan plan)
    {
        var withoutTrunk = plan.Trunk.Length > 0 && digits.StartsWith(plan.Trunk, StringComparison.Ordinal) ? digits[plan.Trunk.Length..] : null;
        if (withoutTrunk is not null && Fits(withoutTrunk, plan)) return "+" + plan.Code + withoutTrunk;
        // A leading 0 that is not the trunk prefix (as in Italy) belongs to the number; where the trunk prefix is 0 no number begins with it.
        return Fits(digits, plan) && !(plan.Trunk == "0" && digits[0] == '0') ? "+" + plan.Code + digits : null;
    }

    /// <summary>Digits that begin with a country code. A trunk prefix kept by mistake (<c>+44 (0) 20</c>) is dropped.</summary>
    private static string? International(string digits)
    {
        if (digits.Length is < 7 or > MaxDigits || digits[0] == '0') return null;
        if (CallingCodes.OfNumber(digits) is not { } plan) return "+" + digits; // a country whose plan is not known here
        var national = digits[plan.Code.Length..];
        if (plan.Trunk == "0" && national.StartsWith('0')) national = national[1..];
        return Fits(national, plan) ? "+" + plan.Code + national : null;
    }

    private static bool Fits(string national, CallingPlan plan) => national.Length >= plan.Min && national.Length <= plan.Max;

    /// <summary>The digits of any script as 0–9, what stands after an extension mark left out.</summary>
    private static (string Digits, bool Plus, bool Letters) Digits(string text)
    {
        var digits = new StringBuilder(text.Length);
        var (plus, letters) = (false, false);
        foreach (var c in text)
        {
            if (char.IsDigit(c)) digits.Append((char)('0' + (int)char.GetNumericValue(c)));
            else if (c is '+' or '＋' && digits.Length == 0) plus = true;
            else if (c is ';' or ',' or '#' or 'x' or 'X' && digits.Length >= 7) break;
            else if (char.IsLetter(c)) letters = true;
        }
        return (digits.ToString(), plus, letters);
    }
}
