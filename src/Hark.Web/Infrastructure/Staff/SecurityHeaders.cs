using Microsoft.Extensions.Primitives;

namespace Hark.Web.Infrastructure.Staff;

/// <summary>
/// Headers that every answer has unless it set its own: nothing inline, nothing from another host, no frame around us. Answers with a person's data are not
/// kept by anything in between.
/// </summary>
internal static class SecurityHeaders
{
    /// <summary>Styles only from files: components draw with SVG attributes where others would write <c>style="…"</c>. <c>data:</c> serves icons inside Tabler's style sheet.</summary>
    public const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(static state =>
        {
            Set((HttpContext)state);
            return Task.CompletedTask;
        }, context);
        return next(context);
    });

    private static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        Default("Content-Security-Policy", Policy);
        Default("X-Content-Type-Options", "nosniff");
        Default("Referrer-Policy", "same-origin");
        Default("Cross-Origin-Opener-Policy", "same-origin");
        Default("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        if (context.Request.IsHttps) Default("Strict-Transport-Security", "max-age=31536000");
        if (context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true) Default("Cache-Control", "no-store");

        void Default(string name, string value)
        {
            if (StringValues.IsNullOrEmpty(headers[name])) headers[name] = value;
        }
    }
}
