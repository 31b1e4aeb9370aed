namespace Hark.Web.Infrastructure.Auth;

/// <summary>
/// Which proof of who is asking counts where. The API takes keys and tokens only and never looks at the cookie: so no foreign page can make a signed-in
/// browser call it. Everything else is pages, and takes the cookie only.
/// </summary>
internal static class Callers
{
    public const string Scheme = "Caller";

    public static string SchemeOf(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) ? BearerKeys.Scheme : SessionCookie.Scheme;
}
