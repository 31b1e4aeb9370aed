using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Workspaces;

namespace Hark.Domain.Cases;

// The work on an open case, from the first look to the answer.
public sealed partial class Case
{
    /// <summary>The reason of the resolve clock's pause while the customer is waited for.</summary>
    public const string WaitingForCustomer = "waiting_for_customer";

    /// <summary>Longest reply or note, in characters.</summary>
    public const int LongestText = 20_000;

    /// <summary>A case is put aside for a year at most.</summary>
    public static readonly TimeSpan LongestSnooze = TimeSpan.FromDays(366);

    /// <summary>Somebody has the case. One that nobody has yet becomes the actor's. A conflict unless new.</summary>
    public Result<CaseChange> Acknowledge(Actor actor, DateTimeOffset now)
    {
        if (State != CaseState.New) return Wrong("acknowledged");
        var change = Begin(actor, now);
        change.Acknowledge();
        change.TakeOver();
        State = CaseState.Acknowledged;
        return change.Done();
    }

    /// <summary>Gives the case to a team, a person or nobody. Says nothing about whether they have seen it: the acknowledge clock goes on.</summary>
    public Result<CaseChange> Assign(Guid? teamId, Guid? assigneeId, Actor actor, DateTimeOffset now)
    {
        if (!IsOpen) return Wrong("assigned");
        if (teamId == TeamId && assigneeId == AssigneeId) return CaseChange.None;
        var change = Begin(actor, now);
        change.Add(CaseEventKind.Assigned, detail: new() { TeamId = teamId, AssigneeId = assigneeId, FromTeamId = TeamId, FromAssigneeId = AssigneeId });
        (TeamId, AssigneeId) = (teamId, assigneeId);
        return change.Done();
    }

    /// <summary>Work begins, or goes on after waiting. A conflict when it is going on.</summary>
    public Result<CaseChange> Start(Actor actor, DateTimeOffset now)
    {
        if (!IsOpen || State == CaseState.InProgress) return Wrong("started");
        var change = Begin(actor, now);
        change.Acknowledge();
        change.TakeOver();
        change.Wake();
        if (State == CaseState.Waiting) change.Resume();
        else change.Add(CaseEventKind.Started);
        State = CaseState.InProgress;
        return change.Done();
    }

    /// <summary>The customer is answered: the first time meets the respond clock. With <paramref name="wait"/> the case then waits for the customer.</summary>
    /// <param name="attachments">Files that go with it.</param>
    public Result<CaseChange> Reply(string text, bool wait, Actor actor, DateTimeOffset now, IReadOnlyList<Guid>? attachments = null)
    {
        if (!IsOpen) return Wrong("replied to");
        if (BadText(text) is { } bad) return bad;
        var change = Begin(actor, now);
        change.Acknowledge();
        change.TakeOver();
        change.Wake();
        change.Respond();
        change.Add(CaseEventKind.Replied, text, attachments is { Count: > 0 } ? new() { Attachments = attachments } : null);
        if (wait) change.Wait();
        else
        {
            if (State == CaseState.Waiting) change.Resume();
            State = CaseState.InProgress;
        }
        return change.Done();
    }

    /// <summary>The next word is the customer's: the resolve clock stands still, the others do not. A conflict while waiting already.</summary>
    public Result<CaseChange> Wait(Actor actor, DateTimeOffset now)
    {
        if (!IsOpen || State == CaseState.Waiting) return Wrong("made to wait for the customer");
        var change = Begin(actor, now);
        change.Acknowledge();
        change.Wait();
        return change.Done();
    }

