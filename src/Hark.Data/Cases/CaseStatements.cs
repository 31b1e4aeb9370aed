using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Sla;
using Hark.Domain.Workspaces;

namespace Hark.Data.Cases;

/// <summary>The bulk statements of the sweeper and of signals that join: what a batch changes of clocks and cases, and the lines it adds. For open cases.</summary>
internal static class CaseStatements
{
    public static readonly BulkStatement<CaseClock> UpdateClock = new(
        """
        UPDATE case_clocks SET state = @state, terms = @terms, segments = @segments, due_at = @due_at, breached_at = @breached_at, next_moment_at = @next_moment_at,
            warned = @warned, breach_told = @breach_told, steps_taken = @steps_taken
        WHERE workspace_id = @workspace_id AND case_id = @case_id AND kind = @kind AND round = @round
        """,
        new Columns<CaseClock>()
            .Uuid("workspace_id", k => k.WorkspaceId).Uuid("case_id", k => k.CaseId).Text("kind", k => EnumNames<ClockKind>.Of(k.Kind)).Int("round", k => k.Round)
            .Text("state", k => EnumNames<ClockState>.Of(k.State)).Text("terms", k => k.Terms).Text("segments", k => k.Segments).Time("due_at", k => k.DueAt)
            .Time("breached_at", k => k.BreachedAt).Time("next_moment_at", k => k.NextMomentAt).Bool("warned", k => k.Warned).Bool("breach_told", k => k.BreachTold)
            .Int("steps_taken", k => k.StepsTaken));

    public static readonly BulkStatement<Case> UpdateCase = new(
        """
        UPDATE cases SET state = @state, team_id = @team_id, assignee_id = @assignee_id, severity = @severity, signal_count = @signal_count, snoozed_until = @snoozed_until,
            due_at = @due_at, breached = @breached, updated_at = @updated_at, version = @version
        WHERE workspace_id = @workspace_id AND case_id = @case_id
        """,
        new Columns<Case>()
            .Uuid("workspace_id", c => c.WorkspaceId).Uuid("case_id", c => c.CaseId).Uuid("team_id", c => c.TeamId).Uuid("assignee_id", c => c.AssigneeId)
            .Text("state", c => EnumNames<CaseState>.Of(c.State)).Text("severity", c => EnumNames<Severity>.Of(c.Severity)).Int("signal_count", c => c.SignalCount)
            .Time("snoozed_until", c => c.SnoozedUntil).Time("due_at", c => c.DueAt).Bool("breached", c => c.Breached).Time("updated_at", c => c.UpdatedAt)
            .Long("version", c => c.Version));

    public static readonly BulkInsert<CaseEvent> InsertEvent = new(
        "case_events",
        new Columns<CaseEvent>()
            .Uuid("workspace_id", e => e.WorkspaceId).Uuid("case_id", e => e.CaseId).Uuid("event_id", e => e.EventId).Time("at", e => e.At)
            .Text("actor_kind", e => EnumNames<ActorKind>.Of(e.ActorKind)).Text("actor_id", e => e.ActorId).Text("kind", e => EnumNames<CaseEventKind>.Of(e.Kind))
            .Text("text", e => e.Text).Text("data", e => e.Data));
}
