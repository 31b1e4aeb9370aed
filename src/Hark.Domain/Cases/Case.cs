using Hark.Domain.Signals;

namespace Hark.Domain.Cases;

/// <summary>
/// The inner loop's unit of work. A case has signals, clocks and a timeline; its state changes only through the methods of this type, each of which
/// takes the actor and the time and answers with what happened or with an error.
/// </summary>
public sealed partial class Case
{
    private Case() { }

    public Guid WorkspaceId { get; private init; }
    public Guid CaseId { get; private init; }

    /// <summary>A short number for people, unique in the workspace, rising, with gaps.</summary>
    public long Number { get; private init; }
    public CaseState State { get; private set; }

    /// <summary>True before resolution: the rows of the inbox. Kept beside the state because an index needs it.</summary>
    public bool IsOpen { get; private set; }
    public Severity Severity { get; private set; }
    public string? Title { get; private set; }

    /// <summary>
    /// Contact and subject in one hash: while the case is open no second one is opened under the same key. Null when it may not be joined, or no longer.
    /// </summary>
    public Guid? JoinKey { get; private set; }
    public Guid? ContactId { get; private init; }
    public Guid? AccountId { get; private init; }

    /// <summary>The signal that opened it.</summary>
    public Guid FirstSignalId { get; private init; }

    /// <summary>When that signal was made: the verify clock counts from here.</summary>
    public DateTimeOffset SignalAt { get; private init; }
    public Guid SourceId { get; private init; }
    public Channel Channel { get; private init; }
    public string? Touchpoint { get; private init; }
    public string? Location { get; private init; }
    public string? Sku { get; private init; }
    public string? Language { get; private init; }
    public string? Cohort { get; private init; }
    public Guid? TeamId { get; private set; }
    public Guid? AssigneeId { get; private set; }

    /// <summary>Rule that opened it, as <c>id@version</c>; null when a person did.</summary>
    public string? OpenedBy { get; private init; }
    public int SignalCount { get; private set; }
    public DateTimeOffset OpenedAt { get; private init; }
    public DateTimeOffset? AcknowledgedAt { get; private set; }
    public DateTimeOffset? RespondedAt { get; private set; }
    public DateTimeOffset? ResolvedAt { get; private set; }
    public DateTimeOffset? VerifiedAt { get; private set; }
    public DateTimeOffset? SnoozedUntil { get; private set; }
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Earliest due time of the running clocks; null when none runs. The order of the inbox.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>True once any clock of the current round missed its due time.</summary>
    public bool Breached { get; private set; }

    /// <summary>1, and one more for every reopening: the clocks of each round are apart.</summary>
    public int Round { get; private set; }
    public string? RootCause { get; private set; }
    public CaseOutcome? Outcome { get; private set; }
    public VerificationState Verification { get; private set; }

    /// <summary>The case that took this one in, while merged.</summary>
    public Guid? MergedInto { get; private set; }

    /// <summary>Optimistic concurrency: rises with every change. Clients send it back in <c>If-Match</c>.</summary>
    public long Version { get; private set; }

    /// <summary>What opening needs to know.</summary>
    public sealed record Opening
    {
        public required Guid WorkspaceId { get; init; }
        public required Guid CaseId { get; init; }
        public required long Number { get; init; }
        public required Severity Severity { get; init; }
        public required DateTimeOffset OpenedAt { get; init; }
        public required Guid FirstSignalId { get; init; }
        public required DateTimeOffset SignalAt { get; init; }
        public required Guid SourceId { get; init; }
        public required Channel Channel { get; init; }
        public string? Title { get; init; }
        public Guid? JoinKey { get; init; }
        public Guid? ContactId { get; init; }
        public Guid? AccountId { get; init; }
        public string? Touchpoint { get; init; }
        public string? Location { get; init; }
        public string? Sku { get; init; }
        public string? Language { get; init; }
        public string? Cohort { get; init; }
        public Guid? TeamId { get; init; }
        public Guid? AssigneeId { get; init; }
        public string? OpenedBy { get; init; }
    }

    /// <summary>A new case with its first signal.</summary>
    public static Case Open(Opening o) => new()
    {
        WorkspaceId = o.WorkspaceId,
        CaseId = o.CaseId,
        Number = o.Number,
        State = CaseState.New,
        IsOpen = true,
        Severity = o.Severity,
        Title = o.Title,
        JoinKey = o.JoinKey,
        ContactId = o.ContactId,
        AccountId = o.AccountId,
        FirstSignalId = o.FirstSignalId,
        SignalAt = o.SignalAt,
        SourceId = o.SourceId,
        Channel = o.Channel,
        Touchpoint = o.Touchpoint,
        Location = o.Location,
        Sku = o.Sku,
        Language = o.Language,
        Cohort = o.Cohort,
        TeamId = o.TeamId,
        AssigneeId = o.AssigneeId,
        OpenedBy = o.OpenedBy,
        SignalCount = 1,
        Round = 1,
        OpenedAt = o.OpenedAt,
        UpdatedAt = o.OpenedAt,
        Version = 1,
    };

    /// <summary>Takes over what the clocks say: the earliest due time and whether one was missed. Called after every change of a clock.</summary>
    public void FollowClocks(DateTimeOffset? dueAt, bool breached) => (DueAt, Breached) = (dueAt, breached);
}
