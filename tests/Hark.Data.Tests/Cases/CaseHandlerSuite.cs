using Hark.Data.Cases;
using Hark.Data.Messages;
using Hark.Data.Model;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Sla;
using Hark.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hark.Data.Tests.Cases;

public sealed class SqliteCaseHandlers : CaseHandlerSuite
{
    protected override TestStore Kind => TestStore.Sqlite;
}

public sealed class PostgreSqlCaseHandlers : CaseHandlerSuite
{
    protected override TestStore Kind => TestStore.PostgreSql;
}

public abstract class CaseHandlerSuite : IAsyncLifetime
{
    private CaseWorld _world = null!;

    protected abstract TestStore Kind { get; }

    public async ValueTask InitializeAsync() => _world = await CaseWorld.CreateAsync(Kind);

    public async ValueTask DisposeAsync()
    {
        if (_world is not null) await _world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_way_to_verified_stops_every_clock_and_writes_one_timeline()
    {
        var id = await _world.OpenAsync();
        _world.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.True((await new AcknowledgeCase(_world.Writer).RunAsync(_world.On(id))).Ok);
        _world.Time.Advance(TimeSpan.FromMinutes(10));
        var replied = await new ReplyToCustomer(_world.Writer).RunAsync(_world.On(id), "We look into it", wait: true);
        Assert.True(replied.Value.Sent);
        var paused = (await _world.ClocksAsync(id)).Single(k => k.Kind == ClockKind.Resolve);
        Assert.Equal((ClockState.Paused, (DateTimeOffset?)null, (DateTimeOffset?)null), (paused.State, paused.DueAt, paused.NextMomentAt));
        _world.Time.Advance(TimeSpan.FromHours(5));
        Assert.True((await new CustomerReply(_world.Writer).RunAsync(_world.On(id), "Thanks")).Ok);
        Assert.Equal(_world.Now - TimeSpan.FromHours(5) - TimeSpan.FromMinutes(20) + TimeSpan.FromHours(53), (await _world.ClocksAsync(id)).Single(k => k.Kind == ClockKind.Resolve).DueAt);
        Assert.True((await new ResolveCase(_world.Writer).RunAsync(_world.On(id), "courier", CaseOutcome.Fixed)).Value.Sent);
        Assert.True((await new VerifyCase(_world.Writer).RunAsync(_world.On(id), solved: true, null)).Ok);

        var c = await _world.CaseAsync(id);
        Assert.Equal((CaseState.Verified, (DateTimeOffset?)null, false), (c.State, c.DueAt, c.Breached));
        Assert.All(await _world.ClocksAsync(id), k => Assert.Equal((ClockState.Met, (DateTimeOffset?)null), (k.State, k.NextMomentAt)));
        Assert.Equal(
            [CaseEventKind.Acknowledged, CaseEventKind.Assigned, CaseEventKind.Replied, CaseEventKind.WaitingForCustomer, CaseEventKind.CustomerReplied, CaseEventKind.Resumed,
                CaseEventKind.Resolved, CaseEventKind.VerificationAsked, CaseEventKind.Verified],
            (await _world.EventsAsync(id)).Select(e => e.Kind));
        Assert.Equal([MessageTopics.Reply, MessageTopics.Verification], (await _world.MessagesAsync()).Select(m => m.Topic));
    }

    [Fact]
    public async Task A_stale_version_is_refused_and_the_present_one_accepted()
    {
        var id = await _world.OpenAsync();
        Assert.Equal(ErrorCodes.VersionConflict, (await new AcknowledgeCase(_world.Writer).RunAsync(_world.On(id, ifMatch: 7))).Error!.Code);
        Assert.Empty(await _world.EventsAsync(id));
        Assert.Equal(2, (await new AcknowledgeCase(_world.Writer).RunAsync(_world.On(id, ifMatch: 1))).Value.Case.Version);
    }

    [Fact]
    public async Task What_one_may_not_see_is_not_there()
    {
        var id = await _world.OpenAsync(team: _world.Sales);
        var scope = new CaseScope(_world.Agent, new HashSet<Guid> { _world.Support });
        Assert.Equal(ErrorKind.NotFound, (await new AcknowledgeCase(_world.Writer).RunAsync(_world.On(id) with { Scope = scope })).Error!.Kind);
        Assert.Equal(ErrorKind.NotFound, (await _world.Reader.FindAsync(_world.WorkspaceId, id, scope, _world.ByAgent)).Error!.Kind);
        Assert.Equal(ErrorKind.NotFound, (await new MergeCase(_world.Writer, _world.Store).RunAsync(_world.On(await _world.OpenAsync()) with { Scope = scope }, id)).Error!.Kind);
        Assert.Empty(await _world.List.ReadAsync(_world.WorkspaceId, scope, new CaseFilter { TeamId = _world.Sales }, null, 10, _world.Now));
        Assert.Equal(ErrorKind.NotFound, (await new AcknowledgeCase(_world.Writer).RunAsync(_world.On(id) with { WorkspaceId = (await OtherWorkspaceAsync()) })).Error!.Kind);
    }

    [Fact]
    public async Task A_no_reopens_with_a_fresh_round_and_takes_the_join_key_again()
    {
        var key = _world.Time.NewId();
        var id = await _world.OpenAsync(joinKey: key);
        await new ResolveCase(_world.Writer).RunAsync(_world.On(id), "courier", CaseOutcome.Fixed);
        Assert.Null((await _world.CaseAsync(id)).JoinKey);
        _world.Time.Advance(TimeSpan.FromHours(1));
        Assert.True((await new VerifyCase(_world.Writer).RunAsync(_world.On(id), solved: false, "no", round: 1)).Ok);
        var c = await _world.CaseAsync(id);
        Assert.Equal((2, key, CaseState.InProgress), (c.Round, c.JoinKey, c.State));
        var clocks = await _world.ClocksAsync(id);
        Assert.Equal([ClockKind.Respond, ClockKind.Resolve, ClockKind.Verify], clocks.Where(k => k.Round == 2).Select(k => k.Kind));
        Assert.All(clocks.Where(k => k.Round == 2), k => Assert.Equal((ClockState.Running, _world.Now), (k.State, k.StartedAt)));
        Assert.Equal(c.DueAt, clocks.Where(k => k.State == ClockState.Running).Min(k => k.DueAt));
        Assert.Equal(ErrorCodes.CaseState, (await new VerifyCase(_world.Writer).RunAsync(_world.On(id), solved: true, null, round: 1)).Error!.Code);
    }

    [Fact]
    public async Task A_join_key_that_another_case_has_by_now_stays_there()
    {
        var key = _world.Time.NewId();
        var first = await _world.OpenAsync(joinKey: key);
        await new ResolveCase(_world.Writer).RunAsync(_world.On(first), "courier", CaseOutcome.Fixed);
        var second = await _world.OpenAsync(joinKey: key);
        Assert.True((await new ReopenCase(_world.Writer).RunAsync(_world.On(first), "again")).Ok);
        Assert.Equal((null, key), ((await _world.CaseAsync(first)).JoinKey, (await _world.CaseAsync(second)).JoinKey));
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, false)]
    public async Task Who_cannot_be_asked_is_not_asked_and_the_verify_clock_ends(bool anonymous, bool? consent)
    {
        var id = await _world.OpenAsync(anonymous: anonymous, consent: consent);
        var resolved = await new ResolveCase(_world.Writer).RunAsync(_world.On(id), "courier", CaseOutcome.Fixed);
        Assert.Equal((false, VerificationState.NotAsked), (resolved.Value.Sent, resolved.Value.Case.Verification));
        Assert.Equal(ClockState.Cancelled, (await _world.ClocksAsync(id)).Single(k => k.Kind == ClockKind.Verify).State);
        Assert.Equal(ErrorCodes.CaseState, (await new AskAgain(_world.Writer).RunAsync(_world.On(id))).Error!.Code);
    }

