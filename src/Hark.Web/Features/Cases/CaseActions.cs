using Hark.Data.Cases;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Hark.Web.Features.Cases;

/// <summary>What people do with a case. Every action takes <c>If-Match</c> and answers with the case as it is then.</summary>
internal static class CaseActions
{
    /// <param name="Team">A team's key; empty for none, absent to leave it.</param>
    /// <param name="Assignee">A member's id or address; empty for nobody, absent to leave it.</param>
    internal sealed record AssignBody(string? Team = null, string? Assignee = null);

    /// <param name="Wait">Whether the case then waits for the customer.</param>
    internal sealed record ReplyBody(string Text, bool Wait = false);
    internal sealed record NoteBody(string Text);
    internal sealed record SnoozeBody(DateTimeOffset Until);
    internal sealed record ResolveBody(string? RootCause = null, CaseOutcome? Outcome = null);
    internal sealed record ReopenBody(string? Reason = null);
    internal sealed record MergeBody(Guid Into);

    /// <param name="Solved">What the customer said.</param>
    internal sealed record VerifyBody(bool Solved, string? Comment = null);
    internal sealed record SeverityBody(Severity Severity);
    internal sealed record CustomerReplyBody(string? Text = null);
    internal sealed record CallBackBody(DateTimeOffset SlotStart, DateTimeOffset SlotEnd, string? Phone = null, string? Note = null);
    internal sealed record CallBackEndBody(string? Note = null);

    /// <summary>The request of an action: who, which case, which version.</summary>
    internal readonly record struct Act(Caller Caller, [property: FromRoute(Name = "case_id")] Guid CaseId, IfMatch IfMatch, HttpResponse Response, TimeProvider Time)
    {
        public CaseCommand Command => new(Caller.WorkspaceId, CaseId, CaseQueries.Scope(Caller), Caller.Actor, IfMatch.Version);

        public IResult Answer(Result<CaseOutcomeOf> result)
        {
            var (response, caller, now) = (Response, Caller, Time.Now());
            if (result.Ok) response.Headers.ETag = IfMatch.Tag(result.Value.Case.Version);
            return result.ToOk(r => new CaseAnswer(CaseView.Of(caller.Workspace, r.Case, now), r.Sent));
        }
    }

