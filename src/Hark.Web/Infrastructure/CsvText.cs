using System.Globalization;
using System.Text;

namespace Hark.Web.Infrastructure;

/// <summary>
/// Lines of a CSV file (RFC 4180) that people open in a spreadsheet. What somebody typed must not become a formula there: a text that begins like one gets an apostrophe before it
/// (OWASP, CSV injection). Numbers are ours and stay numbers.
/// </summary>
internal static class CsvText
{
    private static readonly char[] Quoted = [',', '"', '\r', '\n'];

    /// <summary>Cells joined, with the line's end. Times are written in UTC.</summary>
    public static string Line(params IEnumerable<object?> cells)
    {
        var line = new StringBuilder();
        var first = true;
        foreach (var cell in cells)
        {
            if (!first) line.Append(',');
            first = false;
            line.Append(Cell(cell));
        }
        return line.Append("\r\n").ToString();
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        string text => Text(text),
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => Text(value.ToString() ?? ""),
    };

    private static string Text(string text)
    {
        // Some programs look past spaces, and some take the wide forms for the same signs.
        if (text.AsSpan().TrimStart(' ') is [var sign, ..] && sign is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20') text = "'" + text;
        return text.AsSpan().IndexOfAny(Quoted) < 0 ? text : '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }
}
