using Hark.Data.Metrics;
using Hark.Data.Queries;
using Hark.Domain.Signals;
using Hark.Testing;
using Xunit;

namespace Hark.Data.Tests.Metrics;

public sealed class SqliteSuppression() : SuppressionSuite(TestStore.Sqlite);

public sealed class PostgreSqlSuppression() : SuppressionSuite(TestStore.PostgreSql);

public abstract class SuppressionSuite(TestStore kind)
{
    [Fact]
    public async Task Small_groups_are_hidden_and_with_them_the_one_that_would_tell()
    {
        await using var store = await SignalStore.CreateAsync(kind, "UTC", minimum: 5);
        await AddAsync(store, (Channel.Web, 9), (Channel.Email, 3), (Channel.Store, 6));
        var rows = await AskAsync(store, "metric=nps&grain=none&group_by=channel");
        Assert.Equal([("email", true), ("store", true), ("web", false)], rows.Select(r => (r.Group[0]!, r.Suppressed)));
        var hidden = rows[0].Value;
        Assert.Equal(3, hidden.N);
        Assert.Null(hidden.Value);
        Assert.All(hidden.Parts, p => Assert.Null(p.Value));
        Assert.Equal(["promoters", "passives", "detractors"], hidden.Parts.Select(p => p.Name));
        Assert.NotNull(rows[2].Value.Value!.Value.Low);
    }

    [Fact]
    public async Task Counts_are_shown_however_small_and_no_answer_is_not_hidden()
    {
        await using var store = await SignalStore.CreateAsync(kind, "UTC", minimum: 5);
        await AddAsync(store, (Channel.Web, 2));
        Assert.Equal((2.0, false), (await AskAsync(store, "metric=count")) is [var row] ? (row.Value.Value!.Value.Value, row.Suppressed) : default);
        Assert.True((await AskAsync(store, "metric=score")) is [{ Suppressed: true, Value.N: 2 }]);
        Assert.True((await AskAsync(store, "metric=csat")) is [{ Suppressed: false, Value: { N: 0, Value: null } }]);
    }

    [Fact]
    public async Task Two_dimensions_are_closed_along_both()
    {
        await using var store = await SignalStore.CreateAsync(kind, "UTC", minimum: 5);
        // web: 6 at checkout, 2 at delivery; email: 7 and 8. Hidden is web/delivery; its line and its column each need a second one.
        foreach (var (channel, touchpoint, count) in new[] { (Channel.Web, "checkout", 6), (Channel.Web, "delivery", 2), (Channel.Email, "checkout", 7), (Channel.Email, "delivery", 8) })
            await store.AddAsync([.. Enumerable.Range(0, count).Select(i =>
            {
                var signal = store.NewNps(SignalStore.Start.AddDays(19).AddMinutes(i), i, channel);
                signal.Touchpoint = touchpoint;
                return signal;
            })]);
        var rows = await AskAsync(store, "metric=nps&group_by=channel,touchpoint");
        Assert.All(rows, r => Assert.True(r.Suppressed));
        Assert.Equal(4, rows.Count);
    }

    private static async Task AddAsync(SignalStore store, params (Channel Channel, int Count)[] groups)
    {
        foreach (var (channel, count) in groups)
            await store.AddAsync([.. Enumerable.Range(0, count).Select(i => store.NewNps(SignalStore.Start.AddDays(19).AddMinutes(i), i % 11, channel))]);
    }

    internal static async Task<IReadOnlyList<MetricRow>> AskAsync(SignalStore store, string query)
    {
        var read = MetricQueryReader.Read(Parameters(query), store.Workspace, null, store.Time.GetUtcNow());
        return (await new MetricReader(store.Store).ReadAsync(store.Workspace, read.Value)).Value;
    }

    internal static QueryParameters Parameters(string query) => new(query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2))
        .GroupBy(p => p[0]).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(p => Uri.UnescapeDataString(p[1]))]));
}
