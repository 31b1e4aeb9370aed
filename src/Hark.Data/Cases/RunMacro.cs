using Hark.Domain.Cases;
using Hark.Domain.Cases.Desk;
using Hark.Domain.Common;

namespace Hark.Data.Cases;

/// <summary>Does everything that a macro says in one transaction: all of it, or nothing. One undo takes all of it back, except that its note stays in the timeline.</summary>
public sealed class RunMacro(CaseWriter cases)
{
    /// <returns>The error of the first change that the case does not allow.</returns>
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, Macro macro, CancellationToken cancellation = default) => cases.ChangeAsync(command, async file =>
    {
        var (c, actor, now) = (file.Case, command.Actor, file.Now);
        if (macro.Severity is { } severity && await file.ApplyAsync(c.ChangeSeverity(severity, actor, now), cancellation) is { } unchanged) return unchanged;
        if (await AssignAsync(file, command, macro, cancellation) is { } unassigned) return unassigned;
        if (macro.Reply is { } reply)
        {
            var me = command.Scope.MemberId is { } id ? file.Workspace.MemberById.GetValueOrDefault(id)?.Name : null;
            var values = await SnippetValues.OfAsync(file.Db, file.Workspace, c, me, cancellation);
            if (await ReplyToCustomer.ApplyAsync(file, command, SnippetSet.Render(reply, values), macro.Wait, [], cancellation) is { } unsaid) return unsaid;
        }
        else if (macro.Wait && c.State != CaseState.Waiting && await file.ApplyAsync(c.Wait(actor, now), cancellation) is { } unwaited) return unwaited;
        if (macro.Note is { } note && await AddNote.ApplyAsync(file, command, note, [], cancellation) is { } unnoted) return unnoted;
        if (macro.SnoozeHours is { } hours && await file.ApplyAsync(c.Snooze(now.AddHours(hours), actor, now), cancellation) is { } awake) return awake;
        return macro is { RootCause: { } cause, Outcome: { } outcome } ? await ResolveCase.ApplyAsync(file, command, cause, outcome, cancellation) : null;
    }, cancellation);

    private static async Task<Error?> AssignAsync(CaseFile file, CaseCommand command, Macro macro, CancellationToken cancellation)
    {
        if (macro is { ToTeam: null, ToMember: null }) return null;
        var team = macro.ToTeam is { } key ? file.Workspace.TeamByKey.GetValueOrDefault(key)?.TeamId : file.Case.TeamId;
        // A case that goes to another team is nobody's there until somebody takes it.
        var member = macro.ToMember switch
        {
            Macro.Me => command.Scope.MemberId,
            { } email => file.Workspace.MemberByEmail.GetValueOrDefault(email) is { DisabledAt: null } known ? known.MemberId : null,
            null => team == file.Case.TeamId ? file.Case.AssigneeId : null,
        };
        return await file.ApplyAsync(file.Case.Assign(team, member, command.Actor, file.Now), cancellation);
    }
}
