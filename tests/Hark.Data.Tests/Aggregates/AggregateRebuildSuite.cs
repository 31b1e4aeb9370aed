using Hark.Data.Aggregates;
using Hark.Data.Model;
using Hark.Data.Tests.Metrics;
using Hark.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hark.Data.Tests.Aggregates;

public sealed class SqliteAggregateRebuild() : AggregateRebuildSuite(TestStore.Sqlite);

public sealed class PostgreSqlAggregateRebuild() : AggregateRebuildSuite(TestStore.PostgreSql);

public abstract class AggregateRebuildSuite(TestStore kind)
{
    [Theory]
    [InlineData("Europe/Prague", 11)]
    [InlineData("Asia/Kolkata", 12)]
    [InlineData("America/New_York", 13)]
    public async Task Moving_by_differences_and_counting_anew_give_the_same(string zone, int seed)
    {
        await using var store = await SignalStore.CreateAsync(kind, zone);
        var random = new RandomSignals(store, seed);
        await HistoryAsync(store, random);
        var rebuild = new AggregateRebuild(store.Store);
        Assert.Empty(await DifferencesAsync(rebuild, store));
        var before = await CellsAsync(store);
        var summary = await rebuild.RebuildAsync(store.Workspace);
        Assert.Equal(240, summary.Signals);
        var after = await CellsAsync(store);
        Assert.Equal(before, after);
        Assert.Equal(after.Count, summary.Cells);
        await using var db = store.Store.Read();
        Assert.False(await db.AggregateCells.AnyAsync(c => c.Shard != 0));
    }

    [Fact]
    public async Task What_is_wrong_is_listed_and_put_right()
    {
        await using var store = await SignalStore.CreateAsync(kind, "Asia/Kolkata");
        await store.AddAsync([.. Enumerable.Range(0, 30).Select(i => store.NewNps(SignalStore.Start.AddHours(5 * i), i % 11))]);
        var good = await CellsAsync(store);
        await store.Store.WriteAsync(async db =>
        {
            var at = SignalStore.Start.AddHours(10);
            Assert.Equal(1, await db.AggregateCells.Where(c => c.Grain == AggregateGrain.Hour && c.Dimension == "channel" && c.BucketAt == at)
                .ExecuteUpdateAsync(s => s.SetProperty(c => c.Promoters, 7)));
            Assert.Equal(1, await db.AggregateCells.Where(c => c.Grain == AggregateGrain.Hour && c.Dimension == "kind" && c.BucketAt == at).ExecuteDeleteAsync());
            db.AggregateCells.Add(new AggregateCell { WorkspaceId = store.WorkspaceId, Grain = AggregateGrain.Day, Dimension = "sku", BucketAt = SignalStore.Start.AddDays(400), Value = "ghost", Shard = 9, Signals = 2 });
            await db.SaveChangesAsync();
        });
        var rebuild = new AggregateRebuild(store.Store);
        var found = await DifferencesAsync(rebuild, store);
        Assert.Contains(found, d => d is { Dimension: "channel", Value: "web", Measure: "promoters", Stored: 7, Expected: 0 });
        Assert.Contains(found, d => d is { Dimension: "kind", Value: "direct", Measure: "signals", Stored: 0, Expected: 1 });
        Assert.Contains(found, d => d is { Dimension: "sku", Value: "ghost", Measure: "signals", Stored: 2, Expected: 0 });
        Assert.NotEqual(good, await CellsAsync(store));
        await rebuild.RebuildAsync(store.Workspace);
        Assert.Equal(good, await CellsAsync(store));
        Assert.Empty(await DifferencesAsync(rebuild, store));
    }

    [Fact]
    public async Task An_empty_workspace_has_nothing_to_rebuild()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        Assert.Equal(new RebuildSummary(0, 0, 0), await new AggregateRebuild(store.Store).RebuildAsync(store.Workspace));
    }

    /// <summary>New signals and changed ones in turns, by three nodes.</summary>
    private static async Task HistoryAsync(SignalStore store, RandomSignals random)
    {
        var (from, to) = (SignalStore.Start, SignalStore.Start.AddDays(9));
        var signals = new List<Signal>();
        for (var round = 0; round < 12; round++)
        {
            List<Signal> added = [.. Enumerable.Range(0, 20).Select(_ => random.Next(from, to))];
            await store.ChangeAsync([], added, shard: round % 3);
            signals.AddRange(added);
            var (start, count) = (random.Pick(0, 5, 10), random.Pick(1, 4, 9));
            List<Signal> changed = [.. signals.GetRange(start, count).Select(s => random.Changed(s, from, to))];
            await store.ChangeAsync(signals.GetRange(start, count), changed, shard: (round + 1) % 3);
            for (var i = 0; i < count; i++) signals[start + i] = changed[i];
        }
    }

    private static async Task<List<CellDifference>> DifferencesAsync(AggregateRebuild rebuild, SignalStore store)
    {
        var found = new List<CellDifference>();
        var summary = await rebuild.CheckAsync(store.Workspace, found.Add);
        Assert.Equal(found.Count, summary.Differences);
        return found;
    }

    /// <summary>All cells as text, shards added up, zeros left out.</summary>
    private static async Task<List<string>> CellsAsync(SignalStore store)
    {
        await using var db = store.Store.Read();
        var cells = await db.AggregateCells.Where(c => c.WorkspaceId == store.WorkspaceId).ToListAsync();
        var measures = AggregateColumns.All.Where(c => AggregateColumns.Measures.Contains(c.Name)).ToList();
        return
        [
            .. cells.GroupBy(c => (c.Grain, c.Dimension, c.BucketAt, c.Value))
                .Select(g => (g.Key, Sums: measures.Select(m => g.Sum(c => (long)m.Get(c)!)).ToList())).Where(g => g.Sums.Exists(s => s != 0))
                .Select(g => $"{g.Key}: {string.Join(' ', g.Sums)}").Order(StringComparer.Ordinal),
        ];
    }
}
