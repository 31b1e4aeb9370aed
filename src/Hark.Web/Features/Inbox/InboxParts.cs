using System.Globalization;
using Hark.Data.Cases;
using Hark.Domain.Common;
using Hark.Web.Features.Inbox.Parts;
using Hark.Web.Features.Inbox.Reading;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Localisation;
using Hark.Web.Infrastructure.Problems;
using Hark.Web.Infrastructure.Staff;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hark.Web.Features.Inbox;

/// <summary>The parts of the inbox that an open page asks for by itself.</summary>
internal static class InboxParts
{
    public static void MapInboxParts(this IEndpointRouteBuilder app)
    {
        var parts = app.MapGroup("/inbox").RequireAuthorization(Policies.Read).ExcludeFromDescription();
        parts.MapGet("/views", ViewsAsync);
        parts.MapGet("/list", ListAsync);
        parts.MapGet("/causes", async (Caller caller, RootCauses causes, CancellationToken c) => (IResult)new RazorComponentResult<Options>(new { Values = await causes.UsualAsync(caller.WorkspaceId, c) }));
        parts.MapGet("/{number:long}/pane", PaneAsync);
        parts.MapGet("/{number:long}/parts", PartsAsync);
        parts.MapGet("/{number:long}/assign", AssignAsync);
        parts.MapGet("/{id:guid}", async (Caller caller, Guid id, CaseReader cases, CancellationToken c) =>
            await cases.NumberOfAsync(caller.WorkspaceId, id, c) is { } number ? TypedResults.Redirect(StaffLinks.Case(number)) : (IResult)Error.NotFound("case").ToProblem());
    }

    private static Task<IResult> ViewsAsync(Caller caller, HttpRequest http, ReadViews views, TimeProvider time, CancellationToken cancellation) => WithAsync(http, caller, time, async request =>
        new RazorComponentResult<ViewsPane>(new { Request = request, Model = await views.RunAsync(request, cancellation) }));

    private static Task<IResult> ListAsync(Caller caller, string? cursor, int? limit, HttpRequest http, ReadList list, TimeProvider time, CancellationToken cancellation) => WithAsync(http, caller, time, async request =>
    {
        var page = await list.RunAsync(request, cursor, limit, cancellation);
        return page.Error is { } error ? error.ToProblem() : (IResult)new RazorComponentResult<ListLines>(new { Request = request, Model = page.Value });
    });

    private static Task<IResult> PaneAsync(Caller caller, long number, HttpRequest http, ReadCase cases, ReadCard card, Texts texts, TimeProvider time, CancellationToken cancellation) =>
        WithAsync(http, caller, time, async request =>
        {
            var found = await cases.RunAsync(caller, number, texts, null, cancellation);
            if (found.Error is { } error) return error.ToProblem();
            return new RazorComponentResult<CasePane>(new { Request = request, Model = found.Value, Card = await card.RunAsync(found.Value, cancellation) });
        });

    /// <summary>What changes of a case that is on the screen; nothing (204) while it is at the version that the page has.</summary>
    private static async Task<IResult> PartsAsync(Caller caller, long number, long version, string? since, HttpContext http, CaseReader reader, ReadCase cases, InboxAnswers answers, Texts texts,
        CancellationToken cancellation)
    {
        if (await reader.FindCaseAsync(caller.WorkspaceId, number, InboxRequest.ScopeOf(caller), cancellation) is not { } c) return Error.NotFound("case").ToProblem();
        if (c.Version == version) return TypedResults.NoContent();
        var found = await cases.RunAsync(caller, number, texts, Moments.Read(since), cancellation);
        if (found.Error is { } error) return error.ToProblem();
        http.Response.Headers["HX-Trigger-After-Swap"] = string.Create(CultureInfo.InvariantCulture, $"{{\"hark-fresh\":{{\"number\":{number}}}}}");
        return new RazorComponentResult<CaseAnswer>(new { Model = found.Value, Request = answers.Request(http, caller) });
    }

    private static async Task<IResult> AssignAsync(Caller caller, long number, ReadCase cases, Texts texts, CancellationToken cancellation)
    {
        var found = await cases.RunAsync(caller, number, texts, null, cancellation);
        return found.Error is { } error ? error.ToProblem() : new RazorComponentResult<AssignList>(new { Model = found.Value });
    }

    private static async Task<IResult> WithAsync(HttpRequest http, Caller caller, TimeProvider time, Func<InboxRequest, Task<IResult>> answer)
    {
        var request = InboxRequest.Read(http.Parameters(), caller, time.Now());
        return request.Error is { } error ? error.ToProblem() : await answer(request.Value);
    }

    private static Task<IResult> WithAsync<T>(HttpRequest http, Caller caller, TimeProvider time, Func<InboxRequest, Task<RazorComponentResult<T>>> answer) where T : Microsoft.AspNetCore.Components.IComponent =>
        WithAsync(http, caller, time, async request => (IResult)await answer(request));
}
