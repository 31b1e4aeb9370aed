using System.Globalization;
using Hark.Data.Cases;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Web.Features.Cases;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Staff;

namespace Hark.Web.Features.Inbox;

/// <summary>What a person does on one case of the inbox: forms in, parts of the page out. The same use cases as the API's, with the version that the page showed.</summary>
internal static class CaseActs
{
    private delegate Task<Result<CaseOutcomeOf>> Use(CaseCommand command, IFormCollection form, CancellationToken cancellation);

    public static void MapCaseActs(this IEndpointRouteBuilder app)
    {
        var acts = app.MapGroup("/inbox/{number:long}").RequireAuthorization(Policies.Write).RequireAntiforgery().AddEndpointFilter(CaseActions.WorksOnCases).ExcludeFromDescription();
        Map<AcknowledgeCase>("acknowledge", null, u => (c, _, t) => u.RunAsync(c, t));
        Map<StartCase>("start", null, u => (c, _, t) => u.RunAsync(c, t));
        Map<WaitForCustomer>("wait", null, u => (c, _, t) => u.RunAsync(c, t));
        Map<WakeCase>("wake", null, u => (c, _, t) => u.RunAsync(c, t));
        Map<AskAgain>("ask", null, u => (c, _, t) => u.RunAsync(c, t));
        Map<UndoMerge>("unmerge", null, u => (c, _, t) => u.RunAsync(c, t));
        Map<ReopenCase>("reopen", null, u => (c, f, t) => u.RunAsync(c, Text(f, "reason"), t));
        Map<VerifyCase>("verify", null, u => (c, f, t) => u.RunAsync(c, f["solved"] == "true", Text(f, "comment"), cancellation: t));
        Map<AssignCase>("assign", null, u => (c, f, t) => f.TryGetValue("team", out var team) ? u.RunAsync(c, team, "", t) : u.RunAsync(c, null, f["assignee"].ToString(), t));
        Map<ChangeSeverity>("severity", null, u => (c, f, t) => EnumNames<Severity>.TryParse(f["severity"], out var severity) ? u.RunAsync(c, severity, t) : Refuse("severity"));
        Map<ReplyToCustomer>("reply", "reply", u => (c, f, t) => f["voice"] == "note" ? Refuse("text") : u.RunAsync(c, f["text"].ToString(), f["wait"] == "true", Files(f), t)); // what was meant for colleagues never goes out
        Map<AddNote>("note", "reply", u => (c, f, t) => u.RunAsync(c, f["text"].ToString(), Files(f), t));
        Map<ResolveCase>("resolve", "resolve", u => (c, f, t) => EnumNames<CaseOutcome>.TryParse(f["outcome"], out var outcome) ? u.RunAsync(c, f["root_cause"].ToString(), outcome, t) : Refuse("outcome"));
        Map<TickStep>("steps", null, u => (c, f, t) => u.RunAsync(c, f["playbook"].ToString(), f["step"].ToString(), f["done"] == "true", t));
        acts.MapPost("/macro", MacroAsync);
        acts.MapPost("/snooze", SnoozeAsync);
        acts.MapPost("/calls", CallAsync);
        acts.MapPost("/calls/{call:guid}/{end}", EndCallAsync);
        acts.MapPost("/{way:regex(^(merge|link|unlink)$)}", JoinAsync);

        void Map<T>(string act, string? slot, Func<T, Use> use) where T : notnull => acts.MapPost("/" + act, async (Caller caller, long number, HttpContext http, InboxAnswers answers, CaseReader cases) =>
            await answers.OfAsync(http, caller, number, await RunAsync(http, caller, number, cases, use(http.RequestServices.GetRequiredService<T>())), act, slot));
    }