    [Fact]
    public async Task Merging_moves_signals_and_undoing_brings_everything_back_even_through_a_second_merge()
    {
        var (a, b, c) = (await _world.OpenAsync(), await _world.OpenAsync(), await _world.OpenAsync());
        var before = await SnapshotAsync(a);
        var merge = new MergeCase(_world.Writer, _world.Store);
        Assert.True((await merge.RunAsync(_world.On(a), b)).Ok);
        Assert.True((await merge.RunAsync(_world.On(b), c)).Ok);
        Assert.Equal(3, (await _world.CaseAsync(c)).SignalCount);
        Assert.Equal(3, (await _world.Reader.FindAsync(_world.WorkspaceId, c, CaseScope.All, _world.ByAgent)).Value.Signals.Count);
        Assert.All(await _world.ClocksAsync(a), k => Assert.Equal(ClockState.Cancelled, k.State));
        Assert.Equal(ErrorCodes.CaseState, (await merge.RunAsync(_world.On(c), a)).Error!.Code);

        var undo = new UndoMerge(_world.Writer, _world.Store);
        Assert.True((await undo.RunAsync(_world.On(b))).Ok); // takes a with it
        Assert.Equal((1, 2), ((await _world.CaseAsync(c)).SignalCount, (await _world.CaseAsync(b)).SignalCount));
        Assert.Equal(2, (await _world.Reader.FindAsync(_world.WorkspaceId, b, CaseScope.All, _world.ByAgent)).Value.Signals.Count);
        Assert.True((await undo.RunAsync(_world.On(a))).Ok);
        Assert.Equal(before, await SnapshotAsync(a));
        Assert.Equal(ErrorCodes.CaseState, (await undo.RunAsync(_world.On(a))).Error!.Code);
        await using var db = _world.Store.Read();
        Assert.Equal(3, await db.CaseSignals.CountAsync(s => s.FromCaseId == null));
        Assert.Equal(3, await db.Signals.Where(s => s.WorkspaceId == _world.WorkspaceId).Select(s => s.CaseId).Distinct().CountAsync());
    }