    /// <summary>
    /// The customer wrote again. A waiting case goes on, a sleeping one wakes, a resolved one opens again in a fresh round.
    /// A conflict once the customer has confirmed or the case was merged.
    /// </summary>
    /// <param name="joinKey">For a resolved case: the key to take again, null when another open case has it.</param>
    public Result<CaseChange> CustomerReplied(string? text, Guid? joinKey, DateTimeOffset now)
    {
        if (!IsOpen && State != CaseState.Resolved) return Wrong("continued by the customer");
        var change = Begin(Actor.Customer, now);
        change.Add(CaseEventKind.CustomerReplied, text);
        change.Wake();
        if (State == CaseState.Waiting)
        {
            change.Resume();
            State = CaseState.InProgress;
        }
        else if (State == CaseState.Resolved) change.Reopen(null, joinKey, VerificationState.NotAsked);
        return change.Done();
    }

    /// <summary>One more signal of the same matter, joined on arrival. Raises the severity, wakes a sleeping case and continues a waiting one. A conflict unless open.</summary>
    public Result<CaseChange> Join(Guid signalId, Severity severity, Actor actor, DateTimeOffset now)
    {
        if (!IsOpen) return Wrong("joined");
        var change = Begin(actor, now);
        SignalCount++;
        change.Add(CaseEventKind.SignalJoined, detail: new() { SignalId = signalId });
        if (severity > Severity) change.Severity(severity);
        change.Wake();
        if (State == CaseState.Waiting)
        {
            change.Resume();
            State = CaseState.InProgress;
        }
        return change.Done();
    }

    /// <summary>A word among colleagues; allowed in every state. Nothing else changes.</summary>
    /// <param name="mentions">Members named in the text; see <see cref="MentionParser"/>.</param>
    /// <param name="attachments">Files that go with it.</param>
    public Result<CaseChange> AddNote(string text, IReadOnlyList<Guid> mentions, Actor actor, DateTimeOffset now, IReadOnlyList<Guid>? attachments = null)
    {
        if (BadText(text) is { } bad) return bad;
        var change = Begin(actor, now);
        change.Add(CaseEventKind.NoteAdded, text, mentions.Count == 0 && attachments is not { Count: > 0 } ? null
            : new() { Mentions = mentions.Count == 0 ? null : mentions, Attachments = attachments is { Count: > 0 } ? attachments : null });
        return change.Done();
    }

    /// <summary>Out of sight until a time, at most <see cref="LongestSnooze"/> away. The clocks go on: the customer's time does.</summary>
    public Result<CaseChange> Snooze(DateTimeOffset until, Actor actor, DateTimeOffset now)
    {
        if (!IsOpen) return Wrong("snoozed");
        if (until <= now) return Error.Invalid("/until", "must be in the future");
        if (until > now + LongestSnooze) return Error.Invalid("/until", "must be within a year");
        var change = Begin(actor, now);
        SnoozedUntil = until.Trim();
        change.Add(CaseEventKind.Snoozed, detail: new() { Until = SnoozedUntil });
        return change.Done();
    }

    /// <summary>Back in sight. A conflict unless asleep.</summary>
    public Result<CaseChange> Wake(Actor actor, DateTimeOffset now)
    {
        if (SnoozedUntil is null) return new Error(ErrorKind.Conflict, ErrorCodes.CaseState, "The case is not snoozed.");
        var change = Begin(actor, now);
        change.Wake();
        return change.Done();
    }

    /// <summary>Live clocks go on under the policies of the new severity. The same severity changes nothing.</summary>
    public Result<CaseChange> ChangeSeverity(Severity severity, Actor actor, DateTimeOffset now)
    {
        if (!IsOpen) return Wrong("given another severity");
        if (severity == Severity) return CaseChange.None;
        var change = Begin(actor, now);
        change.Severity(severity);
        return change.Done();
    }

    private static Error? BadText(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Error.Invalid("/text", "must not be empty");
        return text.Length > LongestText ? Error.Invalid("/text", $"must have at most {LongestText} characters") : null;
    }

    private Error Wrong(string done) =>
        new(ErrorKind.Conflict, ErrorCodes.CaseState, $"A case that is {EnumNames<CaseState>.Of(State).Replace('_', ' ')} cannot be {done}.");

    private Changing Begin(Actor actor, DateTimeOffset now) => new(this, actor, now.Trim());
}
