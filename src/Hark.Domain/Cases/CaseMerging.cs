using Hark.Domain.Common;
using Hark.Domain.Sla;
using Hark.Domain.Workspaces;

namespace Hark.Domain.Cases;

// Two cases that turn out to be one, and the way back.
public sealed partial class Case
{
    /// <summary>
    /// This case becomes part of another open one: its clocks are cancelled, its signals count there. Undone by <see cref="UndoMerge"/>.
    /// </summary>
    /// <returns>The change of this case and of the other; both versions rise. A conflict unless both are open; invalid for the case itself.</returns>
    public Result<(CaseChange Merged, CaseChange Into)> MergeInto(Case other, Actor actor, DateTimeOffset now)
    {
        if (other.CaseId == CaseId) return Error.Invalid("/into", "must be another case");
        if (!IsOpen) return Wrong("merged");
        if (!other.IsOpen) return new Error(ErrorKind.Conflict, ErrorCodes.CaseState, "The case to merge into is not open; reopen it first.");
        var (merged, into) = (Begin(actor, now), other.Begin(actor, now));
        merged.Add(CaseEventKind.Merged, detail: new() { CaseId = other.CaseId, Number = other.Number, From = State, JoinKey = JoinKey, Until = SnoozedUntil, Signals = SignalCount });
        into.Add(CaseEventKind.Merged, detail: new() { CaseId = CaseId, Number = Number, Signals = SignalCount });
        merged.Order(ClockAct.Cancel, Enum.GetValues<ClockKind>());
        merged.Close(CaseState.Merged);
        MergedInto = other.CaseId;
        other.SignalCount += SignalCount;
        return (merged.Done(), into.Done());
    }

    /// <summary>The case stands on its own again, as it stood; its clocks go on as if they had never been cancelled. A conflict unless merged.</summary>
    /// <param name="before">The detail of this case's line about the merge.</param>
    /// <param name="joinKey">The key to take again, null when another open case has it.</param>
    /// <param name="holders">The case it was merged into, and the cases that one was merged into since: all of them counted the signals.</param>
    /// <returns>The change of this case, then those of the holders in order.</returns>
    public Result<IReadOnlyList<CaseChange>> UndoMerge(CaseDetail before, Guid? joinKey, IReadOnlyList<Case> holders, Actor actor, DateTimeOffset now)
    {
        if (State != CaseState.Merged) return Wrong("taken out of a merge");
        var change = Begin(actor, now);
        change.Add(CaseEventKind.MergeUndone, detail: new() { CaseId = MergedInto, Number = holders[0].Number, Signals = SignalCount });
        change.Order(ClockAct.Restore, Enum.GetValues<ClockKind>());
        (State, IsOpen, JoinKey, MergedInto) = (before.From!.Value, true, joinKey, null);
        SnoozedUntil = before.Until > now ? before.Until : null;
        List<CaseChange> changes = [change.Done()];
        foreach (var holder in holders)
        {
            var gives = holder.Begin(actor, now);
            holder.SignalCount -= SignalCount;
            gives.Add(CaseEventKind.MergeUndone, detail: new() { CaseId = CaseId, Number = Number, Signals = SignalCount });
            changes.Add(gives.Done());
        }
        return changes;
    }
}
