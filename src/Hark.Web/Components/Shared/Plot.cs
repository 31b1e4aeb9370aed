using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace Hark.Web.Components.Shared;

/// <summary>Coordinates and paths for drawings made on the server, as SVG attributes write them.</summary>
internal static class Plot
{
    public static string At(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>Words in a drawing. Made here because Razor keeps the tag's name for itself.</summary>
    /// <param name="attributes">As SVG writes them; never words of people.</param>
    public static MarkupString Label(string attributes, string words) => new($"<text {attributes}>{HtmlEncoder.Default.Encode(words)}</text>");

    /// <summary>A line through points; a gap where a value is missing.</summary>
    public static string Line(IEnumerable<(double X, double? Y)> points)
    {
        var path = new StringBuilder();
        var pen = 'M';
        foreach (var (x, y) in points)
        {
            if (y is { } at) path.Append(pen).Append(At(x)).Append(' ').Append(At(at));
            pen = y is null ? 'M' : 'L';
        }
        return path.ToString();
    }

    /// <summary>The field between two lines, over each run of at least two points at which both are known.</summary>
    public static string Field(IReadOnlyList<(double X, double? Low, double? High)> points)
    {
        var path = new StringBuilder();
        for (var from = 0; from < points.Count; from++)
        {
            var run = points.Skip(from).TakeWhile(p => p is { Low: not null, High: not null }).ToList();
            if (run.Count > 1) path.Append(Line([.. run.Select(p => (p.X, p.Low)), .. run.AsEnumerable().Reverse().Select(p => (p.X, p.High))])).Append('Z');
            from += run.Count;
        }
        return path.ToString();
    }
}