    [Fact]
    public async Task Notes_tell_those_they_mention_who_may_see_the_case()
    {
        var id = await _world.OpenAsync();
        await new AddNote(_world.Writer).RunAsync(_world.On(id), "@lead please, and @agent too");
        Assert.Equal(["lead@example.com"], (await _world.MessagesAsync()).Select(m => m.Destination));
        var secret = await _world.OpenAsync(team: _world.Sales);
        await new AddNote(_world.Writer).RunAsync(_world.On(secret), "@lead look");
        Assert.Single(await _world.MessagesAsync());
    }

    [Fact]
    public async Task Assigning_names_members_and_teams_and_tells_who_got_it()
    {
        var id = await _world.OpenAsync();
        var assign = new AssignCase(_world.Writer);
        Assert.Equal(_world.Lead, (await assign.RunAsync(_world.On(id), null, "lead@example.com")).Value.Case.AssigneeId);
        Assert.Equal((_world.Sales, _world.Lead), ((await assign.RunAsync(_world.On(id), "sales", null)).Value.Case.TeamId, (await _world.CaseAsync(id)).AssigneeId!.Value));
        Assert.Null((await assign.RunAsync(_world.On(id), null, "")).Value.Case.AssigneeId);
        Assert.Equal(["/assignee", "/team"], (await assign.RunAsync(_world.On(id), "nowhere", "nobody")).Error!.Fields!.Keys.Order());
        Assert.Equal(ErrorKind.Invalid, (await assign.RunAsync(_world.On(id), null, null)).Error!.Kind);
        Assert.Equal(["lead@example.com"], (await _world.MessagesAsync()).Select(m => m.Destination));
    }

