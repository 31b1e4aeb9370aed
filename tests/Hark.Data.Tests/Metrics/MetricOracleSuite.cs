using Hark.Data.Aggregates;
using Hark.Data.Metrics;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Statistics;
using Hark.Testing;
using Xunit;

namespace Hark.Data.Tests.Metrics;

public sealed class SqliteMetricOracle() : MetricOracleSuite(TestStore.Sqlite);

public sealed class PostgreSqlMetricOracle() : MetricOracleSuite(TestStore.PostgreSql);

/// <summary>Any question over any signals gives what a plain walk over them gives: from aggregates, from facts, over the change to summer time and in odd zones.</summary>
public abstract class MetricOracleSuite(TestStore kind)
{
    private static readonly string[] Zones = ["Europe/Prague", "UTC", "Asia/Kolkata", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Chatham"];
    private static readonly Metric[] Metrics = [Metric.Count, Metric.Nps, Metric.Csat, Metric.CsatMean, Metric.CesMean, Metric.Score, Metric.NegativeRate, Metric.CommentRate, Metric.ResponseRate];

    [Theory]
    [InlineData("Europe/Prague", 1)]
    [InlineData("Asia/Kolkata", 2)]
    public async Task Every_question_is_answered_as_a_walk_over_all_signals_answers_it(string workspaceZone, int seed)
    {
        await using var store = await SignalStore.CreateAsync(kind, workspaceZone);
        var random = new RandomSignals(store, seed);
        var (from, to) = (SignalStore.Start, SignalStore.Start.AddDays(14)); // summer time begins in Europe on the 29th, ends at Lord Howe on April 5th
        List<Signal> signals = [.. Enumerable.Range(0, 500).Select(_ => random.Next(from, to))];
        await store.AddAsync(signals);
        // Changed ones leave cells of zeros behind, which must not show.
        List<Signal> changed = [.. signals.Take(60).Select(s => random.Changed(s, from, to))];
        await store.ChangeAsync(signals[..60], changed, shard: 3);
        signals = [.. changed, .. signals[60..]];
        for (var i = 0; i < 150; i++)
        {
            var query = RandomQuery(store, random);
            var answer = await new MetricReader(store.Store).ReadAsync(store.Workspace, query);
            Assert.Null(answer.Error);
            Same(MetricOracle.Answer(store, signals, query), answer.Value, query);
        }
    }

    private static MetricQuery RandomQuery(SignalStore store, RandomSignals random)
    {
        var (a, b) = (random.Between(SignalStore.Start.AddDays(-1), SignalStore.Start.AddDays(8)), random.Between(SignalStore.Start.AddDays(9), SignalStore.Start.AddDays(15)));
        var grain = random.Pick(TimeGrain.None, TimeGrain.Hour, TimeGrain.Day, TimeGrain.Day, TimeGrain.Week, TimeGrain.Month);
        Assert.True(TimeBuckets.TryCreate(a, b, grain, random.Pick(Zones), out var buckets, out _));
        string[] groupBy = [.. new[] { random.Pick([.. Dimensions.Names]), random.Pick([.. Dimensions.Names]) }.Distinct().Take(random.Pick(0, 1, 1, 2))];
        var filtered = random.Chance(0.4) ? groupBy.FirstOrDefault() ?? random.Pick([.. Dimensions.Names]) : random.Chance(0.3) ? random.Pick([.. Dimensions.Names]) : null;
        return new MetricQuery
        {
            WorkspaceId = store.WorkspaceId,
            Metric = random.Pick(Metrics),
            Buckets = buckets,
            WorkspaceZone = store.Zone,
            GroupBy = groupBy,
            MinimumCount = 0,
            Now = store.Time.Now(),
            Filter = new SignalFilter
            {
                Values = filtered is null ? new Dictionary<string, IReadOnlyList<string>>() : new Dictionary<string, IReadOnlyList<string>> { [filtered] = Wanted(store, random, filtered) },
                ScoreMin = random.Chance(0.1) ? 30_000 : null,
                ScoreMax = random.Chance(0.1) ? 80_000 : null,
            },
        };
    }

    private static string[] Wanted(SignalStore store, RandomSignals random, string dimension)
    {
        string[] values = dimension switch
        {
            "channel" => ["web", "email"],
            "kind" => [.. EnumNames<SignalKind>.All],
            "severity" => ["critical"],
            "sentiment" => ["negative", "unknown"],
            "source" => [Dimensions.SourceValue(store.Web.SourceId), Dimensions.SourceValue(store.Shop.SourceId)],
            "touchpoint" => ["checkout", "all"],
            "topic" => ["delivery", "price"],
            "tag" => ["vip", "reveal"],
            "location" => ["store-1", "store,2"],
            _ => ["cs", "new", "K-1", "late", "user", "loyal"],
        };
        return random.Chance(0.5) ? [values[0]] : values;
    }

    private static void Same(List<MetricOracle.Line> expected, IReadOnlyList<MetricRow> actual, MetricQuery query)
    {
        var what = $"{query.Metric} by {string.Join(',', query.GroupBy)} of {string.Join(';', query.Filter.Values.Select(f => $"{f.Key}={string.Join('|', f.Value)}"))} from {query.From:O} to {query.To:O}, {query.Buckets.Count} buckets";
        Assert.True(expected.Count == actual.Count, $"{what}: {expected.Count} rows expected, {actual.Count} given");
        for (var i = 0; i < expected.Count; i++)
        {
            var (e, a) = (expected[i], actual[i]);
            var same = e.BucketAt == a.BucketAt && a.Group.SequenceEqual(new[] { e.First, e.Second }.Take(query.GroupBy.Count)) && e.N == a.Value.N && !a.Suppressed
                && Near(e.Value?.Value, a.Value.Value?.Value) && Near(e.Value?.Low, a.Value.Value?.Low) && Near(e.Value?.High, a.Value.Value?.High)
                && e.Parts.SequenceEqual(a.Value.Parts.Select(p => p.Value));
            Assert.True(same, $"{what}, row {i}: expected {e}, given {a}");
        }
    }

    private static bool Near(double? a, double? b) => a is null ? b is null : b is { } value && Math.Abs(a.Value - value) <= 1e-7 * Math.Max(1, Math.Abs(a.Value));
}
