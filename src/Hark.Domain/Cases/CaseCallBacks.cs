using Hark.Domain.Common;
using Hark.Domain.Workspaces;

namespace Hark.Domain.Cases;

// Calls that were promised. The call-back itself is a row beside the case.
public sealed partial class Case
{
    /// <summary>A slot is a promise of a time of day, not of a day.</summary>
    public static readonly TimeSpan LongestSlot = TimeSpan.FromHours(12);

    /// <summary>Promises a call within a slot. Invalid slots: backwards, over already, longer than <see cref="LongestSlot"/>, more than a year away.</summary>
    public Result<CaseChange> RequestCallBack(Guid callBackId, DateTimeOffset slotStart, DateTimeOffset slotEnd, Actor actor, DateTimeOffset now)
    {
        if (!IsOpen) return Wrong("given a call-back");
        if (slotEnd <= slotStart) return Error.Invalid("/slot_end", "must be after slot_start");
        if (slotEnd <= now) return Error.Invalid("/slot_end", "must be in the future");
        if (slotEnd - slotStart > LongestSlot) return Error.Invalid("/slot_end", "must be at most 12 hours after slot_start");
        if (slotStart > now + LongestSnooze) return Error.Invalid("/slot_start", "must be within a year");
        var change = Begin(actor, now);
        change.Add(CaseEventKind.CallBackRequested, detail: new() { CallBackId = callBackId, SlotStart = slotStart, SlotEnd = slotEnd });
        return change.Done();
    }

    /// <summary>
    /// The customer was called: an answer like any other, so it meets the respond clock while the case is open. Allowed later too, as a fact.
    /// </summary>
    public Result<CaseChange> CallBackDone(Guid callBackId, string? note, Actor actor, DateTimeOffset now)
    {
        if (note?.Length > LongestText) return Error.Invalid("/note", $"must have at most {LongestText} characters");
        var change = Begin(actor, now);
        if (IsOpen)
        {
            change.Acknowledge();
            change.TakeOver();
            change.Wake();
            change.Respond();
            if (State == CaseState.Waiting) change.Resume();
            State = CaseState.InProgress;
        }
        change.Add(CaseEventKind.CallBackDone, note, new() { CallBackId = callBackId });
        return change.Done();
    }

    /// <summary>Nobody called within the slot, or nobody answered.</summary>
    public CaseChange CallBackMissed(Guid callBackId, Actor actor, DateTimeOffset now) => CallBackEnded(CaseEventKind.CallBackMissed, callBackId, null, actor, now);

    public CaseChange CallBackCancelled(Guid callBackId, string? reason, Actor actor, DateTimeOffset now) =>
        CallBackEnded(CaseEventKind.CallBackCancelled, callBackId, reason, actor, now);

    private CaseChange CallBackEnded(CaseEventKind kind, Guid callBackId, string? text, Actor actor, DateTimeOffset now)
    {
        var change = Begin(actor, now);
        change.Add(kind, text, new() { CallBackId = callBackId });
        return change.Done();
    }
}
