using Hark.Domain.Cases;
using Hark.Domain.Sla;
using Hark.Domain.Workspaces;

namespace Hark.Data.Model;

/// <summary>Which signals a case is about.</summary>
public sealed class CaseSignal
{
    public Guid WorkspaceId { get; set; }
    public Guid CaseId { get; set; }
    public Guid SignalId { get; set; }
    public DateTimeOffset JoinedAt { get; set; }

    /// <summary>While merged: the case it came from, so that the merge can be undone.</summary>
    public Guid? FromCaseId { get; set; }
}

/// <summary>
/// One clock of a case. Segments and policy are the truth; the other columns are what the clock engine computed from them at the last change, kept for
/// the inbox, the sweeper and the attainment query.
/// </summary>
public sealed class CaseClock
{
    public Guid WorkspaceId { get; set; }
    public Guid CaseId { get; set; }
    public ClockKind Kind { get; set; }
    public int Round { get; set; }
    public ClockState State { get; set; }

    /// <summary>The engine's own compact texts: by what it is measured, and its running and paused segments.</summary>
    public required string Terms { get; set; }
    public required string Segments { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset? DueAt { get; set; }
    public DateTimeOffset? MetAt { get; set; }
    public DateTimeOffset? BreachedAt { get; set; }

    /// <summary>Working milliseconds until it was met; null while it has not been.</summary>
    public long? ElapsedMs { get; set; }

    /// <summary>The next moment at which anything can happen; null when nothing can. The sweeper's index.</summary>
    public DateTimeOffset? NextMomentAt { get; set; }

    /// <summary>What has been written down already, so that nothing is told twice.</summary>
    public bool Warned { get; set; }
    public bool BreachTold { get; set; }
    public int StepsTaken { get; set; }
}

/// <summary>One line of a case's timeline.</summary>
public sealed class CaseEvent
{
    public Guid WorkspaceId { get; set; }
    public Guid CaseId { get; set; }
    public Guid EventId { get; set; }
    public DateTimeOffset At { get; set; }
    public ActorKind ActorKind { get; set; }
    public required string ActorId { get; set; }
    public CaseEventKind Kind { get; set; }

    /// <summary>Words of a person (reply, note); erased with the person.</summary>
    public string? Text { get; set; }

    /// <summary>JSON with what changed.</summary>
    public string? Data { get; set; }
}

/// <summary>"Did we solve it?", asked once a round.</summary>
public sealed class Verification
{
    public Guid WorkspaceId { get; set; }
    public Guid CaseId { get; set; }
    public int Round { get; set; }
    public DateTimeOffset AskedAt { get; set; }

    /// <summary>When silence closes the case as unverified.</summary>
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }
    public bool? Solved { get; set; }
    public string? Comment { get; set; }
}

/// <summary>A customer to be called at a time.</summary>
public sealed class CallBack
{
    public Guid WorkspaceId { get; set; }
    public Guid CallBackId { get; set; }
    public Guid CaseId { get; set; }
    public CallBackState State { get; set; }
    public DateTimeOffset SlotStart { get; set; }
    public DateTimeOffset SlotEnd { get; set; }
    public string? Phone { get; set; }
    public string? Note { get; set; }

    /// <summary>iCalendar SEQUENCE: rises with every change that is sent.</summary>
    public int Sequence { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}
