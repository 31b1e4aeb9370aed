using Hark.Data.Messages;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Sla;
using Hark.Domain.Workspaces;

namespace Hark.Data.Cases;

/// <summary>One case in a batch of the sweeper: carries out everything that is due on its clocks. Pure but for the objects it is given.</summary>
internal sealed class SweptCase(WorkspaceSnapshot workspace, CaseMessages mail, Case c, List<CaseClock> clocks, string? segments, DateTimeOffset now)
{
    /// <summary>A ladder has at most 20 steps, and a change of severity may start another one: more moments than this at once are a bug, left to the next batch.</summary>
    private const int MostMoments = 100;

    private static readonly Actor Sweeper = Actor.System("clock-sweeper");

    /// <summary>One message for an address a clock and a batch: the last word, an escalation rather than the breach it follows.</summary>
    private readonly Dictionary<(ClockKind Kind, string Address), CaseNotice> _notices = [];
    private readonly HashSet<CaseClock> _changed = [];

    public Case Case => c;
    public IReadOnlyCollection<CaseClock> Changed => _changed;
    public List<CaseEvent> Events { get; } = [];
    public List<OutboxMessage> Messages { get; } = [];

    public void Sweep()
    {
        var policies = WorkspacePolicies.Of(workspace);
        for (var i = 0; i < MostMoments && clocks.Where(k => k.NextMomentAt <= now).MinBy(k => k.NextMomentAt) is { } row; i++)
        {
            var clock = CaseClocks.ToClock(row);
            var reading = ClockReader.Read(clock, policies.Catalogue, now);
            if (reading.Next is { } moment && moment.At <= now)
            {
                CaseClocks.Write(row, clock.Advance(moment), policies.Catalogue, now);
                // A warning that nobody could give in time (no node was up) helps nobody after the breach.
                if (moment.Kind != ClockMomentKind.Warning || !reading.IsBreached) Tell(row, moment, clock, policies);
            }
            else CaseClocks.Write(row, clock, reading); // the stored moment was older than what the clock says now
            _changed.Add(row);
        }
        var (due, breached) = CaseClocks.RollUp(clocks, c.Round);
        c.FollowClocks(due, breached);
        foreach (var group in _notices.GroupBy(n => n.Value, n => n.Key.Address))
            Messages.AddRange(mail.Composer.Notice(workspace, group.Key, c, group, now));
    }

    private void Tell(CaseClock row, ClockMoment moment, Clock clock, WorkspacePolicies policies)
    {
        var detail = new CaseDetail { Clock = row.Kind, Round = row.Round, DueAt = row.DueAt };
        switch (moment.Kind)
        {
            case ClockMomentKind.Warning:
                Add(new(CaseEventKind.ClockWarned, Sweeper, now, Detail: detail));
                Notify(row, CaseNoticeKind.ClockWarning, CaseMessages.Holders(workspace, c));
                break;
            case ClockMomentKind.Breach:
                Add(new(CaseEventKind.ClockBreached, Sweeper, now, Detail: detail with { DueAt = row.BreachedAt }));
                Messages.AddRange(mail.Events(workspace, c, CaseEventKind.ClockBreached, now));
                if (clock.Stopped is null) Notify(row, CaseNoticeKind.ClockBreach, CaseMessages.Holders(workspace, c));
                break;
            case ClockMomentKind.Escalation:
                Add(new(CaseEventKind.Escalated, Sweeper, now, Detail: detail with { Step = moment.Step + 1 }));
                Escalate(row, moment.Step!.Value, policies.Catalogue.Ladder(clock.TermsInForce.Ladder)!.Steps[moment.Step.Value], policies);
                break;
        }
    }

    private void Escalate(CaseClock row, int index, EscalationStep step, WorkspacePolicies policies)
    {
        // Told first, moved afterwards: "the assignee" is who had it when it escalated.
        Notify(row, CaseNoticeKind.Escalation, step.Notify.SelectMany(r => CaseMessages.Addresses(workspace, c, r)), index + 1);
        if (c.IsOpen && step.Reassign is { } to && TryReceiver(to, out var receiver))
        {
            Take(c.Assign(c.TeamId, receiver, Sweeper, now), policies);
            if (receiver is not null) Notify(row, CaseNoticeKind.Escalation, CaseMessages.Addresses(workspace, c, new Recipient(NoticeTo.Assignee)), index + 1);
        }
        if (c.IsOpen && step.RaiseSeverity) Take(c.ChangeSeverity(Severity.Critical, Sweeper, now), policies);
    }

    /// <summary>Who gets the case: a member, the first lead at work, or nobody, which is the team's queue. False when nobody fits: the case stays where it is.</summary>
    private bool TryReceiver(Recipient to, out Guid? receiver)
    {
        receiver = to.To switch
        {
            NoticeTo.TeamLead => CaseMessages.Leads(workspace, c.TeamId).OrderByDescending(m => m.Available).ThenBy(m => m.MemberId).FirstOrDefault()?.MemberId,
            NoticeTo.Member when workspace.MemberById.TryGetValue(Guid.Parse(to.Id!), out var member) && member.DisabledAt is null => member.MemberId,
            _ => null,
        };
        return receiver is not null || to.To == NoticeTo.Team;
    }

    private void Take(Result<CaseChange> change, WorkspacePolicies policies)
    {
        if (!change.Ok) return; // the case has moved on: nothing to do for an escalation
        foreach (var fact in change.Value.Facts) Add(fact);
        var before = clocks.ConvertAll(k => (k.Terms, k.Segments));
        CaseClockOrders.Apply(clocks, c, change.Value.Orders, policies, SignalJson.Strings(segments), now);
        foreach (var (i, (terms, parts)) in before.Index())
            if (clocks[i].Terms != terms || clocks[i].Segments != parts) _changed.Add(clocks[i]);
    }

    private void Notify(CaseClock row, CaseNoticeKind kind, IEnumerable<string> addresses, int? step = null)
    {
        foreach (var address in addresses) _notices[(row.Kind, address)] = new CaseNotice(kind) { Clock = row.Kind, DueAt = row.DueAt, Step = step };
    }

    private void Add(CaseFact fact) => Events.Add(CaseEvents.ToRow(c, fact, Events.Count));
}
