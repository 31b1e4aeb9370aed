using Hark.Data.Facts;
using Hark.Data.Insight;
using Hark.Data.Model;
using Hark.Data.Queries;
using Hark.Data.Tests.Metrics;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Statistics.Drivers;
using Hark.Testing;
using Xunit;

namespace Hark.Data.Tests.Insight;

public sealed class SqliteInsight() : InsightSuite(TestStore.Sqlite);

public sealed class PostgreSqlInsight() : InsightSuite(TestStore.PostgreSql);

public abstract class InsightSuite(TestStore kind)
{
    private static readonly DateTimeOffset From = SignalStore.Start;

    [Fact]
    public async Task The_courier_explains_the_region_and_a_topic_is_told_by_its_share()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        using var facts = new FactStore(store.Store, store.Time);
        await store.AddAsync(Orders(store, 1, 6_000, planted: true));
        var reader = new ConcentrationReader(new FactQuery(store.Store, facts));

        var negative = await reader.ReadAsync(store.Workspace, Question(store, "metric=negative_rate"));
        var finding = Planted(negative);
        Assert.InRange(finding.Value.Value, .5, .75);
        Assert.InRange(finding.Expected, .07, .13);

        var share = await reader.ReadAsync(store.Workspace, Question(store, "metric=share&issue=late"));
        Planted(share);
        var late = await reader.ReadAsync(store.Workspace, Question(store, "metric=share&topic=late"));
        var against = await reader.ReadAsync(store.Workspace, Question(store, "metric=negative_share&topic=late"));
        Assert.Equal(Planted(late).N, Planted(against).N);
        Assert.True(against.Value < late.Value); // some are late and not cross

