using Hark.Domain.Common;
using Hark.Domain.Sla;
using Hark.Domain.Workspaces;

namespace Hark.Domain.Cases;

// Resolving, verifying, opening again.
public sealed partial class Case
{
    public const int LongestRootCause = 200;

    /// <summary>
    /// The work is done. Stops the clocks that wait for us; the verify clock goes on only when the customer is asked.
    /// </summary>
    /// <param name="rootCause">Why it happened; required.</param>
    /// <param name="canAsk">Whether the customer can be reached. Even so nobody is asked about a duplicate or where there was nothing to solve.</param>
    /// <returns>With <see cref="Verification"/> <see cref="VerificationState.Asked"/> the caller sends the question.</returns>
    public Result<CaseChange> Resolve(string rootCause, CaseOutcome outcome, bool canAsk, Actor actor, DateTimeOffset now)
    {
        if (!IsOpen) return Wrong("resolved");
        if (string.IsNullOrWhiteSpace(rootCause)) return Error.Invalid("/root_cause", "is required to resolve a case");
        if (rootCause.Length > LongestRootCause) return Error.Invalid("/root_cause", $"must have at most {LongestRootCause} characters");
        var change = Begin(actor, now);
        change.Acknowledge();
        change.TakeOver();
        change.Respond();
        change.Add(CaseEventKind.Resolved, detail: new() { RootCause = rootCause, Outcome = outcome, JoinKey = JoinKey, From = State, Round = Round });
        change.Order(ClockAct.Meet, ClockKind.Acknowledge, ClockKind.Resolve);
        change.Close(CaseState.Resolved);
        (RootCause, Outcome, ResolvedAt, Verification) = (rootCause.Trim(), outcome, now.Trim(), VerificationState.NotAsked);
        if (canAsk && Asks(outcome)) Ask(change);
        else change.Order(ClockAct.Cancel, ClockKind.Verify);
        return change.Done();
    }

    /// <summary>Asks (again) whether it is solved; a verify clock that had been given up goes on. A conflict unless resolved and not answered.</summary>
    public Result<CaseChange> AskVerification(Actor actor, DateTimeOffset now)
    {
        if (State != CaseState.Resolved) return Wrong("verified");
        var change = Begin(actor, now);
        Ask(change);
        change.Order(ClockAct.Restore, ClockKind.Verify);
        return change.Done();
    }

    /// <summary>"Did we solve it?" Yes closes the case for good; no opens it again in a fresh round. From the customer, or from a member who was told.</summary>
    /// <param name="comment">What the customer added.</param>
    /// <param name="joinKey">For a no: the key to take again, null when another open case has it.</param>
    public Result<CaseChange> Verify(bool solved, string? comment, Guid? joinKey, Actor actor, DateTimeOffset now)
    {
        if (State != CaseState.Resolved) return Wrong("verified");
        if (comment?.Length > LongestText) return Error.Invalid("/comment", $"must have at most {LongestText} characters");
        var change = Begin(actor, now);
        if (solved)
        {
            change.Add(CaseEventKind.Verified, comment, new() { Round = Round });
            (State, VerifiedAt, Verification) = (CaseState.Verified, now.Trim(), VerificationState.Confirmed);
            change.Order(ClockAct.Meet, ClockKind.Verify);
        }
        else
        {
            change.Add(CaseEventKind.Denied, comment, new() { Round = Round });
            change.Reopen(null, joinKey, VerificationState.Denied);
        }
        return change.Done();
    }

    /// <summary>The set time passed without an answer: the case stays resolved, unverified. A conflict unless asked.</summary>
    public Result<CaseChange> CloseUnverified(Actor actor, DateTimeOffset now)
    {
        if (State != CaseState.Resolved || Verification != VerificationState.Asked) return Wrong("closed as unverified");
        var change = Begin(actor, now);
        Verification = VerificationState.Unverified;
        change.Add(CaseEventKind.ClosedUnverified, detail: new() { Round = Round });
        change.Order(ClockAct.Cancel, ClockKind.Verify);
        return change.Done();
    }

    /// <summary>Opens a resolved or verified case again, in a fresh round with fresh clocks.</summary>
    /// <param name="joinKey">The key to take again, null when another open case has it.</param>
    public Result<CaseChange> Reopen(string? reason, Guid? joinKey, Actor actor, DateTimeOffset now)
    {
        if (State is not (CaseState.Resolved or CaseState.Verified)) return Wrong("reopened");
        if (reason?.Length > LongestText) return Error.Invalid("/reason", $"must have at most {LongestText} characters");
        var change = Begin(actor, now);
        change.Reopen(reason, joinKey, VerificationState.NotAsked);
        return change.Done();
    }

    /// <summary>Whether an outcome leaves something to ask the customer about.</summary>
    public static bool Asks(CaseOutcome outcome) => outcome is not (CaseOutcome.Duplicate or CaseOutcome.NoActionNeeded);

    private void Ask(Changing change)
    {
        Verification = VerificationState.Asked;
        change.Add(CaseEventKind.VerificationAsked, detail: new() { Round = Round });
    }
}
