using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Domain.Common;
using Hark.Web.Features.Cases;
using Hark.Web.Features.Inbox.Parts;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Live;
using Hark.Web.Infrastructure.Localisation;
using Hark.Web.Infrastructure.Problems;
using Hark.Web.Infrastructure.Staff;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hark.Web.Features.Inbox;

/// <summary>What a person does in the inbox beside working on one case: being there, keeping filters, taking back.</summary>
internal static class InboxPosts
{
    public static void MapInboxPosts(this IEndpointRouteBuilder app)
    {
        var posts = app.MapGroup("/inbox").RequireAuthorization(Policies.Read).RequireAntiforgery().ExcludeFromDescription();
        posts.MapPost("/{number:long}/here", HereAsync);
        posts.MapPost("/filters", KeepAsync);
        posts.MapPost("/filters/{id:guid}/delete", ForgetAsync);
        posts.MapPost("/undo", UndoAsync).RequireAuthorization(Policies.Write).AddEndpointFilter(CaseActions.WorksOnCases);
    }

    /// <summary>"I have the case on my screen, and this is what I write": answered with who else has. Others learn at once when somebody begins or ends to write.</summary>
    private static async Task<IResult> HereAsync(Caller caller, long number, HttpContext http, CaseReader cases, CaseLooks looks, LiveFeed feed, TimeProvider time)
    {
        var (cancellation, now, member) = (http.RequestAborted, time.Now(), caller.Member!.MemberId);
        if (await cases.FindCaseAsync(caller.WorkspaceId, number, InboxRequest.ScopeOf(caller), cancellation) is not { } c) return Error.NotFound("case").ToProblem();
        var writing = EnumNames<CaseWriting>.TryParse((await http.Request.ReadFormAsync(cancellation))["writing"], out var what) ? what : (CaseWriting?)null;
        var before = await looks.LastAsync(caller.WorkspaceId, c.CaseId, member, cancellation);
        await looks.SeeAsync(caller.WorkspaceId, c.CaseId, member, writing, now, cancellation);
        if (before?.Writing != writing) feed.Tell(caller.WorkspaceId, LiveChange.Looks, now);
        var others = await looks.OthersAsync(caller.WorkspaceId, c.CaseId, member, now, cancellation);
        var people = others.Select(o => (caller.Workspace.MemberById.GetValueOrDefault(o.MemberId)?.Name ?? "", o.Writing)).Where(p => p.Item1.Length > 0).ToList();
        return new RazorComponentResult<HereBar>(new { People = people });
    }

    private static async Task<IResult> KeepAsync(Caller caller, HttpContext http, SavedFilters filters)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var team = Guid.TryParse(form["team"], out var id) ? id : (Guid?)null;
        var made = await filters.CreateAsync(caller.WorkspaceId, InboxRequest.ScopeOf(caller), team, form["name"].ToString(), form["query"].ToString(), http.RequestAborted);
        return made.Error is { } error ? error.ToProblem() : TypedResults.Redirect($"/inbox?view=all&{made.Value.Query}&saved={made.Value.FilterId}");
    }

    private static async Task<IResult> ForgetAsync(Caller caller, Guid id, SavedFilters filters, CancellationToken cancellation) =>
        (await filters.DeleteAsync(caller.WorkspaceId, caller.Member!.MemberId, id, cancellation)).Error is { } error ? error.ToProblem() : TypedResults.Redirect("/inbox");

    private static async Task<IResult> UndoAsync(Caller caller, HttpContext http, UndoTokens tokens, UndoChange undo, InboxAnswers answers, Texts texts)
    {
        var ways = tokens.Open(caller, (await http.Request.ReadFormAsync(http.RequestAborted))["token"]);
        if (ways is null) return InboxAnswers.Word(texts["inbox.problem_left"], bad: true, null);
        if (ways is [var one]) return await answers.OfAsync(http, caller, one.Number, Plain(await undo.RunAsync(Command(one), one, http.RequestAborted)), "undo");
        var done = 0;
        foreach (var way in ways)
            if ((await undo.RunAsync(Command(way), way, http.RequestAborted)).Ok) done++;
        http.Response.Headers["HX-Trigger-After-Swap"] = """{"hark-done":{"act":"undo"}}""";
        return InboxAnswers.Word(texts.Count("inbox.done_undo_many", done), bad: done == 0, null);

        CaseCommand Command(CaseUndo way) => new(caller.WorkspaceId, way.CaseId, InboxRequest.ScopeOf(caller), caller.Actor);
    }

    /// <summary>The way back has none itself.</summary>
    private static Result<CaseOutcomeOf> Plain(Result<CaseOutcomeOf> result) => result.Ok ? result.Value with { Undo = null } : result;
}
