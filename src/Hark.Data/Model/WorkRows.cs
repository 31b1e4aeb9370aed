namespace Hark.Data.Model;

/// <summary>How a message leaves.</summary>
public enum OutboxKind { Email, Webhook }

/// <summary>Where a message stands. <see cref="Parked"/>: tried for the last time; a person may send it again.</summary>
public enum OutboxState { Pending, Sent, Parked, Cancelled }

/// <summary>Something to be sent, written in the transaction that caused it. Delivered at least once, always under the same id.</summary>
public sealed class OutboxMessage
{
    public Guid WorkspaceId { get; set; }
    public Guid MessageId { get; set; }
    public OutboxKind Kind { get; set; }
    public OutboxState State { get; set; }

    /// <summary>E-mail address or webhook endpoint id.</summary>
    public required string Destination { get; set; }

    /// <summary>What it is for, such as <c>case.verification</c>: shown in the outbox and used as event name of webhooks.</summary>
    public required string Topic { get; set; }

    /// <summary>JSON the sender of this kind understands.</summary>
    public required string Payload { get; set; }
    public Guid? CaseId { get; set; }
    public Guid? ContactId { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset AvailableAt { get; set; }
    public int Attempts { get; set; }
    public string? LeaseOwner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Fencing: rises with every claim; an outcome is written only by the claim that still holds the token.</summary>
    public long LeaseToken { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public string? LastError { get; set; }
}

/// <summary>One try at sending.</summary>
public sealed class OutboxAttempt
{
    public Guid WorkspaceId { get; set; }
    public Guid MessageId { get; set; }
    public long Token { get; set; }
    public DateTimeOffset At { get; set; }
    public bool Delivered { get; set; }
    public string? Detail { get; set; }
    public long DurationMs { get; set; }
}

/// <summary>Where events are posted.</summary>
public sealed class WebhookEndpoint
{
    public Guid WorkspaceId { get; set; }
    public Guid EndpointId { get; set; }
    public required string Key { get; set; }
    public required string Url { get; set; }

    /// <summary>Standard Webhooks secrets (<c>whsec_…</c>), protected at rest; two while one is being rotated, newest first.</summary>
    public required string Secrets { get; set; }

    /// <summary>Topics it wants, joined by commas; empty for all.</summary>
    public string Topics { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Set when the receiver said 410, or a person did: nothing is sent.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>What the receiver said; null where a person switched it off.</summary>
    public string? DisabledReason { get; set; }
}

/// <summary>A file being read in: enough to go on where it stopped.</summary>
public sealed class ImportRun
{
    public Guid WorkspaceId { get; set; }
    public Guid ImportId { get; set; }
    public Guid SourceId { get; set; }
    public required string FileName { get; set; }

    /// <summary>SHA-256 of size, mapping and the first and last megabyte: the same file with the same mapping goes on.</summary>
    public required string Fingerprint { get; set; }
    public long RecordsDone { get; set; }
    public long Stored { get; set; }
    public long Duplicates { get; set; }
    public long Updated { get; set; }
    public long Rejected { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
}

/// <summary>
/// A task that only one node may do at a time. Not below a workspace: it belongs to the installation. The token fences: whoever was overtaken
/// cannot write any more.
/// </summary>
public sealed class WorkerLease
{
    public required string Name { get; set; }
    public required string Owner { get; set; }
    public long Token { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
}
