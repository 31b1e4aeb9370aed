using System.Collections.Immutable;
using Hark.Domain.Signals;
using Hark.Domain.Sla;
using Hark.Domain.Workspaces;

namespace Hark.Domain.Cases;

// The steps that transitions are made of.
public sealed partial class Case
{
    /// <summary>A transition on its way: collects its lines and orders, and raises the version once at the end.</summary>
    private sealed class Changing(Case c, Actor actor, DateTimeOffset now)
    {
        private readonly ImmutableArray<CaseFact>.Builder _facts = ImmutableArray.CreateBuilder<CaseFact>();
        private readonly ImmutableArray<ClockOrder>.Builder _orders = ImmutableArray.CreateBuilder<ClockOrder>();

        public void Add(CaseEventKind kind, string? text = null, CaseDetail? detail = null) => _facts.Add(new(kind, actor, now, text, detail));

        public void Order(ClockAct act, params ReadOnlySpan<ClockKind> kinds)
        {
            foreach (var kind in kinds) _orders.Add(new(kind, act, act == ClockAct.Pause ? WaitingForCustomer : null));
        }

        public CaseChange Done()
        {
            c.Version++;
            if (now > c.UpdatedAt) c.UpdatedAt = now;
            return new(_facts.ToImmutable(), _orders.ToImmutable());
        }

        /// <summary>The first act on a new case says that a person has it.</summary>
        public void Acknowledge()
        {
            if (c.AcknowledgedAt is not null) return;
            c.AcknowledgedAt = now;
            Add(CaseEventKind.Acknowledged);
            Order(ClockAct.Meet, ClockKind.Acknowledge);
        }

        /// <summary>A case that nobody has becomes the acting member's.</summary>
        public void TakeOver()
        {
            if (c.AssigneeId is not null || actor.Kind != ActorKind.Member) return;
            c.AssigneeId = Guid.Parse(actor.Id);
            Add(CaseEventKind.Assigned, detail: new() { TeamId = c.TeamId, AssigneeId = c.AssigneeId, FromTeamId = c.TeamId });
        }

        public void Respond()
        {
            c.RespondedAt ??= now;
            Order(ClockAct.Meet, ClockKind.Respond);
        }

        public void Wait()
        {
            if (c.State == CaseState.Waiting) return;
            c.State = CaseState.Waiting;
            Add(CaseEventKind.WaitingForCustomer);
            Order(ClockAct.Pause, ClockKind.Resolve);
        }

        public void Resume()
        {
            Add(CaseEventKind.Resumed);
            Order(ClockAct.Resume, ClockKind.Resolve);
        }

        public void Wake()
        {
            if (c.SnoozedUntil is null) return;
            c.SnoozedUntil = null;
            Add(CaseEventKind.Woken);
        }

        public void Severity(Severity severity)
        {
            Add(CaseEventKind.SeverityChanged, detail: new() { Severity = severity, FromSeverity = c.Severity });
            c.Severity = severity;
            Order(ClockAct.Retarget, Enum.GetValues<ClockKind>());
        }

        /// <summary>Out of the inbox. Gives the join key up, so that a new matter of the same customer gets a case of its own.</summary>
        public void Close(CaseState state) => (c.State, c.IsOpen, c.JoinKey, c.SnoozedUntil) = (state, false, null, null);

        /// <summary>A fresh round: to answer, to resolve and to verify once more. Clocks of earlier rounds stay as they ended.</summary>
        public void Reopen(string? reason, Guid? joinKey, VerificationState verification)
        {
            c.Round++;
            Add(CaseEventKind.Reopened, reason, new() { From = c.State, Round = c.Round, RootCause = c.RootCause, Outcome = c.Outcome });
            (c.State, c.IsOpen, c.JoinKey, c.Verification) = (CaseState.InProgress, true, joinKey, verification);
            (c.ResolvedAt, c.VerifiedAt, c.RootCause, c.Outcome) = (null, null, null, null);
            Order(ClockAct.Cancel, ClockKind.Verify);
            Order(ClockAct.Restart, ClockKind.Respond, ClockKind.Resolve, ClockKind.Verify);
        }
    }
}
