using System.Text;

namespace Hark.Domain.Messages;

/// <summary>The HTML part of a message: one narrow column, styles inline for mail programs that drop style sheets, a dark scheme for those that do not.</summary>
internal static class MessageHtml
{
    private const string Font = "-apple-system,'Segoe UI',Roboto,'Noto Sans',Vazirmatn,'Noto Sans Arabic',sans-serif";
    private const string Style =
        "@media (prefers-color-scheme:dark){body,.m{background:#15181d!important;color:#e9ebef!important}.f{color:#949cab!important;border-color:#272c35!important}"
        + ".b{background:#5866dc!important;border-color:#5866dc!important}.c{color:#bac2ff!important;border-color:#3d4450!important;background:#15181d!important}}";

    public static string Document(string language, string subject, string workspace, List<List<MessageLine>> paragraphs, string footer, MessageRenderer.Link? unsubscribe,
        Dictionary<string, string?> values)
    {
        var html = new StringBuilder(2048);
        var direction = Languages.Direction(language);
        html.Append("<!doctype html>\n<html lang=\"").Append(language).Append("\" dir=\"").Append(direction).Append("\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
            .Append(Encode(subject)).Append("</title>\n<style>").Append(Style).Append("</style>\n</head>\n")
            .Append("<body style=\"margin:0;padding:0;background:#ffffff;color:#161a22\">\n<div class=\"m\" lang=\"").Append(language).Append("\" dir=\"").Append(direction)
            .Append("\" style=\"max-width:560px;margin:0 auto;padding:32px 24px;font:16px/26px ").Append(Font).Append(";color:#161a22\">\n");
        if (workspace.Length > 0) html.Append("<p style=\"margin:0 0 24px;font-weight:600\"><bdi>").Append(Encode(workspace)).Append("</bdi></p>\n");
        foreach (var paragraph in paragraphs) Paragraph(html, paragraph, values);
        html.Append("<p class=\"f\" style=\"margin:32px 0 0;padding:16px 0 0;border-top:1px solid #e6e8ed;font-size:13px;line-height:20px;color:#626a79\">").Append(Encode(footer));
        if (unsubscribe is not null) html.Append("<br><a class=\"f\" style=\"color:#626a79\" href=\"").Append(Encode(unsubscribe.Address)).Append("\">").Append(Encode(unsubscribe.Label)).Append("</a>");
        return html.Append("</p>\n</div>\n</body>\n</html>\n").ToString();
    }

    private static void Paragraph(StringBuilder html, List<MessageLine> lines, Dictionary<string, string?> values)
    {
        if (lines is [{ Link: null, Words.Sole: { } name and not "greeting" }])
        {
            Words(html, values[name]!);
            return;
        }
        html.Append("<p style=\"margin:0 0 16px\">");
        var buttons = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0) html.Append(lines[i].Link is null || lines[i - 1].Link is null ? "<br>\n" : "\n");
            if (lines[i].Link is { } link) Button(html, lines[i].Words.Render(values, Encode, Encode), values[link]!, first: buttons++ == 0);
            else html.Append(lines[i].Words.Render(values, Encode, v => $"<bdi>{Encode(v)}</bdi>"));
        }
        html.Append("</p>\n");
    }

    /// <summary>A person's own text: paragraphs and breaks as written, in the direction of its letters.</summary>
    private static void Words(StringBuilder html, string words)
    {
        foreach (var paragraph in words.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            html.Append("<p dir=\"auto\" style=\"margin:0 0 16px\">").Append(string.Join("<br>\n", paragraph.Split('\n').Select(Encode))).Append("</p>\n");
    }

    private static void Button(StringBuilder html, string label, string address, bool first) => html
        .Append("<a class=\"").Append(first ? "b" : "c").Append("\" style=\"display:inline-block;margin:8px 0;margin-inline-end:8px;padding:11px 22px;border:1px solid ")
        .Append(first ? "#4453c8;background:#4453c8;color:#ffffff" : "#cfd3dc;background:#ffffff;color:#3845ad")
        .Append(";border-radius:6px;font-weight:600;text-decoration:none\" href=\"").Append(Encode(address)).Append("\">").Append(label).Append("</a>");

    private static string Encode(string text) => MessageRenderer.Encoder.Encode(text);
}