    public static void MapCaseActions(this RouteGroupBuilder group)
    {
        var actions = group.MapGroup("/{case_id:guid}").AddEndpointFilter(WorksOnCases);
        actions.MapPost("/acknowledge", async ([AsParameters] Act a, AcknowledgeCase use, CancellationToken c) =>
            a.Answer(await use.RunAsync(a.Command, c))).Action("AcknowledgeCase", "Say that a person has the case");
        actions.MapPost("/start", async ([AsParameters] Act a, StartCase use, CancellationToken c) =>
            a.Answer(await use.RunAsync(a.Command, c))).Action("StartCase", "Begin to work, or go on after waiting");
        actions.MapPost("/assign", async ([AsParameters] Act a, AssignBody body, AssignCase use, CancellationToken c) =>
            a.Answer(await use.RunAsync(a.Command, body.Team, body.Assignee, c))).Action("AssignCase", "Give the case to a team, a person or nobody");
        actions.MapPost("/reply", async ([AsParameters] Act a, ReplyBody body, ReplyToCustomer use, CancellationToken c) =>
            a.Answer(await use.RunAsync(a.Command, body.Text, body.Wait, c))).Action("ReplyToCustomer", "Answer the customer by e-mail");
        actions.MapPost("/customer-reply", async ([AsParameters] Act a, CustomerReplyBody body, CustomerReply use, CancellationToken c) =>
            a.Answer(await use.RunAsync(a.Command, body.Text, c))).Action("RecordCustomerReply", "Write down what the customer answered elsewhere");
        actions.MapPost("/note", async ([AsParameters] Act a, NoteBody body, AddNote use, CancellationToken c) =>
            a.Answer(await use.RunAsync(a.Command, body.Text, c))).Action("AddCaseNote", "Write a word among colleagues; @name tells them");
        actions.MapPost("/wait", async ([AsParameters] Act a, WaitForCustomer use, CancellationToken c) =>
            a.Answer(await use.RunAsync(a.Command, c))).Action("WaitForCustomer", "Wait for the customer: the resolve clock stands still");
        actions.MapPost("/snooze", async ([AsParameters] Act a, SnoozeBody body, SnoozeCase use, CancellationToken c) =>
            a.Answer(await use.RunAsync(a.Command, body.Until, c))).Action("SnoozeCase", "Put the case out of sight until a time");
        actions.MapPost("/wake", async ([AsParameters] Act a, WakeCase use, CancellationToken c) =>
            a.Answer(await use.RunAsync(a.Command, c))).Action("WakeCase", "Bring a snoozed case back");
        actions.MapPost("/severity", async ([AsParameters] Act a, SeverityBody body, ChangeSeverity use, CancellationToken c) =>
            a.Answer(await use.RunAsync(a.Command, body.Severity, c))).Action("ChangeCaseSeverity", "Say how severe the case is");
        actions.MapPost("/resolve", ResolveAsync).Action("ResolveCase", "Resolve the case and ask the customer");
        actions.MapPost("/ask", async ([AsParameters] Act a, AskAgain use, CancellationToken c) =>
            a.Answer(await use.RunAsync(a.Command, c))).Action("AskVerification", "Ask the customer once more whether it is solved");
        actions.MapPost("/verify", async ([AsParameters] Act a, VerifyBody body, VerifyCase use, CancellationToken c) =>
            a.Answer(await use.RunAsync(a.Command, body.Solved, body.Comment, cancellation: c))).Action("VerifyCase", "Write down what the customer said to: did we solve it?");
        actions.MapPost("/reopen", async ([AsParameters] Act a, ReopenBody? body, ReopenCase use, CancellationToken c) =>
            a.Answer(await use.RunAsync(a.Command, body?.Reason, c))).Action("ReopenCase", "Open the case again, in a fresh round");
        actions.MapPost("/merge", async ([AsParameters] Act a, MergeBody body, MergeCase use, CancellationToken c) =>
            a.Answer(await use.RunAsync(a.Command, body.Into, c))).Action("MergeCase", "Make the case part of another");
        actions.MapPost("/unmerge", async ([AsParameters] Act a, UndoMerge use, CancellationToken c) =>
            a.Answer(await use.RunAsync(a.Command, c))).Action("UndoMerge", "Take the case out of the one it was merged into");
        actions.MapPost("/call-backs", async ([AsParameters] Act a, CallBackBody body, RequestCallBack use, CancellationToken c) =>
            a.Answer(await use.RunAsync(a.Command, new CallBackRequest(body.SlotStart, body.SlotEnd, body.Phone, body.Note), c))).Action("RequestCallBack", "Promise the customer a call within a slot");
        foreach (var (path, name, summary, end) in new (string, string, string, CallBackState)[]
        {
            ("done", "CompleteCallBack", "The customer was called", CallBackState.Done), ("missed", "MissCallBack", "The call did not happen", CallBackState.Missed),
            ("cancel", "CancelCallBack", "Withdraw the promise and its invitation", CallBackState.Cancelled),
        })
        {
            actions.MapPost($"/call-backs/{{call_back_id:guid}}/{path}",
                async ([AsParameters] Act a, [FromRoute(Name = "call_back_id")] Guid id, CallBackEndBody? body, EndCallBack use, CancellationToken c) =>
                    a.Answer(await use.RunAsync(a.Command, id, end, body?.Note, c))).Action(name, summary);
        }
    }

    private static void Action(this RouteHandlerBuilder route, string name, string summary) => route.Operation(name, summary, Policies.Write).Produces<CaseAnswer>();

    private static async Task<IResult> ResolveAsync([AsParameters] Act a, ResolveBody body, ResolveCase use, CancellationToken cancellation)
    {
        var errors = new InputErrors();
        if (string.IsNullOrWhiteSpace(body.RootCause)) errors.Add("/root_cause", "is required to resolve a case");
        if (body.Outcome is null) errors.Add("/outcome", "is required: " + EnumNames<CaseOutcome>.Choices);
        return errors.Any ? Error.Invalid(errors).ToProblem() : a.Answer(await use.RunAsync(a.Command, body.RootCause!, body.Outcome!.Value, cancellation));
    }

    /// <summary>Refuses roles that read cases but do not work on them.</summary>
    internal static async ValueTask<object?> WorksOnCases(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Features.Get<Caller>() is { Member: { } member } && member.Role.WorksOnCases()
            ? await next(context)
            : new Error(ErrorKind.Forbidden, ErrorCodes.Forbidden, "Your role may read cases but not work on them; ask an administrator for another role.").ToProblem();
}

/// <summary>The case as it is after an action.</summary>
public sealed record CaseAnswer : CaseView
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public CaseAnswer(CaseView view, bool sent) : base(view) => Sent = sent;

    /// <summary>Whether the action put a message to the customer on its way.</summary>
    public bool Sent { get; }
}
