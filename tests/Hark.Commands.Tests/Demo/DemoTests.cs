using Hark.Data.Aggregates;
using Hark.Data.Alerts;
using Hark.Data.Insight;
using Hark.Data.Model;
using Hark.Data.Queries;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Testing;
using Hark.Web.Features.Demo;
using Hark.Web.Features.Demo.Company;
using Hark.Web.Infrastructure.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hark.Commands.Tests.Demo;

/// <summary>The sample company: made whole by code, with the stories of <c>docs/demo.md</c> to be found in it.</summary>
public sealed class DemoTests
{
    private static readonly DateTimeOffset Now = ManualTime.UsualStart;

    [Fact]
    public void The_same_seed_and_time_give_the_same_company_and_another_seed_another()
    {
        var (one, same, other) = (DemoCompany.Make(Now), DemoCompany.Make(Now), DemoCompany.Make(Now, seed: 7));
        Assert.Equal(one.History.Select(Words), same.History.Select(Words));
        Assert.NotEqual(one.History.Select(Words), other.History.Select(Words));
        Assert.All(one.History, s => Assert.InRange(s.At, Now.AddDays(-Story.Days - 1), Now));
        Assert.Equal(one.History.Count, one.History.DistinctBy(s => (s.Source, s.Draft.Id)).Count());

        static string Words(DemoSignal signal) => $"{signal.At:O} {signal.Source} {signal.Draft.Id} {signal.Draft.Text}";
    }

    [Fact]
    public async Task Ninety_days_are_lived_through_and_tell_their_stories()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var database = await TestDatabases.CreateAsync(TestStore.Sqlite, cancellation);
        await using var host = HarkHost.Build(["--ConnectionStrings:Hark=" + database.ConnectionString], quiet: true);
        var demo = ActivatorUtilities.CreateInstance<DemoStore>(host.Services, new ManualTime(Now));

        var made = await demo.EnsureAsync(cancellation);
        Assert.True(made is { Made: true, Signals: > 3_000, Cases: > 300, OpenCases: > 10 }, made.ToString());
        Assert.Equal(made with { Made = false }, await demo.EnsureAsync(cancellation));

        await using var db = host.Services.GetRequiredService<HarkStore>().Read();
        Assert.Equal(["bg", "cs", "en", "fa", "ru", "sk"], await db.Signals.Where(s => s.Language != null).Select(s => s.Language!).Distinct().Order().ToListAsync(cancellation));
        Assert.False(await db.OutboxMessages.AnyAsync(m => m.State == OutboxState.Pending, cancellation), "mail of the past waits to be sent");
        var workspace = await host.Services.GetRequiredService<WorkspaceSnapshots>().GetAsync(made.WorkspaceId, cancellation);
        var differences = new List<string>();
        await host.Services.GetRequiredService<AggregateRebuild>().CheckAsync(workspace, d => differences.Add(d.ToString()), cancellation);
        Assert.Empty(differences);
        await CheckInsightAsync(host.Services, workspace, cancellation);
        Check([.. await db.Signals.Where(s => s.ScoreMilli != null).ToListAsync(cancellation)]);
    }

    /// <summary>The planted stories are found by what anybody can ask, and nothing else is.</summary>
    private static async Task CheckInsightAsync(IServiceProvider services, WorkspaceSnapshot workspace, CancellationToken cancellation)
    {
        // The courier comes first, and what else is there is true: parcels that are late are complained about.
        foreach (var question in new[] { "metric=negative_rate&touchpoint=delivery", "metric=share&issue=late_delivery" })
        {
            var found = await WhereAsync(question);
            Assert.StartsWith("courier=" + Story.BadCourier, found[0], StringComparison.Ordinal);
            Assert.All(found.Skip(1), f => Assert.True(f.StartsWith("late=", StringComparison.Ordinal) || f.StartsWith("delivery_days=", StringComparison.Ordinal), f));
        }

        var store = services.GetRequiredService<HarkStore>();
        await new AlertSweep(store, new Leases(store), new ManualTime(Now), "test").RunAsync(workspace, cancellation);
        var alerts = await new AlertReader(store).ListAsync(workspace.WorkspaceId, open: true, null, 50, cancellation);
        Assert.Contains(alerts, a => a.Value == Story.PaidTwice);

        async Task<List<string>> WhereAsync(string filters)
        {
            var parameters = filters.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')).Append(["from", Now.AddDays(Story.BadCourierFromDay).ToString("O")])
                .ToDictionary(p => p[0], p => (IReadOnlyList<string>)[p[1]]);
            var question = ConcentrationQuestion.Read(new QueryParameters(parameters), workspace, null, Now);
            Assert.True(question.Ok, question.Error?.Detail);
            var answer = await services.GetRequiredService<ConcentrationReader>().ReadAsync(workspace, question.Value, cancellation);
            return [.. answer.Found.Select(f => string.Join(' ', f.Where.Select(w => $"{w.Dimension}={w.Value}").Order(StringComparer.Ordinal)))];
        }
    }

    private static void Check(IReadOnlyList<Signal> signals)
    {
        var delivered = signals.Where(s => s.Touchpoint == "delivery" && s.OccurredAt > Now.AddDays(Story.BadCourierFromDay + 7)).ToList();
        var (bad, rest) = (delivered.Where(s => Says(s, "courier", Story.BadCourier) && Says(s, "region", Story.BadRegion)), delivered.Where(s => !Says(s, "region", Story.BadRegion)));
        Assert.True(Mean(bad) < Mean(rest) - 15, $"the bad courier: {Mean(bad):0.0} beside {Mean(rest):0.0}");
        var checkouts = signals.Where(s => s.Touchpoint == "checkout").ToLookup(s => s.OccurredAt >= Now.AddDays(Story.CheckoutFromDay));
        Assert.True(Mean(checkouts[true]) > Mean(checkouts[false]) + 5, $"the checkout: {Mean(checkouts[false]):0.0} before, {Mean(checkouts[true]):0.0} after");
        var boots = signals.Where(s => s.Sku is not null).ToLookup(s => s.Sku == Story.SmallSku);
        Assert.True(Mean(boots[true]) < Mean(boots[false]) - 5, $"the boot that runs small: {Mean(boots[true]):0.0} beside {Mean(boots[false]):0.0}");
        var stores = signals.Where(s => s.Location is not null).ToLookup(s => s.Location == Story.LovedStore);
        Assert.True(Mean(stores[true]) > Mean(stores[false]) + 5, $"the loved store: {Mean(stores[true]):0.0} beside {Mean(stores[false]):0.0}");
    }

    private static bool Says(Signal signal, string name, string value) => signal.Attributes?.Contains($"\"{name}\":\"{value}\"", StringComparison.Ordinal) == true;

    private static double Mean(IEnumerable<Signal> signals) => signals.Average(s => s.ScoreMilli!.Value / 1000.0);
}