        var score = await reader.ReadAsync(store.Workspace, Question(store, "metric=score"));
        Assert.True(Planted(score).Value.Value < score.Value);
        Assert.Empty((await reader.ReadAsync(store.Workspace, Question(store, "metric=negative_rate&sku=K-1&score_min=70"))).Found);
    }

    /// <summary>The courier in the region comes first; what may follow is that late parcels are late everywhere, which the days tell.</summary>
    private static FoundConcentration Planted(Concentrations found)
    {
        Assert.Equal([("courier", "slow"), ("region", "varna")], found.Found[0].Where.Select(w => (w.Dimension, w.Value)).Order());
        Assert.All(found.Found.Skip(1), f => Assert.Equal("days", Assert.Single(f.Where).Dimension));
        return found.Found[0];
    }

    [Fact]
    public async Task Orders_without_a_pattern_stay_silent()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        using var facts = new FactStore(store.Store, store.Time);
        await store.AddAsync(Orders(store, 2, 6_000, planted: false));
        var reader = new ConcentrationReader(new FactQuery(store.Store, facts));
        foreach (var metric in new[] { "metric=negative_rate", "metric=score", "metric=nps", "metric=share&issue=late", "metric=share&topic=price", "metric=negative_share&topic=price" })
        {
            var answer = await reader.ReadAsync(store.Workspace, Question(store, metric));
            Assert.True(answer.Tested > 20, metric);
            Assert.Empty(answer.Found);
        }
    }

    [Fact]
    public async Task Drivers_are_topics_against_and_attributes()
    {
        await using var store = await SignalStore.CreateAsync(kind, minimum: 5);
        using var facts = new FactStore(store.Store, store.Time);
        await store.AddAsync(Orders(store, 3, 3_000, planted: true));
        var answer = await new DriverReader(new FactQuery(store.Store, facts)).ReadAsync(store.Workspace, Drivers(store, "target=nps&by=topic,attribute"));
        Assert.Equal("late", answer.Result.Drivers.First(d => d.Kind == DriverKind.Mention).Name);
        Assert.Equal(["days", "late", "parcel", "price"], answer.Result.Drivers.Select(d => d.Name).Order());
        Assert.Equal(DriverKind.Level, answer.Result.Drivers.Single(d => d.Name == "days").Kind);
        Assert.Equal(DriverQuestion.Week, answer.Unit);
        var late = answer.Result.Drivers.Single(d => d.Name == "late");
        Assert.True(late.Coefficient.High < 0);
        Assert.Equal(late.Coefficient.Value * late.Level, late.Effect.Value, 6);
        Assert.InRange(late.Effect.Value, late.Effect.Low!.Value, late.Effect.High!.Value);
        var days = answer.Result.Drivers.Single(d => d.Name == "days");
        Assert.Equal(days.Coefficient, days.Effect);
    }

    [Fact]
    public async Task Few_answers_are_not_shown()
    {
        await using var store = await SignalStore.CreateAsync(kind, minimum: 5);
        using var facts = new FactStore(store.Store, store.Time);
        await store.AddAsync(Orders(store, 4, 4, planted: false));
        var answer = await new DriverReader(new FactQuery(store.Store, facts)).ReadAsync(store.Workspace, Drivers(store, "target=nps"));
        Assert.True(answer.Suppressed);
        Assert.Null(answer.Result.Mean);
    }

    [Fact]
    public async Task Wrong_questions_are_told_by_parameter()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        Assert.Equal(ErrorKind.Invalid, ConcentrationQuestion.Read(Parameters("metric=shar"), store.Workspace, null, store.Time.Now()).Error?.Kind);
        Assert.NotNull(ConcentrationQuestion.Read(Parameters("metric=share"), store.Workspace, null, store.Time.Now()).Error);
        Assert.NotNull(DriverQuestion.Read(Parameters("target=nps&by=weather"), store.Workspace, null, store.Time.Now()).Error);
        Assert.NotNull(DriverQuestion.Read(Parameters("from=2026-04-02&to=2026-04-01"), store.Workspace, null, store.Time.Now()).Error);
    }

    private static ConcentrationQuestion Question(SignalStore store, string query) => ConcentrationQuestion.Read(Parameters(query), store.Workspace, null, store.Time.Now()).Value;

    private static DriverQuestion Drivers(SignalStore store, string query) => DriverQuestion.Read(Parameters(query), store.Workspace, null, store.Time.Now()).Value;

    private static QueryParameters Parameters(string query) => new(query.Split('&').Select(p => p.Split('=')).ToDictionary(p => p[0], p => (IReadOnlyList<string>)[p[1]]));

    /// <summary>Deliveries of 18 days; with a plan, the slow courier is late in Varna and only there.</summary>
    private static List<Signal> Orders(SignalStore store, int seed, int count, bool planted)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var (courier, region) = (Pick(random, "slow", "post", "fast"), Pick(random, "varna", "sofia", "praha", "brno"));
            var late = random.NextDouble() < (planted && courier == "slow" && region == "varna" ? .7 : .08);
            var sad = late ? random.NextDouble() < .85 : random.NextDouble() < .04;
            var signal = store.NewNps(From.AddMinutes(random.Next(18 * 24 * 60)), sad ? random.Next(4) : 7 + random.Next(4));
            (signal.Touchpoint, signal.Sku) = ("delivery", Pick(random, "K-1", "K-2", "K-3", "K-4"));
            signal.Issue = sad && late ? "late" : null;
            signal.HasText = random.NextDouble() < .6;
            signal.SentimentLabel = !signal.HasText ? null : sad ? SentimentLabel.Negative : SentimentLabel.Positive;
            signal.Topics = SignalJson.Write([new TopicLabel(late ? "late" : random.NextDouble() < .3 ? "price" : "parcel", 1, "source")]);
            signal.Attributes = $$"""{"courier":"{{courier}}","region":"{{region}}","days":{{(late && planted ? 6 : 1) + random.Next(3)}}}""";
            return signal;
        })];
    }

    private static string Pick(Random random, params string[] values) => values[random.Next(values.Length)];
}
