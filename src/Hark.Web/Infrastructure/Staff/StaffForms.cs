using Hark.Domain.Common;
using Hark.Web.Infrastructure.Problems;
using Microsoft.AspNetCore.Antiforgery;

namespace Hark.Web.Infrastructure.Staff;

/// <summary>How posts of staff pages are guarded and answered.</summary>
internal static class StaffForms
{
    /// <summary>Sent by our script with every htmx request; forms without script carry the field instead.</summary>
    public const string HeaderName = "X-Hark-Antiforgery";

    /// <summary>Refuses posts that did not come from a page of ours, whatever their body is.</summary>
    public static TBuilder RequireAntiforgery<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder
    {
        endpoints.AddEndpointFilter(async (invocation, next) =>
        {
            var context = invocation.HttpContext;
            if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) return await next(invocation);
            return await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context) ? await next(invocation)
                : new Error(ErrorKind.Invalid, ErrorCodes.InvalidInput, "This page is too old to send anything; load it again.").ToProblem();
        });
        return endpoints;
    }

    /// <summary>Where to go after a post: only a path of this server, or the start.</summary>
    public static string LocalOr(string? path, string otherwise) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && !path.AsSpan().ContainsAnyInRange('\0', '\u001f') ? path : otherwise;
}
