using Hark.Data.Model;
using Hark.Domain.Cases;
using Hark.Domain.Signals;
using Hark.Domain.Sla;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hark.Data.Tests.Cases;

public sealed class SqliteClockSweep : ClockSweepSuite
{
    protected override TestStore Kind => TestStore.Sqlite;
}

public sealed class PostgreSqlClockSweep : ClockSweepSuite
{
    protected override TestStore Kind => TestStore.PostgreSql;
}

public abstract class ClockSweepSuite : IAsyncLifetime
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
    public async Task Warning_breach_and_escalation_come_in_turn_each_once()
    {
        var id = await _world.OpenAsync();
        Assert.Equal(_world.Now.AddMinutes(90), (await _world.Sweep.RunAsync(_world.WorkspaceId, _world.Now)).Next);
        _world.Time.Advance(TimeSpan.FromMinutes(90));
        Assert.Equal(1, await _world.SweepAsync());
        Assert.Equal([CaseEventKind.ClockWarned], await KindsAsync(id));
        Assert.False((await _world.CaseAsync(id)).Breached);
        _world.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(1, await _world.SweepAsync());
        Assert.Equal([CaseEventKind.ClockWarned, CaseEventKind.ClockBreached, CaseEventKind.Escalated], await KindsAsync(id));
        Assert.True((await _world.CaseAsync(id)).Breached);
        _world.Time.Advance(TimeSpan.FromHours(4));
        await _world.SweepAsync();
        Assert.Equal([CaseEventKind.Escalated, CaseEventKind.Assigned], (await KindsAsync(id))[3..]);
        var c = await _world.CaseAsync(id);
        Assert.Equal((_world.Lead, 2), (c.AssigneeId!.Value, c.Version));
        Assert.Equal(0, await _world.SweepAsync());
    }

    [Fact]
    public async Task Of_what_falls_due_together_each_address_hears_once_and_the_last_word()
    {
        var id = await _world.OpenAsync();
        _world.Time.Advance(TimeSpan.FromHours(3)); // the node was down: warning too late to give, breach and the first step at once
        await _world.SweepAsync();
        Assert.Equal([CaseEventKind.ClockBreached, CaseEventKind.Escalated], await KindsAsync(id));
        var messages = await _world.MessagesAsync();
        Assert.Equal(messages.Count, messages.Select(m => m.Destination).Distinct().Count());
        Assert.Equal(["agent@example.com", "lead@example.com", "support@example.com"], messages.Select(m => m.Destination).Order());
    }

    [Fact]
    public async Task A_clock_that_jumps_back_repeats_nothing()
    {
        var id = await _world.OpenAsync();
        _world.Time.Advance(TimeSpan.FromHours(3));
        await _world.SweepAsync();
        var (events, messages) = (await KindsAsync(id), (await _world.MessagesAsync()).Count);
        _world.Time.Set(_world.Now.AddHours(-3));
        Assert.Equal(0, await _world.SweepAsync());
        _world.Time.Advance(TimeSpan.FromHours(3));
        Assert.Equal(0, await _world.SweepAsync());
        Assert.Equal((events.Count, messages), ((await KindsAsync(id)).Count, (await _world.MessagesAsync()).Count));
    }

    [Fact]
    public async Task A_step_may_raise_the_severity_and_put_the_clocks_under_other_policies()
    {
        await _world.SaveAsync(DocumentKind.SlaPolicies, """
            {"policies":[{"key":"critical","match":{"severities":["critical"]},"targets":{"resolve":{"target":"2h"}}},
                         {"key":"all","targets":{"acknowledge":{"target":"1h","ladder":"up"},"resolve":{"target":"10h"}}}],
             "ladders":[{"key":"up","steps":[{"after":"0s","notify":["role:administrator","team_lead"],"reassign":"team","raise_severity":true}]}]}
            """);
        var id = await _world.OpenAsync();
        var start = _world.Now;
        _world.Time.Advance(TimeSpan.FromHours(1));
        await _world.SweepAsync();
        var c = await _world.CaseAsync(id);
        Assert.Equal((Severity.Critical, start.AddHours(2), true), (c.Severity, c.DueAt == start.AddHours(1) ? start.AddHours(2) : DateTimeOffset.MinValue, c.Breached));
        Assert.Equal(start.AddHours(2), (await _world.ClocksAsync(id)).Single(k => k.Kind == ClockKind.Resolve).DueAt);
        Assert.Contains(CaseEventKind.SeverityChanged, await KindsAsync(id));
    }

    [Fact]
    public async Task Two_nodes_at_once_do_everything_once()
    {
        var ids = await _world.OpenManyAsync(300, Severity.Routine, _world.Support);
        _world.Time.Advance(TimeSpan.FromHours(3));
        await Task.WhenAll(_world.SweepAsync(), _world.SweepAsync());
        await _world.SweepAsync();
        await using var db = _world.Store.Read();
        Assert.Equal(ids.Count, await db.CaseEvents.CountAsync(e => e.Kind == CaseEventKind.ClockBreached));
        Assert.Equal(ids.Count, await db.CaseEvents.CountAsync(e => e.Kind == CaseEventKind.Escalated));
    }

    [Fact]
    public async Task A_crash_before_the_commit_leaves_everything_to_do()
    {
        var id = await _world.OpenAsync();
        _world.Time.Advance(TimeSpan.FromHours(3));
        using (var crash = new CancellationTokenSource())
        {
            await crash.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _world.Sweep.RunAsync(_world.WorkspaceId, _world.Now, crash.Token));
        }
        Assert.Empty(await KindsAsync(id));
        Assert.Empty(await _world.MessagesAsync());
        Assert.Equal(1, await _world.SweepAsync());
        Assert.Equal([CaseEventKind.ClockBreached, CaseEventKind.Escalated], await KindsAsync(id));
    }

    [Fact]
    public async Task Ten_thousand_due_at_once_are_done_in_bounded_batches()
    {
        await _world.OpenManyAsync(10_000, Severity.Routine, null);
        _world.Time.Advance(TimeSpan.FromHours(2));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(10_000, await _world.SweepAsync());
        TestContext.Current.TestOutputHelper?.WriteLine($"{Kind}: {watch.Elapsed.TotalSeconds:0.0} s");
        await using var db = _world.Store.Read();
        Assert.Equal(10_000, await db.Cases.CountAsync(c => c.Breached));
        Assert.Equal(10_000, await db.CaseEvents.CountAsync(e => e.Kind == CaseEventKind.ClockBreached));
    }

    [Fact]
    public async Task A_policy_change_from_now_and_retroactively()
    {
        var (open, done) = (await _world.OpenAsync(), await _world.OpenAsync());
        var start = _world.Now;
        _world.Time.Advance(TimeSpan.FromHours(3));
        await new Data.Cases.ResolveCase(_world.Writer).RunAsync(_world.On(done), "courier", CaseOutcome.Explained);
        await _world.SweepAsync();
        Assert.True((await _world.CaseAsync(open)).Breached);
        await _world.SaveAsync(DocumentKind.SlaPolicies, """{"policies":[{"key":"slow","targets":{"acknowledge":{"target":"6h"},"resolve":{"target":"1h"}}}]}""");

        var fromNow = await _world.Policies.ApplyAsync(_world.WorkspaceId, PolicyChange.FromNow, Actor.System("test"));
        Assert.Equal((2, 2), (fromNow.Cases, fromNow.Changed));
        Assert.Equal((start.AddHours(6), ClockState.Running), Acknowledge(await _world.ClocksAsync(open)));
        Assert.True((await _world.CaseAsync(open)).Breached); // what happened stays
        Assert.Equal(0, (await _world.Policies.ApplyAsync(_world.WorkspaceId, PolicyChange.FromNow, Actor.System("test"))).Changed);

        var retroactive = await _world.Policies.ApplyAsync(_world.WorkspaceId, PolicyChange.Retroactive, Actor.System("test"));
        Assert.Equal(4, retroactive.Changed);
        var stopped = (await _world.ClocksAsync(done)).Single(k => k.Kind == ClockKind.Resolve);
        Assert.Equal((ClockState.Met, start.AddHours(1)), (stopped.State, stopped.BreachedAt!.Value)); // three hours were too long for one
        Assert.Null((await _world.ClocksAsync(open)).Single(k => k.Kind == ClockKind.Acknowledge).BreachedAt);
        Assert.Equal(0, (await _world.Policies.ApplyAsync(_world.WorkspaceId, PolicyChange.Retroactive, Actor.System("test"))).Changed);
    }

    private static (DateTimeOffset, ClockState) Acknowledge(List<CaseClock> clocks) => clocks.Where(k => k.Kind == ClockKind.Acknowledge).Select(k => (k.DueAt!.Value, k.State)).Single();

    private async Task<List<CaseEventKind>> KindsAsync(Guid id) => (await _world.EventsAsync(id)).ConvertAll(e => e.Kind);
}
