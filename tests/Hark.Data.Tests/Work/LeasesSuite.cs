using Hark.Data.Work;
using Hark.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hark.Data.Tests.Work;

public sealed class SqliteLeases : LeasesSuite
{
    protected override Task<WorkStore> CreateAsync() => WorkStore.CreateAsync(TestStore.Sqlite);
}

public sealed class PostgreSqlLeases : LeasesSuite
{
    protected override Task<WorkStore> CreateAsync() => WorkStore.CreateAsync(TestStore.PostgreSql);
}

public abstract class LeasesSuite
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    protected abstract Task<WorkStore> CreateAsync();

    [Fact]
    public async Task A_lease_is_held_by_one_until_it_runs_out_and_the_token_rises()
    {
        await using var store = await CreateAsync();
        var first = await store.Leases.TryAcquireAsync("sla", "a", WorkStore.Start, Minute);
        Assert.Equal(1, first!.Token);
        Assert.Null(await store.Leases.TryAcquireAsync("sla", "b", WorkStore.Start.AddSeconds(59), Minute));
        Assert.Null(await store.Leases.TryAcquireAsync("sla", "a", WorkStore.Start.AddSeconds(59), Minute));
        var second = await store.Leases.TryAcquireAsync("sla", "b", WorkStore.Start.AddSeconds(60), Minute);
        Assert.Equal(2, second!.Token);
    }

    [Fact]
    public async Task A_stalled_holder_can_neither_renew_nor_release_nor_write()
    {
        await using var store = await CreateAsync();
        var stalled = (await store.Leases.TryAcquireAsync("sla", "a", WorkStore.Start, Minute))!;
        var now = WorkStore.Start.AddMinutes(2);
        var holder = (await store.Leases.TryAcquireAsync("sla", "a", now, Minute))!; // even under the same owner
        Assert.Null(await store.Leases.RenewAsync(stalled, now, Minute));
        Assert.False(await store.Leases.ReleaseAsync(stalled, now));
        Assert.False(await store.Store.WriteAsync(db => Leases.GuardAsync(db, store.Store.Dialect, stalled)));
        Assert.True(await store.Store.WriteAsync(db => Leases.GuardAsync(db, store.Store.Dialect, holder)));
    }

    [Fact]
    public async Task A_released_lease_is_free_at_once_and_keeps_its_token()
    {
        await using var store = await CreateAsync();
        var lease = (await store.Leases.TryAcquireAsync("sla", "a", WorkStore.Start, Minute))!;
        Assert.True(await store.Leases.ReleaseAsync(lease, WorkStore.Start.AddSeconds(1)));
        var next = await store.Leases.TryAcquireAsync("sla", "b", WorkStore.Start.AddSeconds(1), Minute);
        Assert.Equal(2, next!.Token);
    }

    [Fact]
    public async Task Renewing_prolongs()
    {
        await using var store = await CreateAsync();
        var lease = (await store.Leases.TryAcquireAsync("sla", "a", WorkStore.Start, Minute))!;
        var renewed = await store.Leases.RenewAsync(lease, WorkStore.Start.AddSeconds(30), Minute);
        Assert.Equal(WorkStore.Start.AddSeconds(90), renewed!.ExpiresAt);
        Assert.Null(await store.Leases.TryAcquireAsync("sla", "b", WorkStore.Start.AddSeconds(89), Minute));
    }

    [Fact]
    public async Task Of_many_at_once_one_gets_it()
    {
        await using var store = await CreateAsync();
        var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => store.Leases.TryAcquireAsync("sla", "node-" + n, WorkStore.Start, Minute))));
        Assert.Single(tries, l => l is not null);
    }

    [Fact]
    public async Task A_clock_that_jumps_back_leaves_the_lease_where_it_is()
    {
        await using var store = await CreateAsync();
        await store.Leases.TryAcquireAsync("sla", "a", WorkStore.Start, Minute);
        Assert.Null(await store.Leases.TryAcquireAsync("sla", "b", WorkStore.Start.AddDays(-1), Minute));
    }

    [Fact]
    public async Task Nodes_take_the_lowest_free_numbers()
    {
        await using var store = await CreateAsync();
        var time = new ManualTime(WorkStore.Start);
        using var a = new NodeShard(store.Leases, time, "a");
        using var b = new NodeShard(store.Leases, time, "b");
        using var c = new NodeShard(store.Leases, time, "c");
        Assert.Equal(0, await a.HoldAsync());
        Assert.Equal(1, await b.HoldAsync());
        await a.ReleaseAsync();
        Assert.Null(a.Current);
        Assert.Equal(0, await c.HoldAsync());
        Assert.Equal(1, await b.HoldAsync());
        Assert.Equal(2, await a.HoldAsync());
    }

    [Fact]
    public async Task Losing_the_number_is_seen_and_another_is_taken()
    {
        await using var store = await CreateAsync();
        var time = new ManualTime(WorkStore.Start);
        using var a = new NodeShard(store.Leases, time, "a");
        using var b = new NodeShard(store.Leases, time, "b");
        var seen = new List<int?>();
        a.Changed += seen.Add;
        await a.HoldAsync();
        time.Advance(NodeShard.Duration);
        Assert.Null(a.Current);
        Assert.Equal(0, await b.HoldAsync());
        Assert.Equal(1, await a.HoldAsync());
        Assert.Equal([0, 1], seen);
    }

    [Fact]
    public async Task When_all_numbers_are_taken_there_is_none()
    {
        await using var store = await CreateAsync();
        await store.Store.WriteAsync(async db =>
        {
            for (var n = 0; n < NodeShard.Count; n++)
                db.WorkerLeases.Add(new() { Name = "shard:" + n, Owner = "other", Token = 1, ExpiresAt = WorkStore.Start.AddMinutes(1) });
            await db.SaveChangesAsync();
        });
        using var node = new NodeShard(store.Leases, new ManualTime(WorkStore.Start), "a");
        Assert.Null(await node.HoldAsync());
        await using var db = store.Store.Read();
        Assert.Equal(NodeShard.Count, await db.WorkerLeases.CountAsync(TestContext.Current.CancellationToken));
    }
}
