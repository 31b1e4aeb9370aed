using System.Net;

namespace Hark.Web.Features.Outbox.Email;

/// <summary>The small page behind an unsubscribe link, in the reader's language. No script, no cookies, nothing from elsewhere.</summary>
internal static class UnsubscribePage
{
    public const string Policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private sealed record Words(string Title, string Question, string Button, string Done);

    private static readonly Dictionary<string, Words> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = new("Unsubscribe", "Do you want to stop receiving these e-mails?", "Unsubscribe", "You will not receive these e-mails any more."),
        ["cs"] = new("Odhlášení", "Nechcete už tyto e-maily dostávat?", "Odhlásit", "Tyto e-maily už vám nebudeme posílat."),
        ["sk"] = new("Odhlásenie", "Nechcete už tieto e-maily dostávať?", "Odhlásiť", "Tieto e-maily vám už nebudeme posielať."),
        ["bg"] = new("Отписване", "Искате ли да спрете да получавате тези имейли?", "Отписване", "Вече няма да получавате тези имейли."),
        ["ru"] = new("Отписка", "Вы больше не хотите получать эти письма?", "Отписаться", "Вы больше не будете получать эти письма."),
        ["fa"] = new("لغو اشتراک", "آیا می‌خواهید دیگر این ایمیل‌ها را دریافت نکنید؟", "لغو اشتراک", "دیگر این ایمیل‌ها را دریافت نخواهید کرد."),
    };

    public static string Ask(string? acceptLanguage)
    {
        var (language, words) = Choose(acceptLanguage);
        return Render(language, words.Title, $"""
            <p>{Text(words.Question)}</p><form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>{Text(words.Button)}</button></form>
            """);
    }

    public static string Done(string? acceptLanguage)
    {
        var (language, words) = Choose(acceptLanguage);
        return Render(language, words.Title, $"<p role=\"status\">{Text(words.Done)}</p>");
    }

    private static string Render(string language, string title, string body) => $$"""
        <!doctype html>
        <html lang="{{language}}" dir="{{EmailComposer.Direction(language)}}"><head><meta charset="utf-8"><title>{{Text(title)}}</title>
        <meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
        <style>body{font:1.1rem system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem;color:#1a1a1a;background:#fff}button{font:inherit;padding:.7rem 1.4rem}</style>
        </head><body><main><h1>{{Text(title)}}</h1>{{body}}</main></body></html>
        """;

    /// <summary>The first language of the header that we have; its weights are not read, browsers send it in order.</summary>
    private static (string Language, Words Words) Choose(string? acceptLanguage)
    {
        foreach (var part in (acceptLanguage ?? "").Split(','))
        {
            var code = part.Split(';')[0].Split('-')[0].Trim();
            if (Languages.TryGetValue(code, out var words)) return (code, words);
        }
        return ("en", Languages["en"]);
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