    [Fact]
    public async Task Call_backs_are_promised_done_missed_and_withdrawn()
    {
        var id = await _world.OpenAsync();
        var request = new CallBackRequest(_world.Now.AddHours(1), _world.Now.AddHours(2), "+420601000000", null);
        Assert.True((await new RequestCallBack(_world.Writer, _world.Time).RunAsync(_world.On(id), request)).Value.Sent);
        Assert.True((await new RequestCallBack(_world.Writer, _world.Time).RunAsync(_world.On(id), request)).Value.Sent);
        var calls = (await _world.Reader.FindAsync(_world.WorkspaceId, id, CaseScope.All, _world.ByAgent)).Value.CallBacks;
        var end = new EndCallBack(_world.Writer);
        Assert.True((await end.RunAsync(_world.On(id), calls[0].CallBackId, CallBackState.Cancelled, "not needed")).Value.Sent);
        Assert.Equal(ErrorCodes.CaseState, (await end.RunAsync(_world.On(id), calls[0].CallBackId, CallBackState.Done, null)).Error!.Code);
        Assert.Equal(ErrorKind.NotFound, (await end.RunAsync(_world.On(id), _world.Time.NewId(), CallBackState.Done, null)).Error!.Kind);

        _world.Time.Advance(TimeSpan.FromHours(2) + CaseTimers.CallBackGrace);
        Assert.Equal(1, await _world.Timers.MissCallBacksAsync(_world.WorkspaceId, _world.Now));
        Assert.Equal(0, await _world.Timers.MissCallBacksAsync(_world.WorkspaceId, _world.Now));
        Assert.True((await end.RunAsync(_world.On(id), calls[1].CallBackId, CallBackState.Done, "reached after all")).Ok);
        Assert.Equal(ClockState.Met, (await _world.ClocksAsync(id)).Single(k => k.Kind == ClockKind.Respond).State);
    }

    [Fact]
    public async Task Snoozed_cases_wake_and_silence_closes_questions_once()
    {
        var (asleep, asked) = (await _world.OpenAsync(), await _world.OpenAsync());
        Assert.True((await new SnoozeCase(_world.Writer).RunAsync(_world.On(asleep), _world.Now.AddDays(1))).Ok);
        await new ResolveCase(_world.Writer).RunAsync(_world.On(asked), "courier", CaseOutcome.Fixed);
        Assert.Equal(0, await _world.Timers.WakeAsync(_world.WorkspaceId, _world.Now) + await _world.Timers.CloseSilentAsync(_world.WorkspaceId, _world.Now));
        _world.Time.Advance(Questions.AnswerWithin);
        Assert.Equal((1, 1), (await _world.Timers.WakeAsync(_world.WorkspaceId, _world.Now), await _world.Timers.CloseSilentAsync(_world.WorkspaceId, _world.Now)));
        Assert.Equal((0, 0), (await _world.Timers.WakeAsync(_world.WorkspaceId, _world.Now), await _world.Timers.CloseSilentAsync(_world.WorkspaceId, _world.Now)));
        Assert.Null((await _world.CaseAsync(asleep)).SnoozedUntil);
        var closed = await _world.CaseAsync(asked);
        Assert.Equal((CaseState.Resolved, VerificationState.Unverified), (closed.State, closed.Verification));
        Assert.Equal(ClockState.Cancelled, (await _world.ClocksAsync(asked)).Single(k => k.Kind == ClockKind.Verify).State);
    }

    [Fact]
    public async Task Two_writers_at_once_both_count()
    {
        var id = await _world.OpenAsync();
        var notes = Enumerable.Range(0, 8).Select(i => new AddNote(_world.Writer).RunAsync(_world.On(id), $"note {i}"));
        Assert.All(await Task.WhenAll(notes), r => Assert.True(r.Ok));
        Assert.Equal(9, (await _world.CaseAsync(id)).Version);
        Assert.Equal(8, (await _world.EventsAsync(id)).Count);
    }

    private async Task<Guid> OtherWorkspaceAsync()
    {
        var id = _world.Time.NewId();
        await _world.Store.WriteAsync(db =>
        {
            db.Add(new Workspace { WorkspaceId = id, Name = "Other", TimeZone = "UTC", CreatedAt = _world.Now });
            return db.SaveChangesAsync();
        });
        return id;
    }

    private async Task<string> SnapshotAsync(Guid id)
    {
        var c = await _world.CaseAsync(id);
        var clocks = (await _world.ClocksAsync(id)).Select(k => $"{k.Kind} {k.State} {k.DueAt:O} {k.NextMomentAt:O} {k.Segments}");
        return string.Join("\n", clocks.Prepend($"{c.State} {c.IsOpen} {c.DueAt:O} {c.SignalCount} {c.MergedInto} {c.JoinKey}"));
    }
}
