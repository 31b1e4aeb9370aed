using System.Globalization;

namespace Hark.Domain.Sla;

/// <summary>One unfolded content line, <c>NAME;PARAM=VALUE:VALUE</c>. An unreadable line has an empty name.</summary>
/// <param name="Number">Its first physical line in the file, from 1.</param>
internal sealed record ICalendarLine(int Number, string Name, string Value)
{
    /// <summary>Leaves room to add days without leaving the calendar.</summary>
    public const int LastYear = 9000;

    public bool Is(string value) => Value.Equals(value, StringComparison.OrdinalIgnoreCase);

    /// <summary>Joins folded lines (RFC 5545 section 3.1; CRLF or LF) and splits each into name and value; parameters are dropped. Blank lines are passed over.</summary>
    public static IEnumerable<ICalendarLine> Unfold(string text)
    {
        var (held, heldNumber, number) = (new System.Text.StringBuilder(), 0, 0);
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var line = raw.TrimEnd('\r');
            if (line.Length > 0 && line[0] is ' ' or '\t' && held.Length > 0)
            {
                held.Append(line, 1, line.Length - 1);
                continue;
            }
            if (held.Length > 0) yield return Split(held.ToString(), heldNumber);
            held.Clear().Append(line.Trim());
            heldNumber = number;
        }
        if (held.Length > 0) yield return Split(held.ToString(), heldNumber);
    }

    /// <summary>Parses <c>YYYYMMDD</c> or <c>YYYYMMDDTHHMMSS[Z]</c> as written.</summary>
    public static bool TryTime(string text, out DateTime time, out bool isDate)
    {
        isDate = text.Length == 8;
        return DateTime.TryParseExact(text.TrimEnd('Z', 'z'), isDate ? "yyyyMMdd" : "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out time)
            && time.Year <= LastYear;
    }

    /// <summary>Undoes the escapes of a TEXT value (section 3.3.11).</summary>
    public string Text() => Value.Replace("\\n", " ", StringComparison.OrdinalIgnoreCase).Replace("\\,", ",", StringComparison.Ordinal)
        .Replace("\\;", ";", StringComparison.Ordinal).Replace(@"\\", @"\", StringComparison.Ordinal);

    private static ICalendarLine Split(string line, int number)
    {
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"') quoted = !quoted;
            if (line[i] != ':' || quoted) continue;
            var name = line[..i].Split(';')[0];
            return new(number, name.ToUpperInvariant(), line[(i + 1)..]);
        }
        return new(number, "", line);
    }
}
