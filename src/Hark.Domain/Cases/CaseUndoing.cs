using Hark.Domain.Signals;
using Hark.Domain.Workspaces;

namespace Hark.Domain.Cases;

/// <summary>A case as it stood before a change: what <see cref="Case.Undo"/> brings back. Clocks are kept beside it.</summary>
public sealed record CaseBefore(
    CaseState State, bool IsOpen, Severity Severity, Guid? JoinKey, Guid? TeamId, Guid? AssigneeId, DateTimeOffset? AcknowledgedAt, DateTimeOffset? RespondedAt,
    DateTimeOffset? ResolvedAt, DateTimeOffset? VerifiedAt, DateTimeOffset? SnoozedUntil, string? RootCause, CaseOutcome? Outcome, VerificationState Verification);

// Taking the last change back, as if it had not happened: not a reopening, which begins a fresh round.
public sealed partial class Case
{
    public CaseBefore Before() => new(State, IsOpen, Severity, JoinKey, TeamId, AssigneeId, AcknowledgedAt, RespondedAt, ResolvedAt, VerifiedAt, SnoozedUntil, RootCause, Outcome, Verification);

    /// <summary>
    /// The case stands again as before its last change, which stays in the timeline with a line that it was taken back. Only for changes within one round that
    /// touched no other case; the caller makes sure that nothing happened since.
    /// </summary>
    /// <param name="what">The change.</param>
    /// <param name="joinKey">The key to take again, null when another open case has it.</param>
    public CaseChange Undo(CaseBefore before, CaseEventKind what, Guid? joinKey, Actor actor, DateTimeOffset now)
    {
        var change = Begin(actor, now);
        change.Add(CaseEventKind.Undone, detail: new() { Undoes = what, From = State });
        (State, IsOpen, Severity, JoinKey) = (before.State, before.IsOpen, before.Severity, joinKey);
        (TeamId, AssigneeId, SnoozedUntil) = (before.TeamId, before.AssigneeId, before.SnoozedUntil);
        (AcknowledgedAt, RespondedAt, ResolvedAt, VerifiedAt) = (before.AcknowledgedAt, before.RespondedAt, before.ResolvedAt, before.VerifiedAt);
        (RootCause, Outcome, Verification) = (before.RootCause, before.Outcome, before.Verification);
        return change.Done();
    }
}
