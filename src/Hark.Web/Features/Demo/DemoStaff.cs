using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Hark.Web.Features.Demo.Company;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Features.Demo;

/// <summary>The people of the sample company at work: each step is the use case that the API would run for them.</summary>
internal sealed class DemoStaff(HarkStore store, CaseWriter cases, TimeProvider time, Dice dice)
{
    private readonly AcknowledgeCase _acknowledge = new(cases);
    private readonly AddNote _note = new(cases);
    private readonly SnoozeCase _snooze = new(cases);
    private readonly ReplyToCustomer _reply = new(cases);
    private readonly CustomerReply _answer = new(cases);
    private readonly RequestCallBack _call = new(cases, time);
    private readonly EndCallBack _called = new(cases);
    private readonly ResolveCase _resolve = new(cases);
    private readonly VerifyCase _verify = new(cases);

    /// <summary>Who has a case, or else somebody of its team.</summary>
    public Member WorkerOf(WorkspaceSnapshot workspace, Guid? teamId, Guid? assigneeId)
    {
        if (assigneeId is { } id && workspace.MemberById.TryGetValue(id, out var has)) return has;
        var team = teamId is { } t ? workspace.MembersOfTeam[t].ToList() : [];
        return team.Count > 0 ? dice.Pick(team) : workspace.MemberByEmail[Staff.DemoEmail];
    }

    /// <summary>Takes a step. False when the case has moved on and the step has no place any more.</summary>
    public async Task<bool> TakeAsync(Guid workspaceId, Guid caseId, Member worker, Step step, CancellationToken cancellation)
    {
        var actor = step.Kind is StepKind.CustomerReply or StepKind.Confirm or StepKind.Deny ? Actor.Customer : Actor.Member(worker.MemberId);
        var command = new CaseCommand(workspaceId, caseId, CaseScope.All, actor);
        var result = step.Kind switch
        {
            StepKind.Acknowledge => await _acknowledge.RunAsync(command, cancellation),
            StepKind.Note => await _note.RunAsync(command, step.Text!, cancellation),
            StepKind.Snooze => await _snooze.RunAsync(command, step.At.AddHours(20), cancellation),
            StepKind.Reply => await _reply.RunAsync(command, step.Text!, wait: false, cancellation),
            StepKind.Ask => await _reply.RunAsync(command, step.Text!, wait: true, cancellation),
            StepKind.CustomerReply => await _answer.RunAsync(command, step.Text, cancellation),
            StepKind.CallBack => await _call.RunAsync(command, new CallBackRequest(StaffPlan.Slot(step.At), StaffPlan.Slot(step.At).AddHours(1), null, null), cancellation),
            StepKind.CallBackDone => await EndCallAsync(command, step.Text, cancellation),
            StepKind.Resolve => await _resolve.RunAsync(command, step.Text!, step.Outcome!.Value, cancellation),
            StepKind.Confirm => await _verify.RunAsync(command, solved: true, step.Text, cancellation: cancellation),
            StepKind.Deny => await _verify.RunAsync(command, solved: false, step.Text, cancellation: cancellation),
        };
        if (result.Error is { Code: not ErrorCodes.CaseState } error) throw new InvalidOperationException($"Step {step.Kind} of the sample company: {error.Detail}");
        return result.Ok;
    }

    private async Task<Result<CaseOutcomeOf>> EndCallAsync(CaseCommand command, string? note, CancellationToken cancellation)
    {
        await using var db = store.Read();
        var call = await db.CallBacks.Where(c => c.WorkspaceId == command.WorkspaceId && c.CaseId == command.CaseId && c.State == CallBackState.Requested)
            .Select(c => (Guid?)c.CallBackId).FirstOrDefaultAsync(cancellation);
        return call is { } id ? await _called.RunAsync(command, id, CallBackState.Done, note, cancellation)
            : new Error(ErrorKind.Conflict, ErrorCodes.CaseState, "There is no call to be made.");
    }
}
