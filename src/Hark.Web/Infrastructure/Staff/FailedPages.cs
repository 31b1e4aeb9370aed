using System.Diagnostics;
using Hark.Domain.Common;
using Hark.Web.Components;
using Hark.Web.Infrastructure.Problems;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hark.Web.Infrastructure.Staff;

/// <summary>
/// How a failure is told: to a person who opened a page or sent a form, as a page in the look and language of the interface; to everybody else, the API first, as a
/// <see cref="Problem"/>.
/// </summary>
internal static class FailedPages
{
    /// <summary>Tells by a page that a form did not come from a page of ours, or from one that was open too long: the framework would answer with nothing.</summary>
    public static void UseRefusedForms(this IApplicationBuilder app) => app.Use((context, next) => context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
        ? WriteAsync(context, new Error(ErrorKind.Invalid, ErrorCodes.InvalidInput, "This page is too old to send anything; load it again.")) : next(context));

    /// <summary>Answers with the page or the problem, in place of anything that was prepared. Does nothing once the answer has begun.</summary>
    /// <inheritdoc cref="Problem.WriteAsync"/>
    public static async Task WriteAsync(HttpContext context, Error error, int? status = null, int? retryAfter = null)
    {
        if (!TakesPage(context.Request) || context.Response.HasStarted)
        {
            await Problem.WriteAsync(context, error, status, retryAfter);
            return;
        }
        Problem.Prepare(context, status ?? Problem.StatusOf(error), retryAfter);
        try
        {
            await RenderAsync(context);
        }
        catch (Exception e) when (e is not OperationCanceledException && !context.Response.HasStarted)
        {
            // What broke the page may break this one, too.
            await Problem.WriteAsync(context, error, status, retryAfter);
        }
    }

    /// <summary>In services of its own: those of the request may have begun another page.</summary>
    private static async Task RenderAsync(HttpContext context)
    {
        var services = context.RequestServices;
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        try
        {
            context.RequestServices = scope.ServiceProvider;
            var page = new RazorComponentResult<App>(new { Failed = context.Response.StatusCode, TraceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier })
            {
                StatusCode = context.Response.StatusCode,
                PreventStreamingRendering = true,
            };
            await page.ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = services;
        }
    }

    /// <summary>A browser that shows what comes back; our scripts ask with a header of their own and take problems.</summary>
    private static bool TakesPage(HttpRequest request) => !request.Path.StartsWithSegments("/api") && !request.Headers.ContainsKey("HX-Request")
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
