using System.Text;

namespace Hark.Domain.Calendars;

/// <summary>Content lines of iCalendar (RFC 5545 section 3.1): folded at 75 octets, ended by CRLF.</summary>
internal sealed class CalendarLines
{
    /// <summary>Octets per line, without the line break.</summary>
    public const int Limit = 75;

    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    /// <summary>A line whose value is written as it is.</summary>
    public CalendarLines Raw(string name, string value)
    {
        Fold(name + ":" + value);
        return this;
    }

    /// <summary>A line whose value is TEXT: backslash, semicolon, comma and line breaks are escaped (section 3.3.11).</summary>
    public CalendarLines Text(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) Raw(name, Escape(value));
        return this;
    }

    public static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length + 8);
        foreach (var c in value.ReplaceLineEndings("\n"))
        {
            if (c == '\n') escaped.Append("\\n");
            else if (c is '\\' or ';' or ',') escaped.Append('\\').Append(c);
            else if (!char.IsControl(c) || c == '\t') escaped.Append(c);
        }
        return escaped.ToString();
    }

    /// <summary>A parameter value: always quoted; what may not stand in quotes is replaced (section 3.2, RFC 6868).</summary>
    public static string Quote(string value)
    {
        var quoted = new StringBuilder("\"", value.Length + 8);
        foreach (var c in value.ReplaceLineEndings("\n"))
        {
            if (c == '\n') quoted.Append("^n");
            else if (c == '"') quoted.Append("^'");
            else if (c == '^') quoted.Append("^^");
            else if (!char.IsControl(c)) quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>Breaks between characters, never inside one: some readers decode each line by itself.</summary>
    private void Fold(string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > Limit)
            {
                _text.Append("\r\n ");
                octets = 1;
            }
            _text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        _text.Append("\r\n");
    }
}