    /// <summary>The command that a page sends: the case by its number, and the version it showed.</summary>
    public static async Task<Result<CaseCommand>> CommandAsync(HttpContext http, Caller caller, long number, CaseReader cases)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (await cases.IdOfAsync(caller.WorkspaceId, number, http.RequestAborted) is not { } id) return Error.NotFound("case");
        var seen = long.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : (long?)null;
        return new CaseCommand(caller.WorkspaceId, id, InboxRequest.ScopeOf(caller), caller.Actor, seen, UndoChange.Window);
    }

    private static async Task<Result<CaseOutcomeOf>> RunAsync(HttpContext http, Caller caller, long number, CaseReader cases, Use use)
    {
        var command = await CommandAsync(http, caller, number, cases);
        return command.Error is { } error ? error : await use(command.Value, http.Request.Form, http.RequestAborted);
    }

    private static async Task<IResult> MacroAsync(Caller caller, long number, HttpContext http, InboxAnswers answers, CaseReader cases, RunMacro macros) =>
        await answers.OfAsync(http, caller, number, await RunAsync(http, caller, number, cases, (c, f, t) =>
            Desk.Macro(caller, f["macro"]) is { } macro ? macros.RunAsync(c, macro, t) : Refuse("macro")), "macro", "reply");

    private static async Task<IResult> SnoozeAsync(Caller caller, long number, HttpContext http, InboxAnswers answers, CaseReader cases, SnoozeCase snooze) =>
        await answers.OfAsync(http, caller, number, await RunAsync(http, caller, number, cases, (c, f, t) =>
            SnoozeTimes.Read(f["until"], caller.Workspace.Workspace.TimeZone) is { } until ? snooze.RunAsync(c, until, t) : Refuse("until")), "snooze");

    private static async Task<IResult> CallAsync(Caller caller, long number, HttpContext http, InboxAnswers answers, CaseReader cases, RequestCallBack call) =>
        await answers.OfAsync(http, caller, number, await RunAsync(http, caller, number, cases, (c, f, t) =>
            SnoozeTimes.Read(f["from"], caller.Workspace.Workspace.TimeZone) is { } from && int.TryParse(f["minutes"], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
                ? call.RunAsync(c, new CallBackRequest(from, from.AddMinutes(minutes), Text(f, "phone"), Text(f, "note")), t) : Refuse("slot_start")), "call", "call");

    private static async Task<IResult> EndCallAsync(Caller caller, long number, Guid call, string end, HttpContext http, InboxAnswers answers, CaseReader cases, EndCallBack use)
    {
        var state = end switch { "done" => CallBackState.Done, "missed" => CallBackState.Missed, "cancel" => CallBackState.Cancelled, _ => CallBackState.Requested };
        if (state == CallBackState.Requested) return TypedResults.NotFound();
        return await answers.OfAsync(http, caller, number, await RunAsync(http, caller, number, cases, (c, f, t) => use.RunAsync(c, call, state, Text(f, "note"), t)), "call_" + end);
    }

    /// <summary>What needs another case: merging, linking, and taking a link away.</summary>
    private static async Task<IResult> JoinAsync(Caller caller, long number, string way, HttpContext http, InboxAnswers answers, CaseReader cases, MergeCase merge, LinkCase link) =>
        await answers.OfAsync(http, caller, number, await RunAsync(http, caller, number, cases, async (c, f, t) =>
        {
            var known = long.TryParse(f["other"].ToString().Trim().TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var other);
            if (!known || await cases.IdOfAsync(caller.WorkspaceId, other, t) is not { } into) return Error.NotFound("case");
            return way == "merge" ? await merge.RunAsync(c, into, t) : await link.RunAsync(c, into, way == "link", t);
        }), way, way == "unlink" ? null : "merge");

    private static Task<Result<CaseOutcomeOf>> Refuse(string field) => Task.FromResult<Result<CaseOutcomeOf>>(Error.Invalid("/" + field, "is required"));

    private static IReadOnlyList<Guid> Files(IFormCollection form) => [.. form["attachment"].Select(a => Guid.TryParse(a, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)];

    private static string? Text(IFormCollection form, string name) => form[name].ToString() is { Length: > 0 } text ? text : null;
}
