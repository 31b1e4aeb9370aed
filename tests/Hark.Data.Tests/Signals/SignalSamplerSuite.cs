using Hark.Data.Aggregates;
using Hark.Data.Metrics;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Tests.Metrics;
using Hark.Domain.Search;
using Hark.Domain.Signals;
using Hark.Testing;
using Xunit;

namespace Hark.Data.Tests.Signals;

public sealed class SqliteSignalSampler() : SignalSamplerSuite(TestStore.Sqlite);

public sealed class PostgreSqlSignalSampler() : SignalSamplerSuite(TestStore.PostgreSql);

public abstract class SignalSamplerSuite(TestStore kind)
{
    private static readonly DateTimeOffset From = SignalStore.Start, To = SignalStore.Start.AddDays(10);

    [Fact]
    public async Task Of_a_few_signals_all_are_looked_at()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        var random = new RandomSignals(store, 3);
        List<Signal> signals = [.. Enumerable.Range(0, 200).Select(_ => random.Next(From.AddDays(-2), To.AddDays(2)))];
        await store.AddAsync(signals);
        var inPeriod = signals.Where(s => s.OccurredAt >= From && s.OccurredAt < To).ToList();
        var sample = await new SignalSampler(store.Store).ReadAsync(store.WorkspaceId, From, To, SignalFilter.None);
        Assert.True(sample.IsWhole);
        Assert.Equal(inPeriod.OrderByDescending(s => s.OccurredAt).ThenByDescending(s => s.SignalId.ToString(), StringComparer.Ordinal).Select(s => (s.OccurredAt, s.ScoreMilli, s.Negative)), sample.Signals.Select(s => (s.OccurredAt, s.ScoreMilli, s.Negative)));
        for (var i = 0; i < SignalSampler.Dimensions.Count; i++)
            Assert.Equal(inPeriod.SelectMany(s => MetricOracle.Values(s, SignalSampler.Dimensions[i].Name).OfType<string>()).Order(StringComparer.Ordinal), sample.Signals.SelectMany(s => s.Values(i)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_many_the_newest_are_looked_at_and_how_far_back_is_told()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        var signals = Enumerable.Range(0, SignalSampler.Most + 500).Select(i => store.NewNps(From.AddSeconds(i), i % 11, i % 100 == 0 ? Channel.Kiosk : Channel.Web)).ToList();
        for (var i = 0; i < signals.Count; i += 2) signals[i].Topics = SignalJson.Write([new TopicLabel("delivery", 1, "source")]);
        await store.AddAsync(signals);
        var sampler = new SignalSampler(store.Store);

        var all = await sampler.ReadAsync(store.WorkspaceId, From, To, SignalFilter.None);
        Assert.Equal(SignalSampler.Most, all.Signals.Count);
        Assert.Equal(signals[500].OccurredAt, all.Since);

        // Kiosk signals before the edge are passed by, and the sample says so.
        var kiosk = await sampler.ReadAsync(store.WorkspaceId, From, To, Only(Dimensions.Channel, "kiosk"));
        Assert.Equal(signals.Where(s => s.Channel == Channel.Kiosk && s.OccurredAt >= kiosk.Since).Select(s => s.OccurredAt).Reverse(), kiosk.Signals.Select(s => s.OccurredAt));
        Assert.Equal(signals[499].OccurredAt, kiosk.Since);

        // A topic has an index of its own: all of it is found.
        var topic = await sampler.ReadAsync(store.WorkspaceId, From, To, Only(Dimensions.Topic, "delivery"));
        Assert.True(topic.IsWhole);
        Assert.Equal(signals.Count / 2, topic.Signals.Count);
    }

    [Fact]
    public async Task A_search_looks_at_the_newest_matches_only_and_says_when_there_are_more()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        var signals = Enumerable.Range(0, 30).Select(i => store.NewSignal(From.AddMinutes(i))).ToList();
        await store.ChangeAsync([], signals, words: s => s == signals[7] ? "rare parcel" : "parcel");
        await new SearchIndexer(store.Store).RunAsync(store.WorkspaceId);
        var sampler = new SignalSampler(store.Store);
        var cut = await sampler.ReadAsync(store.WorkspaceId, From, To, Search("parcel", 10));
        Assert.Equal((10, false), (cut.Signals.Count, cut.IsWhole));
        var whole = await sampler.ReadAsync(store.WorkspaceId, From, To, Search("parcel", 30));
        Assert.Equal((30, true), (whole.Signals.Count, whole.IsWhole));
        var rare = await sampler.ReadAsync(store.WorkspaceId, From, To, Search("rare", 10));
        Assert.Equal((signals[7].OccurredAt, true), (Assert.Single(rare.Signals).OccurredAt, rare.IsWhole));
    }

    [Theory]
    [InlineData("Europe/Prague")]
    [InlineData("Asia/Kolkata")] // days begin at half past an hour
    public async Task Values_are_counted_from_aggregates_exactly(string zone)
    {
        await using var store = await SignalStore.CreateAsync(kind, zone);
        var random = new RandomSignals(store, 8);
        List<Signal> signals = [.. Enumerable.Range(0, 300).Select(_ => random.Next(From.AddDays(-1), To.AddDays(1)))];
        await store.AddAsync(signals);
        var (from, to) = (From.AddHours(5), To.AddHours(-3));
        var counts = await new ValueCounts(store.Store).ReadAsync(store.Workspace, from, to, [Dimensions.All, .. Dimensions.Names]);
        var expected = signals.Where(s => s.OccurredAt >= from && s.OccurredAt < to).ToList();
        Assert.Equal(expected.Count, Assert.Single(counts[Dimensions.All]).N);
        foreach (var dimension in Dimensions.Names)
            Assert.Equal(
                expected.SelectMany(s => MetricOracle.Values(s, dimension).OfType<string>()).CountBy(v => v).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => new ValueCount(c.Key, c.Value)),
                counts[dimension]);
    }

    private static SignalFilter Only(string dimension, params string[] values) => new() { Values = new Dictionary<string, IReadOnlyList<string>> { [dimension] = values } };

    private static SignalFilter Search(string words, int most) => new() { Search = SearchText.Query(words), MostMatches = most };
}
