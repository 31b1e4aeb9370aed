using System.Globalization;

namespace Hark.Web.Infrastructure.Localisation;

/// <summary>
/// How a language writes numbers. Kept here and not taken from the machine's locale data, so that every node writes the same. Digits are Latin in all
/// languages: figures are compared across pages and pasted into sheets.
/// </summary>
internal sealed class LanguageNumbers
{
    private const string Minus = "−";
    private const string HardSpace = "\u00a0";
    private readonly NumberFormatInfo _format;
    private readonly string _percent;

    private LanguageNumbers(string point, string group, string percent)
    {
        _format = new NumberFormatInfo { NumberDecimalSeparator = point, NumberGroupSeparator = group, NegativeSign = Minus };
        _percent = percent;
    }

    public static LanguageNumbers Of(string language) => language switch
    {
        "en" => new(".", ",", "%"),
        "fa" => new(".", ",", "%"),
        "bg" => new(",", HardSpace, "%"),
        _ => new(",", HardSpace, HardSpace + "%"),
    };

    public string Number(double value, int decimals) => Rounded(value, decimals).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), _format);

    public string Percent(double share, int decimals) => Number(share * 100, decimals) + _percent;

    /// <summary>With a plus sign where there is something to add; nothing is plain 0.</summary>
    public string Signed(double value, int decimals) => (Rounded(value, decimals) > 0 ? "+" : "") + Number(value, decimals);

    /// <summary>No "−0".</summary>
    private static double Rounded(double value, int decimals) => Math.Round(value, decimals, MidpointRounding.AwayFromZero) is var r && r == 0 ? 0 : r;
}
