using System.Globalization;
using System.Text.RegularExpressions;
using Hark.Domain.Common;

namespace Hark.Domain.Signals.Mapping;

/// <summary>Numbers and truths as people and their tools write them.</summary>
internal static partial class NumberTexts
{
    private static readonly HashSet<string> Yes = new(StringComparer.OrdinalIgnoreCase) { "true", "yes", "y", "t", "1", "on", "ano", "áno", "да", "д", "بله", "بلی" };
    private static readonly HashSet<string> No = new(StringComparer.OrdinalIgnoreCase) { "false", "no", "n", "f", "0", "off", "ne", "nie", "нет", "не", "н", "خیر", "نه" };

    /// <param name="decimalSign">Null: a dot, and any comma is refused, because "3,5" and "3,500" cannot be told apart safely.</param>
    public static bool TryNumber(string text, char? decimalSign, out double number, out string? problem)
    {
        problem = null;
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent | (decimalSign == ',' ? 0 : NumberStyles.AllowDecimalPoint), CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number)) return true;
        var plain = Plain(text);
        if (decimalSign is null && plain.Contains(',', StringComparison.Ordinal))
        {
            problem = $"'{Shorten(text)}' has a comma; say in the mapping whether \"decimal\" is \",\" or \".\"";
            return false;
        }
        var (sign, group) = decimalSign == ',' ? (',', '.') : ('.', ',');
        if (plain.Contains(group, StringComparison.Ordinal))
        {
            if (!Grouped().IsMatch(plain.Replace(group, '\'').Replace(sign, '!'))) plain = "";
            plain = plain.Replace(group.ToString(), "", StringComparison.Ordinal);
        }
        plain = plain.Replace(sign, '.');
        if (double.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number)) return true;
        problem = $"'{Shorten(text)}' is no number";
        return false;
    }

    public static bool? Truth(string text) => Yes.Contains(text) ? true : No.Contains(text) ? false : null;

    /// <summary>A value as an error shows it.</summary>
    public static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "…";

    /// <summary>Latin digits, a plain minus, no spaces between groups.</summary>
    private static string Plain(string text) =>
        string.Concat(TextFold.Fold(text).Where(c => !char.IsWhiteSpace(c) && c is not ('\u00A0' or '\u202F' or '\''))).Replace('−', '-').Replace('٫', '.').Replace("٬", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^[+-]?\d{1,3}('\d{3})+(!\d*)?$")]
    private static partial Regex Grouped();
}
