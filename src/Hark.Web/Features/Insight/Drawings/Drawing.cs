using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Hark.Web.Features.Insight.Drawings;

/// <summary>
/// An SVG of its own, made on the server. Its looks are attributes, so that it is the same in a browser, a document or a slide; all words are escaped.
/// </summary>
internal sealed class Drawing(int width, int height)
{
    public const string Ink = "#334155", Faint = "#94a3b8", Grid = "#e2e8f0", Accent = "#2563eb", Bad = "#b91c1c", Field = "#dbeafe";

    private readonly StringBuilder _parts = new();

    public int Width => width;
    public int Height => height;

    public void Line(double x1, double y1, double x2, double y2, string colour, double thickness = 1) =>
        Add($"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\" stroke=\"{colour}\" stroke-width=\"{thickness:0.#}\"/>");

    public void Dot(double x, double y, double radius, string colour) => Add($"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{radius:0.#}\" fill=\"{colour}\"/>");

    public void Path(string path, string colour, bool filled = false) =>
        Add(filled ? $"<path d=\"{path}\" fill=\"{colour}\"/>" : (FormattableString)$"<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.6\"/>");

    /// <param name="anchor">start, middle or end.</param>
    public void Text(double x, double y, string words, string anchor = "start", string colour = Ink, int size = 12) =>
        Add($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" fill=\"{colour}\" font-size=\"{size}\">{HtmlEncoder.Default.Encode(words)}</text>");

    /// <summary>The whole file.</summary>
    public string ToSvg(string title) => string.Create(CultureInfo.InvariantCulture, $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="system-ui, sans-serif" role="img">
        <title>{HtmlEncoder.Default.Encode(title)}</title><rect width="{width}" height="{height}" fill="#ffffff"/>
        {_parts}</svg>
        """);

    private void Add(FormattableString part) => _parts.Append(part.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
