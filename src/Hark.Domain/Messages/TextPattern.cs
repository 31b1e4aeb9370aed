using System.Text;

namespace Hark.Domain.Messages;

/// <summary>A text with places for values: <c>"Case {case_number}"</c>. A doubled brace stands for itself. Parsed once, rendered often.</summary>
public sealed class TextPattern
{
    private readonly List<Part> _parts = [];

    private TextPattern(string source) => Source = source;

    /// <summary>As it was written.</summary>
    public string Source { get; }

    /// <summary>The names it uses, each once.</summary>
    public IEnumerable<string> Placeholders => _parts.Where(p => p.IsValue).Select(p => p.Text).Distinct(StringComparer.Ordinal);

    /// <summary>The name, when the text is nothing but one value.</summary>
    public string? Sole => _parts is [{ IsValue: true } only] ? only.Text : null;

    /// <summary>Parses a text; the reason says what is wrong with it.</summary>
    /// <param name="known">The names that may be used.</param>
    public static TextPattern? Parse(string source, IReadOnlyCollection<string> known, out string? reason)
    {
        var pattern = new TextPattern(source);
        var literal = new StringBuilder();
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            if (c is not ('{' or '}')) literal.Append(c);
            else if (i + 1 < source.Length && source[i + 1] == c) literal.Append(source[i++]);
            else if (c == '}') return Fail("has a '}' that nothing opens; write '}}' for the brace itself", out reason);
            else
            {
                var end = source.IndexOf('}', i);
                if (end < 0) return Fail("has a '{' that nothing closes; write '{{' for the brace itself", out reason);
                var name = source[(i + 1)..end];
                if (!known.Contains(name)) return Fail($"has no value '{name}' to show{Common.Suggestion.Hint(name, known)}{Choices(known)}", out reason);
                pattern.Flush(literal);
                pattern._parts.Add(new Part(name, IsValue: true));
                i = end;
            }
        }
        pattern.Flush(literal);
        reason = null;
        return pattern;
    }

    /// <summary>True when it uses values and all of them are empty: such a line says nothing and is left out.</summary>
    public bool IsVoid(IReadOnlyDictionary<string, string?> values)
    {
        var uses = false;
        foreach (var part in _parts)
        {
            if (!part.IsValue) continue;
            uses = true;
            if (!string.IsNullOrWhiteSpace(values.GetValueOrDefault(part.Text))) return false;
        }
        return uses;
    }

    /// <summary>The text with its values; both the text's own words and the values go through the given functions.</summary>
    public string Render(IReadOnlyDictionary<string, string?> values, Func<string, string>? literal = null, Func<string, string>? value = null)
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            if (!part.IsValue) text.Append(literal is null ? part.Text : literal(part.Text));
            else if (values.GetValueOrDefault(part.Text) is { Length: > 0 } given) text.Append(value is null ? given : value(given));
        }
        return text.ToString();
    }

    private static TextPattern? Fail(string why, out string? reason)
    {
        reason = why;
        return null;
    }

    private static string Choices(IReadOnlyCollection<string> known) => known.Count == 0 ? "; it takes none" : "; it may show " + string.Join(", ", known);

    private void Flush(StringBuilder literal)
    {
        if (literal.Length > 0) _parts.Add(new Part(literal.ToString(), IsValue: false));
        literal.Clear();
    }

    private readonly record struct Part(string Text, bool IsValue);
}
