using FsCheck;
using FsCheck.Fluent;
using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Sla;
using Hark.Domain.Workspaces;
using Xunit;

namespace Hark.Data.Tests.Cases;

/// <summary>What must hold after any history of actions, allowed or not, on a case and its clocks.</summary>
public sealed class CaseHistoryProperties
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly Guid Key = Guid.CreateVersion7(Start), Member = Guid.CreateVersion7(Start);
    private static readonly WorkspacePolicies Policies = WorkspacePolicies.Of(new WorkspaceSnapshot
    {
        Workspace = new Workspace { WorkspaceId = Guid.CreateVersion7(Start), Name = "Test", TimeZone = "UTC" },
        Sources = [],
        Teams = [],
        Members = [],
        TeamMembers = [],
        WebhookEndpoints = [],
        Keys = [],
        Documents = new Dictionary<DocumentKind, ConfigDocument>(),
        CalendarVersions = [],
    });

    private enum Act { Acknowledge, Assign, Start, Reply, ReplyAndWait, Wait, Customer, Join, Note, Snooze, Wake, Severity, Resolve, ResolveUnreachable, Ask, Yes, No, Silence, Reopen, MergeAndUndo, CallDone }

    [Fact]
    public void Holds_after_every_step()
    {
        var step = Gen.Choose(0, Enum.GetValues<Act>().Length - 1).SelectMany(act => Gen.Choose(0, 600).Select(minutes => ((Act)act, minutes)));
        var steps = Gen.ListOf(step, 40);
        Prop.ForAll(steps.ToArbitrary(), history =>
        {
            var world = new Model();
            foreach (var (act, minutes) in history) world.Do(act, minutes);
        }).QuickCheckThrowOnFailure();
    }

    private sealed class Model
    {
        private readonly Case _case = Open();
        private readonly List<CaseClock> _clocks;
        private DateTimeOffset _now = Start;

        public Model()
        {
            _clocks = [.. CaseClocks.Start(Policies, _case, [], null, Start)];
            Follow();
        }

        public void Do(Act act, int minutes)
        {
            _now = _now.AddMinutes(minutes);
            if (act == Act.MergeAndUndo)
            {
                MergeAndUndo();
                return;
            }
            var (version, round, ended) = (_case.Version, _case.Round, _clocks.Where(k => k.Round < _case.Round).Select(Text).ToList());
            var result = Run(act);
            if (result.Ok) Apply(result.Value);
            var changed = result.Ok && !result.Value.Facts.IsEmpty;
            Assert.True(changed ? _case.Version == version + 1 : _case.Version == version);
            Assert.Equal(ended, _clocks.Where(k => k.Round < round).Select(Text)); // earlier rounds are history
            Check();
        }

        private void Check()
        {
            Assert.Equal(_case.State is CaseState.New or CaseState.Acknowledged or CaseState.InProgress or CaseState.Waiting, _case.IsOpen);
            Assert.Equal(_clocks.Where(k => k.State == ClockState.Running).Min(k => k.DueAt), _case.DueAt);
            var live = _clocks.Where(k => k.State is ClockState.Running or ClockState.Paused).ToList();
            Assert.True(live.Select(k => k.Kind).Distinct().Count() == live.Count, "two live clocks of one kind");
            if (!_case.IsOpen) Assert.All(live, k => Assert.Equal(ClockKind.Verify, k.Kind));
            if (_case.State == CaseState.Verified) Assert.Empty(live);
            Assert.Equal(_case.State == CaseState.Waiting, live.Exists(k => k.Kind == ClockKind.Resolve && k.State == ClockState.Paused));
            Assert.All(live.Where(k => k.Kind != ClockKind.Resolve), k => Assert.Equal(ClockState.Running, k.State));
            if (_case.IsOpen) Assert.Contains(live, k => k.Kind == ClockKind.Resolve && k.Round == _case.Round);
            Assert.Equal(_case.State != CaseState.New, _case.AcknowledgedAt is not null);
            Assert.Equal(_case.Verification == VerificationState.Asked && _case.State == CaseState.Resolved, !_case.IsOpen && live.Exists(k => k.Kind == ClockKind.Verify));
            Assert.Equal(_case.IsOpen ? Key : null, _case.JoinKey);
            Assert.Equal(_case.State is CaseState.Resolved or CaseState.Verified, _case is { RootCause: not null, Outcome: not null, ResolvedAt: not null });
            if (!_case.IsOpen) Assert.Null(_case.SnoozedUntil);
            foreach (var clock in _clocks) Assert.Equal(Text(clock), Text(CaseClocks.ToRow(_case.WorkspaceId, _case.CaseId, CaseClocks.ToClock(clock), Policies.Catalogue, _now), clock.BreachedAt));
        }

        private void MergeAndUndo()
        {
            var (before, other) = ((_case.State, _case.IsOpen, _case.DueAt, _case.JoinKey, _case.SignalCount, _case.SnoozedUntil), Open());
            var clocks = _clocks.ConvertAll(TextNow);
            var merge = _case.MergeInto(other, Actor.Member(Member), _now);
            if (!merge.Ok) return;
            Apply(merge.Value.Merged);
            Assert.All(_clocks, k => Assert.True(k.State is ClockState.Met or ClockState.Cancelled));
            Assert.Null(_case.DueAt);
            var detail = merge.Value.Merged.Facts[0].Detail!;
            Apply(_case.UndoMerge(detail, detail.JoinKey, [other], Actor.Member(Member), _now).Value[0]);
            Assert.Equal(before with { SnoozedUntil = before.SnoozedUntil > _now ? before.SnoozedUntil : null },
                (_case.State, _case.IsOpen, _case.DueAt, _case.JoinKey, _case.SignalCount, _case.SnoozedUntil));
            Assert.Equal(clocks, _clocks.ConvertAll(TextNow));
            Check();
        }

        private void Apply(CaseChange change)
        {
            CaseClockOrders.Apply(_clocks, _case, change.Orders, Policies, [], _now);
            Follow();
        }

        private void Follow()
        {
            var (due, breached) = CaseClocks.RollUp(_clocks, _case.Round);
            _case.FollowClocks(due, breached);
        }

        private Result<CaseChange> Run(Act act)
        {
            var by = Actor.Member(Member);
            return act switch
            {
                Act.Acknowledge => _case.Acknowledge(by, _now),
                Act.Assign => _case.Assign(null, _now.Minute % 2 == 0 ? Member : null, by, _now),
                Act.Start => _case.Start(by, _now),
                Act.Reply => _case.Reply("text", false, by, _now),
                Act.ReplyAndWait => _case.Reply("text", true, by, _now),
                Act.Wait => _case.Wait(by, _now),
                Act.Customer => _case.CustomerReplied("text", Key, _now),
                Act.Join => _case.Join(Key, _now.Minute % 3 == 0 ? Severity.Critical : Severity.Routine, by, _now),
                Act.Note => _case.AddNote("text", [], by, _now),
                Act.Snooze => _case.Snooze(_now.AddHours(3), by, _now),
                Act.Wake => _case.Wake(by, _now),
                Act.Severity => _case.ChangeSeverity(_case.Severity == Severity.Routine ? Severity.Critical : Severity.Routine, by, _now),
                Act.Resolve => _case.Resolve("cause", CaseOutcome.Fixed, true, by, _now),
                Act.ResolveUnreachable => _case.Resolve("cause", CaseOutcome.Fixed, false, by, _now),
                Act.Ask => _case.AskVerification(by, _now),
                Act.Yes => _case.Verify(true, null, null, Actor.Customer, _now),
                Act.No => _case.Verify(false, null, Key, Actor.Customer, _now),
                Act.Silence => _case.CloseUnverified(by, _now),
                Act.Reopen => _case.Reopen(null, Key, by, _now),
                Act.CallDone => _case.CallBackDone(Key, null, by, _now),
                _ => throw new ArgumentOutOfRangeException(nameof(act)),
            };
        }

        private static string Text(CaseClock k) => Text(k, k.BreachedAt);

        /// <summary>A row as it would be written at this moment: one that was last written before its due time does not say yet that it has passed.</summary>
        private string TextNow(CaseClock k) => Text(CaseClocks.ToRow(_case.WorkspaceId, _case.CaseId, CaseClocks.ToClock(k), Policies.Catalogue, _now));

        private static string Text(CaseClock k, DateTimeOffset? breachedAt) => $"{k.Kind} {k.Round} {k.State} {k.DueAt:O} {breachedAt:O} {k.MetAt:O} {k.NextMomentAt:O} {k.Segments} {k.Terms}";

        private static Case Open() => Case.Open(new()
        {
            WorkspaceId = Key,
            CaseId = Guid.CreateVersion7(Start),
            Number = 1,
            Severity = Severity.Routine,
            OpenedAt = Start,
            FirstSignalId = Key,
            SignalAt = Start,
            SourceId = Key,
            Channel = Channel.Web,
            JoinKey = Key,
        });
    }
}
