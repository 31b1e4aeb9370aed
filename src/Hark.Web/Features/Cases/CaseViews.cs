using System.Text.Json;
using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Signals;
using Hark.Domain.Workspaces;

namespace Hark.Web.Features.Cases;

/// <summary>A person of ours, by id and name; the name is null when they are gone.</summary>
public sealed record PersonView(Guid MemberId, string? Name)
{
    public static PersonView? Of(WorkspaceSnapshot workspace, Guid? id) => id is { } member ? new(member, workspace.MemberById.GetValueOrDefault(member)?.Name) : null;
}

/// <summary>The customer, as far as the inbox shows them.</summary>
public sealed record CustomerView(Guid ContactId, string? Name);

/// <summary>A line of the inbox.</summary>
/// <param name="Team">The team's key.</param>
/// <param name="Source">The source's name.</param>
/// <param name="DueAt">The earliest due time of the running clocks.</param>
/// <param name="Version">Send it back in <c>If-Match</c>.</param>
public sealed record CaseLineView(
    Guid CaseId, long Number, CaseState State, Severity Severity, string? Title, string? Team, PersonView? Assignee, string? Source, Channel Channel, string? Touchpoint,
    string? Language, CustomerView? Contact, int SignalCount, DateTimeOffset OpenedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DueAt, bool Breached,
    DateTimeOffset? SnoozedUntil, VerificationState Verification, long Version)
{
    public static CaseLineView Of(WorkspaceSnapshot workspace, CaseLine line, DateTimeOffset now) => new(
        line.Key.CaseId, line.Number, line.State, line.Severity, line.Title, TeamKey(workspace, line.TeamId), PersonView.Of(workspace, line.AssigneeId),
        workspace.SourceById.GetValueOrDefault(line.SourceId)?.Name, line.Channel, line.Touchpoint, line.Language,
        line.ContactId is { } contact ? new CustomerView(contact, line.ContactName) : null, line.SignalCount, line.OpenedAt, line.UpdatedAt, line.Key.DueAt,
        line.Breached || line.Key.DueAt <= now, line.SnoozedUntil, line.Verification, line.Version);

    internal static string? TeamKey(WorkspaceSnapshot workspace, Guid? id) => id is { } team ? workspace.TeamById.GetValueOrDefault(team)?.Key : null;
}

/// <summary>A case after an action.</summary>
public record CaseView
{
    public required Guid CaseId { get; init; }
    public required long Number { get; init; }
    public required CaseState State { get; init; }
    public required Severity Severity { get; init; }
    public string? Title { get; init; }
    public string? Team { get; init; }
    public PersonView? Assignee { get; init; }
    public string? Source { get; init; }
    public required Channel Channel { get; init; }
    public string? Touchpoint { get; init; }
    public string? Location { get; init; }
    public string? Sku { get; init; }
    public string? Language { get; init; }
    public string? Cohort { get; init; }
    public Guid? ContactId { get; init; }
    public Guid? AccountId { get; init; }
    public required Guid FirstSignalId { get; init; }

    /// <summary>The rule that opened it, as <c>id@version</c>.</summary>
    public string? OpenedBy { get; init; }
    public int SignalCount { get; init; }

    /// <summary>1, and one more for every reopening.</summary>
    public int Round { get; init; }
    public DateTimeOffset SignalAt { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; init; }
    public DateTimeOffset? RespondedAt { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }
    public DateTimeOffset? VerifiedAt { get; init; }
    public DateTimeOffset? SnoozedUntil { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The earliest due time of the running clocks.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public bool Breached { get; init; }
    public string? RootCause { get; init; }
    public CaseOutcome? Outcome { get; init; }
    public VerificationState Verification { get; init; }
    public Guid? MergedInto { get; init; }

    /// <summary>Send it back in <c>If-Match</c>.</summary>
    public long Version { get; init; }

    public static CaseView Of(WorkspaceSnapshot workspace, Case c, DateTimeOffset now) => new()
    {
        CaseId = c.CaseId,
        Number = c.Number,
        State = c.State,
        Severity = c.Severity,
        Title = c.Title,
        Team = CaseLineView.TeamKey(workspace, c.TeamId),
        Assignee = PersonView.Of(workspace, c.AssigneeId),
        Source = workspace.SourceById.GetValueOrDefault(c.SourceId)?.Name,
        Channel = c.Channel,
        Touchpoint = c.Touchpoint,
        Location = c.Location,
        Sku = c.Sku,
        Language = c.Language,
        Cohort = c.Cohort,
        ContactId = c.ContactId,
        AccountId = c.AccountId,
        FirstSignalId = c.FirstSignalId,
        OpenedBy = c.OpenedBy,
        SignalCount = c.SignalCount,
        Round = c.Round,
        SignalAt = c.SignalAt,
        OpenedAt = c.OpenedAt,
        AcknowledgedAt = c.AcknowledgedAt,
        RespondedAt = c.RespondedAt,
        ResolvedAt = c.ResolvedAt,
        VerifiedAt = c.VerifiedAt,
        SnoozedUntil = c.SnoozedUntil,
        UpdatedAt = c.UpdatedAt,
        DueAt = c.DueAt,
        Breached = c.Breached || c.DueAt <= now,
        RootCause = c.RootCause,
        Outcome = c.Outcome,
        Verification = c.Verification,
        MergedInto = c.MergedInto,
        Version = c.Version,
    };
}

/// <summary>A line of the timeline.</summary>
/// <param name="CaseId">Another case's id for what happened on a case before it was merged into this one.</param>
/// <param name="Text">A person's words: a reply, a note, a comment.</param>
/// <param name="Data">What changed; its fields depend on the kind.</param>
public sealed record CaseEventView(Guid EventId, Guid CaseId, DateTimeOffset At, ActorView Actor, CaseEventKind Kind, string? Text, JsonElement? Data)
{
    public static CaseEventView Of(WorkspaceSnapshot workspace, CaseEvent e) => new(
        e.EventId, e.CaseId, e.At, ActorView.Of(workspace, e.ActorKind, e.ActorId), e.Kind, e.Text, e.Data is null ? null : JsonElement.Parse(e.Data));
}

/// <summary>Who did it.</summary>
/// <param name="Name">The member's name; null for others.</param>
public sealed record ActorView(ActorKind Kind, string Id, string? Name)
{
    public static ActorView Of(WorkspaceSnapshot workspace, ActorKind kind, string id) =>
        new(kind, id, kind == ActorKind.Member && Guid.TryParse(id, out var member) ? workspace.MemberById.GetValueOrDefault(member)?.Name : null);
}
