using Hark.Data.Aggregates;
using Hark.Data.Alerts;
using Hark.Data.Model;
using Hark.Data.Tests.Metrics;
using Hark.Data.Work;
using Hark.Domain.Common;
using Hark.Testing;
using Xunit;

namespace Hark.Data.Tests.Alerts;

public sealed class SqliteAlertSweep() : AlertSweepSuite(TestStore.Sqlite);

public sealed class PostgreSqlAlertSweep() : AlertSweepSuite(TestStore.PostgreSql);

public abstract class AlertSweepSuite(TestStore kind)
{
    [Fact]
    public async Task What_rises_fires_once_with_its_evidence_and_is_over_when_it_is_usual_again()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        var now = store.Time.GetUtcNow();
        await store.AddAsync(Days(store, now, -50, 0, _ => .1));
        var sweep = Sweep(store);
        Assert.Equal(0, await sweep.RunAsync(store.Workspace));

        // Two hours later a wave of complaints.
        store.Time.Advance(TimeSpan.FromHours(2));
        now = store.Time.GetUtcNow();
        await store.AddAsync([.. Enumerable.Range(0, 25).Select(i => Delivery(store, now.AddMinutes(-i), negative: true))]);
        await sweep.RunAsync(store.Workspace);
        var alerts = await new AlertReader(store.Store).ListAsync(store.WorkspaceId, open: true, null, 50);
        var alert = Assert.Single(alerts, a => a is { Measure: AlertMeasure.NegativeRate, Dimension: Dimensions.Touchpoint });
        Assert.Equal("delivery", alert.Value);
        Assert.True(alert.P < 1e-5);
        Assert.True(alert.Observed > 2 * alert.Expected);

        // Further looks, by this node and by another, fire nothing again.
        Assert.Equal(0, await sweep.RunAsync(store.Workspace));
        Assert.Equal(0, await Sweep(store, "another").RunAsync(store.Workspace));
        Assert.Equal(alerts.Count, (await new AlertReader(store.Store).ListAsync(store.WorkspaceId, null, null, 50)).Count);

        store.Time.Advance(TimeSpan.FromDays(10));
        await store.AddAsync(Days(store, store.Time.GetUtcNow(), -9, 0, _ => .1));
        await sweep.RunAsync(store.Workspace);
        Assert.Empty(await new AlertReader(store.Store).ListAsync(store.WorkspaceId, open: true, null, 50));
        Assert.All(await new AlertReader(store.Store).ListAsync(store.WorkspaceId, open: false, null, 50), a => Assert.NotNull(a.ClosedAt));
    }

    [Fact]
    public async Task The_first_look_knows_what_began_weeks_ago_and_that_it_lasts()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        var now = store.Time.GetUtcNow();
        await store.AddAsync(Days(store, now, -80, 0, day => day >= -20 ? .45 : .1));
        await Sweep(store).RunAsync(store.Workspace);
        var alert = Assert.Single(await new AlertReader(store.Store).ListAsync(store.WorkspaceId, open: true, null, 50), a => a.Dimension == Dimensions.Touchpoint);
        Assert.InRange((alert.Day - now).TotalDays, -21, -15);
    }

    [Fact]
    public async Task A_quiet_store_and_a_new_one_alert_nothing()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        Assert.Equal(0, await Sweep(store).RunAsync(store.Workspace));
        await store.AddAsync(Days(store, store.Time.GetUtcNow(), -6, 0, _ => .5));
        Assert.Equal(0, await Sweep(store).RunAsync(store.Workspace));
    }

    [Fact]
    public async Task Sixty_days_without_a_change_alert_nothing()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        await store.AddAsync(Days(store, store.Time.GetUtcNow(), -120, 0, _ => .15));
        await Sweep(store).RunAsync(store.Workspace);
        Assert.Empty(await new AlertReader(store.Store).ListAsync(store.WorkspaceId, null, null, 50));
    }

    [Fact]
    public async Task While_one_node_looks_another_does_not()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        var lease = await new Leases(store.Store).TryAcquireAsync("alerts:" + store.WorkspaceId.ToString("N"), "one", store.Time.Now(), TimeSpan.FromMinutes(2));
        Assert.NotNull(lease);
        Assert.Null(await Sweep(store, "two").RunAsync(store.Workspace));
    }

    private static AlertSweep Sweep(SignalStore store, string owner = "node") => new(store.Store, new Leases(store.Store), store.Time, owner);

    private static List<Signal> Days(SignalStore store, DateTimeOffset now, int from, int to, Func<int, double> rate)
    {
        var random = new Random(9);
        return [.. Enumerable.Range(from, to - from).SelectMany(day => Enumerable.Range(0, 20 + random.Next(10)).Select(_ =>
            Delivery(store, now.AddDays(day).AddMinutes(random.Next(60)), random.NextDouble() < rate(day))))];
    }

    private static Signal Delivery(SignalStore store, DateTimeOffset at, bool negative)
    {
        var signal = store.NewNps(at, negative ? 2 : 9);
        signal.Touchpoint = "delivery";
        return signal;
    }
}
