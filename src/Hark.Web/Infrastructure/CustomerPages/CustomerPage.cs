using System.Text;
using Hark.Domain.Messages;

namespace Hark.Web.Infrastructure.CustomerPages;

/// <summary>
/// The frame of a page that customers see: their language and direction, one style sheet, no script, no cookie, nothing from elsewhere, light or dark as the
/// device says. What goes in is HTML that is safe already; see <see cref="Text"/>.
/// </summary>
internal static class CustomerPage
{
    /// <summary>No script at all, and styles only from our own file.</summary>
    public const string Policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public const string Check = "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M5 12l5 5l10 -10\"/></svg>";
    public const string Cross = "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M18 6l-12 12M6 6l12 12\"/></svg>";
    public const string Clock = "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M3 12a9 9 0 1 0 18 0a9 9 0 0 0 -18 0M12 7v5l3 3\"/></svg>";
    public const string Question = "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M8 8a3.5 3 0 0 1 3.5 -3h1a3.5 3 0 0 1 3.5 3a3 3 0 0 1 -2 3a3 4 0 0 0 -2 4M12 19v.01\"/></svg>";

    /// <summary>Escapes for text and for attribute values in quotes.</summary>
    public static string Text(string text) => MessageRenderer.Encoder.Encode(text);

    /// <summary>A whole document.</summary>
    /// <param name="company">Shown at the top; null when it is not known whose page it is.</param>
    /// <param name="card">HTML of the page's one matter.</param>
    /// <param name="query">What a link to the same page in another language keeps, such as <c>a=yes&amp;</c>; not escaped.</param>
    public static string Html(LanguageTexts texts, string title, string? company, string card, string query = "")
    {
        var html = new StringBuilder(4096);
        html.Append("<!doctype html>\n<html lang=\"").Append(texts.Language).Append("\" dir=\"").Append(Languages.Direction(texts.Language))
            .Append("\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta name=\"robots\" content=\"noindex, nofollow\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>").Append(Text(title));
        if (company is not null) html.Append(" · ").Append(Text(company));
        html.Append("</title>\n<link rel=\"stylesheet\" href=\"").Append(CustomerStyles.Path).Append("\">\n</head>\n<body>\n<header>");
        if (company is not null) html.Append("<bdi>").Append(Text(company)).Append("</bdi>");
        html.Append("</header>\n<main>\n<div class=\"card\">\n").Append(card).Append("\n</div>\n</main>\n<footer><nav aria-label=\"").Append(Text(texts.Page("languages"))).Append("\">\n");
        foreach (var language in Languages.All)
        {
            html.Append("<a href=\"?").Append(Text(query)).Append("l=").Append(language).Append("\" lang=\"").Append(language).Append("\" hreflang=\"").Append(language)
                .Append('"').Append(language == texts.Language ? " aria-current=\"true\"" : "").Append('>').Append(Text(MessageBook.Standard[language].Page("language"))).Append("</a>\n");
        }
        return html.Append("</nav></footer>\n</body>\n</html>\n").ToString();
    }

    /// <summary>The answer with the headers every such page has.</summary>
    public static IResult Answer(HttpContext context, string html, int status = StatusCodes.Status200OK)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        return TypedResults.Content(html, "text/html; charset=utf-8", Encoding.UTF8, status);
    }

    /// <summary>The languages of an <c>Accept-Language</c> header in the order sent, which is that of preference in all browsers.</summary>
    public static string? AcceptedLanguage(HttpContext context)
    {
        foreach (var part in context.Request.Headers.AcceptLanguage.ToString().Split(',', 20))
            if (Languages.Known(part.Split(';')[0]) is { } language) return language;
        return null;
    }
}
