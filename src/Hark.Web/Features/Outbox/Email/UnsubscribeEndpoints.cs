using Hark.Domain.Common;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Outbox.Email;

/// <summary>
/// <c>/u/{token}</c>, as RFC 8058 wants it: a POST that says <c>List-Unsubscribe=One-Click</c> unsubscribes, from a mail provider or from our own page alike;
/// a GET only shows that page, because link scanners fetch it. No cookies, no sign-in, no redirect.
/// </summary>
internal static class UnsubscribeEndpoints
{
    public static void MapUnsubscribe(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/u").AllowAnonymous().ExcludeFromDescription();
        group.MapGet("{token}", Ask).WithName("AskUnsubscribe");
        group.MapPost("{token}", PostAsync).WithName("Unsubscribe");
    }

    private static IResult Ask(string token, HttpContext context, Unsubscribe unsubscribe) =>
        unsubscribe.IsKnown(token) ? Page(context, UnsubscribePage.Ask(Language(context))) : Error.NotFound("link").ToProblem();

    private static async Task<IResult> PostAsync(string token, HttpContext context, Unsubscribe unsubscribe, CancellationToken cancellation)
    {
        if (!await SaysOneClickAsync(context.Request, cancellation))
            return Error.Invalid("List-Unsubscribe", "must be One-Click, as a form field (RFC 8058)").ToProblem();
        return await unsubscribe.HandleAsync(token, cancellation) ? Page(context, UnsubscribePage.Done(Language(context))) : Error.NotFound("link").ToProblem();
    }

    private static async Task<bool> SaysOneClickAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasFormContentType) return false;
        try
        {
            var form = await request.ReadFormAsync(cancellation);
            return form["List-Unsubscribe"] == "One-Click";
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return false;
        }
    }

    private static IResult Page(HttpContext context, string html)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = UnsubscribePage.Policy;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        return TypedResults.Content(html, "text/html; charset=utf-8");
    }

    private static string? Language(HttpContext context) => context.Request.Headers.AcceptLanguage.ToString();
}
