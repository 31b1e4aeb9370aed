using Hark.Data.Cases;
using Hark.Data.Intake;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Web.Features.Demo.Company;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Features.Demo;

/// <summary>
/// Lives the sample company's history through: signals are taken in, people work on the cases that these open, clocks run out and are told, each at its time.
/// </summary>
internal sealed class DemoHistory(IntakeReplay replay, WorkspaceSnapshot workspace, WorkspaceSnapshots snapshots, SignalPreparer preparer, CaseMessages mail, DateTimeOffset now)
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1), LookEvery = TimeSpan.FromDays(1);

    private readonly StaffPlan _plan = new(new Dice(DemoCompany.UsualSeed + 2), now);
    private readonly Dice _dice = new(DemoCompany.UsualSeed + 3);
    private readonly PriorityQueue<(Guid CaseId, Step Step), DateTimeOffset> _steps = new();
    private readonly HashSet<Guid> _cases = [];
    private readonly List<(PreparedSignal Prepared, DemoSignal Signal)> _waiting = [];
    private readonly OutboxQueue _outbox = new(replay.Store);
    private CaseWriter _writer = null!;
    private DemoStaff _staff = null!;
    private ClockSweep _sweep = null!;
    private CaseTimers _timers = null!;
    private DateTimeOffset _swept, _looked;
    private DateTimeOffset? _nextMoment;

    public int Signals { get; private set; }
    public int Cases => _cases.Count;

    public async Task RunAsync(IReadOnlyList<DemoSignal> history, CancellationToken cancellation)
    {
        _writer = new CaseWriter(replay.Store, snapshots, _outbox, mail, replay.Time);
        _staff = new DemoStaff(replay.Store, _writer, replay.Time, _dice);
        _sweep = new ClockSweep(replay.Store, snapshots, _outbox, mail);
        _timers = new CaseTimers(replay.Store, snapshots, _outbox, mail);
        (_swept, _looked) = (replay.Time.Now().HourStart(), replay.Time.Now().HourStart());
        foreach (var signal in history)
        {
            await UntilAsync(signal.At, cancellation);
            var prepared = Prepare(signal);
            _waiting.Add((prepared, signal));
            if (MayOpenCase(prepared)) await TakeAsync(cancellation);
        }
        await UntilAsync(now, cancellation);
        await TakeAsync(cancellation);
        replay.Time.MoveTo(now);
        await new DemoDesk(replay, _writer, workspace, now).LayAsync(cancellation);
        // Nothing of a history is sent: none of these people exist, and all of it would be late.
        await _outbox.CancelAllAsync(workspace.WorkspaceId, now, "History of the sample company: never sent.", cancellation);
    }

    private PreparedSignal Prepare(DemoSignal signal)
    {
        var source = workspace.SourceByName[signal.Source];
        var errors = new InputErrors();
        var origin = new SignalOrigin(workspace.WorkspaceId, source.SourceId, source.Name, source.Channel, source.Kind, source.Touchpoint, workspace.Workspace.DefaultRegion);
        return preparer.Prepare(signal.Draft, origin, signal.At, errors)
            ?? throw new InvalidOperationException($"Signal {signal.Draft.Id} of the sample company is wrong: {string.Join("; ", errors.ToDictionary().Select(e => e.Key + " " + e.Value[0]))}");
    }

    /// <summary>
    /// Signals that cannot open a case wait for one that may, so that a transaction of history has groups as large as can be while every case opens at its own
    /// time.
    /// </summary>
    private static bool MayOpenCase(PreparedSignal signal) => signal.Negative == true || signal.Channel == Channel.Ticket || signal.Subject.Issue is not null;

    private async Task TakeAsync(CancellationToken cancellation)
    {
        if (_waiting.Count == 0) return;
        replay.Time.MoveTo(_waiting[^1].Prepared.ReceivedAt);
        var outcomes = await replay.TakeAsync(workspace, [.. _waiting.Select(w => w.Prepared)], cancellation);
        Signals += outcomes.Count;
        for (var i = 0; i < outcomes.Count; i++)
            if (outcomes[i].CaseId is { } id && _cases.Add(id)) Plan(id, _waiting[i].Prepared);
        _waiting.Clear();
    }

    private void Plan(Guid caseId, PreparedSignal signal)
    {
        var topic = signal.Topics.Count > 0 ? signal.Topics[0].Key : signal.Subject.Issue switch
        {
            "late_delivery" => "delivery",
            "too_small" => "size",
            "quality" => "product",
            "falling_usage" => "portal",
            _ => signal.Touchpoint ?? "support",
        };
        var reachable = signal.Contact?.Email is not null && signal.Consent.ContactBack != false;
        foreach (var step in _plan.Of(new NewCase(signal.ReceivedAt, signal.Channel, signal.Severity == Severity.Critical, signal.Language ?? "en", topic, reachable)))
            if (step.At < now) _steps.Enqueue((caseId, step), step.At);
        _nextMoment = null; // its clocks may come first
    }

    /// <summary>Does everything that falls due before a time.</summary>
    private async Task UntilAsync(DateTimeOffset end, CancellationToken cancellation)
    {
        while (true)
        {
            var tick = _swept + SweepEvery;
            var step = _steps.TryPeek(out _, out var at) ? at : DateTimeOffset.MaxValue;
            if (step > end && tick > end) return;
            if (tick <= step) await TickAsync(tick, cancellation);
            else await WorkAsync(cancellation);
        }
    }

    private async Task WorkAsync(CancellationToken cancellation)
    {
        var (caseId, step) = _steps.Dequeue();
        replay.Time.MoveTo(step.At);
        var (team, assignee) = await HolderAsync(caseId, cancellation);
        await _staff.TakeAsync(workspace.WorkspaceId, caseId, _staff.WorkerOf(workspace, team, assignee), step, cancellation);
        if (step.Kind is StepKind.CustomerReply or StepKind.Deny) _nextMoment = null;
    }

    private async Task<(Guid? Team, Guid? Assignee)> HolderAsync(Guid caseId, CancellationToken cancellation)
    {
        await using var db = replay.Store.Read();
        var found = await db.Cases.Where(c => c.WorkspaceId == workspace.WorkspaceId && c.CaseId == caseId).Select(c => new { c.TeamId, c.AssigneeId }).SingleAsync(cancellation);
        return (found.TeamId, found.AssigneeId);
    }

    /// <summary>What the workers do between: clocks that ran out, and now and then snoozed cases, silence and missed calls.</summary>
    private async Task TickAsync(DateTimeOffset tick, CancellationToken cancellation)
    {
        (_swept, var id) = (tick, workspace.WorkspaceId);
        replay.Time.MoveTo(tick);
        if (_nextMoment is null || _nextMoment <= tick) _nextMoment = (await _sweep.RunAsync(id, tick, cancellation)).Next ?? DateTimeOffset.MaxValue;
        if (tick - _looked < LookEvery) return;
        _looked = tick;
        await _timers.WakeAsync(id, tick, cancellation);
        await _timers.CloseSilentAsync(id, tick, cancellation);
        await _timers.MissCallBacksAsync(id, tick, cancellation);
    }
}
