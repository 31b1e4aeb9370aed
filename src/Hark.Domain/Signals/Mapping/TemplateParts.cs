using System.Text;

namespace Hark.Domain.Signals.Mapping;

/// <summary>A template taken apart: text and columns in turn.</summary>
internal static class TemplateParts
{
    /// <summary>The parts in order, or null where a brace is not closed. <c>{{</c> and <c>}}</c> stand for the brace itself.</summary>
    public static IReadOnlyList<(string Text, bool IsColumn)>? Parse(string template)
    {
        var parts = new List<(string, bool)>();
        var text = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            if (c is '{' or '}' && i + 1 < template.Length && template[i + 1] == c)
            {
                text.Append(c);
                i++;
            }
            else if (c == '{')
            {
                var end = template.IndexOf('}', i);
                if (end <= i + 1) return null;
                if (text.Length > 0) parts.Add((text.ToString(), false));
                text.Clear();
                parts.Add((template[(i + 1)..end], true));
                i = end;
            }
            else if (c == '}') return null;
            else text.Append(c);
        }
        if (text.Length > 0) parts.Add((text.ToString(), false));
        return parts;
    }
}
