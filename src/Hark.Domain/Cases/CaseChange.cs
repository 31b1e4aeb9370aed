using System.Collections.Immutable;
using Hark.Domain.Signals;
using Hark.Domain.Sla;
using Hark.Domain.Workspaces;

namespace Hark.Domain.Cases;

/// <summary>What a transition asks of one kind of clock. An order that finds no clock in the right state does nothing.</summary>
public enum ClockAct
{
    /// <summary>What it waited for has happened: the live clock stops in time or late.</summary>
    Meet,

    /// <summary>The running clock stands still for a reason.</summary>
    Pause,
    Resume,

    /// <summary>Nobody waits for it any more.</summary>
    Cancel,

    /// <summary>A fresh clock of the case's round, from now, by the policies of today.</summary>
    Restart,

    /// <summary>The cancelled clock of the round goes on as if it had never been cancelled.</summary>
    Restore,

    /// <summary>The live clock goes on under the policy that now speaks of the case.</summary>
    Retarget,
}

/// <summary>One order to the clocks of a case.</summary>
/// <param name="Reason">Why, for a pause.</param>
public readonly record struct ClockOrder(ClockKind Kind, ClockAct Act, string? Reason = null);

/// <summary>One line for the timeline.</summary>
/// <param name="Text">A person's words; erased with the person.</param>
public sealed record CaseFact(CaseEventKind Kind, Actor By, DateTimeOffset At, string? Text = null, CaseDetail? Detail = null);

/// <summary>What a transition did: lines for the timeline in order, and orders to the clocks. The case itself is changed already.</summary>
public sealed record CaseChange(ImmutableArray<CaseFact> Facts, ImmutableArray<ClockOrder> Orders)
{
    /// <summary>Nothing had to change; the version stays.</summary>
    public static CaseChange None { get; } = new([], []);
}

/// <summary>What a line of the timeline says beside its kind; only the fields that its kind needs are set. An undo reads it back.</summary>
public sealed record CaseDetail
{
    public Guid? TeamId { get; init; }
    public Guid? AssigneeId { get; init; }
    public Guid? FromTeamId { get; init; }
    public Guid? FromAssigneeId { get; init; }
    public DateTimeOffset? Until { get; init; }
    public string? RootCause { get; init; }
    public CaseOutcome? Outcome { get; init; }

    /// <summary>The key that the case gave up when it closed, taken again when it reopens and the key is free.</summary>
    public Guid? JoinKey { get; init; }

    /// <summary>The state before.</summary>
    public CaseState? From { get; init; }
    public int? Round { get; init; }
    public Severity? Severity { get; init; }
    public Severity? FromSeverity { get; init; }

    /// <summary>The other case of a merge.</summary>
    public Guid? CaseId { get; init; }
    public long? Number { get; init; }
    public int? Signals { get; init; }
    public Guid? SignalId { get; init; }
    public IReadOnlyList<Guid>? Mentions { get; init; }
    public Guid? CallBackId { get; init; }
    public DateTimeOffset? SlotStart { get; init; }
    public DateTimeOffset? SlotEnd { get; init; }
    public ClockKind? Clock { get; init; }
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The playbook and its step that was ticked off or on.</summary>
    public string? Playbook { get; init; }
    public string? StepKey { get; init; }

    /// <summary>What went with a reply or note.</summary>
    public IReadOnlyList<Guid>? Attachments { get; init; }

    /// <summary>What was taken back.</summary>
    public CaseEventKind? Undoes { get; init; }

    /// <summary>The escalation step taken, from 1.</summary>
    public int? Step { get; init; }
    public string? Reason { get; init; }
}
