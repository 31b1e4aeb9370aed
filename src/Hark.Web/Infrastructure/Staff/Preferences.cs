using Hark.Domain.Messages;

namespace Hark.Web.Infrastructure.Staff;

/// <summary>What the system's light or dark is to a person.</summary>
public enum Theme { System, Light, Dark }

/// <summary>
/// Language and theme of the person at this browser, kept in two cookies that hold nothing else. A phone may be dark and a desk light, so the choice belongs
/// to the browser and not to the member.
/// </summary>
public sealed record Preferences(string? Language, Theme Theme)
{
    private const string LanguageCookie = "hark_language", ThemeCookie = "hark_theme";
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(400); // the longest that browsers keep a cookie

    public static Preferences Of(HttpRequest request) => new(
        Languages.Known(request.Cookies[LanguageCookie]),
        Enum.TryParse<Theme>(request.Cookies[ThemeCookie], ignoreCase: true, out var theme) && Enum.IsDefined(theme) ? theme : Theme.System);

    /// <summary>The language to show: the choice, else the browser's, else the workspace's.</summary>
    public string LanguageFor(HttpRequest request, string? workspaceDefault)
    {
        if (Language is not null) return Language;
        foreach (var part in request.Headers.AcceptLanguage.ToString().Split(',', 20))
            if (Languages.Known(part.Split(';')[0]) is { } accepted) return accepted;
        return Languages.Choose(workspaceDefault);
    }

    public static void Save(HttpResponse response, string? language, Theme? theme)
    {
        if (Languages.Known(language) is { } known) response.Cookies.Append(LanguageCookie, known, Options(response));
        if (theme is { } chosen) response.Cookies.Append(ThemeCookie, chosen.ToString().ToLowerInvariant(), Options(response));
    }

    private static CookieOptions Options(HttpResponse response) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = response.HttpContext.Request.IsHttps, MaxAge = KeptFor, Path = "/", IsEssential = true,
    };
}
