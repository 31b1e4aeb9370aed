namespace Hark.Domain.Cases;

/// <summary>Where a case stands. Open: everything before <see cref="Resolved"/>.</summary>
public enum CaseState { New, Acknowledged, InProgress, Waiting, Resolved, Verified, Merged }

/// <summary>How a case ended. Required to resolve one.</summary>
public enum CaseOutcome { Fixed, Explained, Compensated, Declined, Duplicate, NoActionNeeded }

/// <summary>What the customer said to "did we solve it?".</summary>
public enum VerificationState
{
    /// <summary>Not resolved yet, or nobody to ask.</summary>
    NotAsked,
    Asked,
    Confirmed,
    Denied,
    /// <summary>No answer within the set time.</summary>
    Unverified,
}

/// <summary>What happened on a case: the kinds of its timeline.</summary>
public enum CaseEventKind
{
    Opened, SignalJoined, Acknowledged, Assigned, Started, Replied, CustomerReplied, NoteAdded, Snoozed, Woken, WaitingForCustomer, Resumed, SeverityChanged,
    Resolved, VerificationAsked, Verified, Denied, ClosedUnverified, Reopened, Merged, MergeUndone, CallBackRequested, CallBackDone, CallBackMissed, CallBackCancelled,
    ClockWarned, ClockBreached, Escalated, ClockMet, PolicyApplied, Tagged, Linked, Unlinked, StepDone, StepUndone, Undone,
}

/// <summary>Where a call-back stands.</summary>
public enum CallBackState { Requested, Done, Missed, Cancelled }
