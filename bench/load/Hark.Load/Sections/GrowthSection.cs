using System.Globalization;
using Hark.Load.Generator;
using Hark.Load.Report;
using Hark.Load.Seeding;

namespace Hark.Load.Sections;

/// <summary>What does not grow with the store: metrics, the figures of an overview, the rate of ingest.</summary>
internal sealed class GrowthSection : ISection
{
    private static readonly string[] Metrics = ["nps", "score", "negative_rate"];
    private static readonly string[] Dimensions = ["channel", "touchpoint", "language", "sku", "location"];

    public string Name => "growth";

    public async Task RunAsync(LoadBench bench, CancellationToken cancellation)
    {
        if (bench.Options.Store == StoreChoice.PostgreSql) return;
        var site = await bench.NewSqliteAsync(cancellation);
        var (few, many) = (bench.Options.FewSignals, bench.Options.ManySignals);
        await SeedAsync(bench, site, ..few, cancellation);
        var small = await LookAsync(bench, site, cancellation);
        await SeedAsync(bench, site, few..many, cancellation);
        var large = await LookAsync(bench, site, cancellation);
        Write(bench.Report, small, large, few, many);
    }

    private static void Write(Results report, Look small, Look large, int few, int many)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"{many:N0} signals");
        if (large.Status != 200)
        {
            report.Add(Line.NotMeasured("metrics and overview", $"GET /api/v1/metrics answered {large.Status}"));
        }
        else
        {
            report.Add(Line.Under($"any metric by one dimension over a year by month, {size}", large.Monthly.Median, 100, "ms", $"worst of all; {large.Monthly.Path}"));
            report.Add(Line.Under($"any metric by one dimension over a year by day, {size}", large.Daily.Median, 100, "ms", $"worst of all; {large.Daily.Path}"));
            report.Add(Line.Under($"figures of the overview, {size}", large.Overview, 50, "ms"));
            report.Add(Line.AtMost($"figures of the overview at {size} ÷ at {few:N0}", large.Overview, small.Overview, "ms", 1.5));
        }
        report.Add(Line.AtLeast($"ingest rate with {size} stored ÷ with {few:N0}", large.Rate, small.Rate, "/s", 0.7, "batches of 1,000"));
    }

    private static async Task SeedAsync(LoadBench bench, Site site, Range numbers, CancellationToken cancellation)
    {
        await using var seed = await StoreSeed.OpenAsync(site.Connection, cancellation);
        await seed.SignalsAsync(numbers, bench.Options.Contacts, cancellation);
    }

    private static async Task<Look> LookAsync(LoadBench bench, Site site, CancellationToken cancellation)
    {
        await using var server = await bench.ServeAsync(site, cancellation);
        using var pages = new PageTimer(server.Port, site.Reads);
        var year = Since(365);
        var status = pages.Get($"/api/v1/metrics?metric=count{year}", 1).Status;
        var look = new Look(status, default, default, 0, 0);
        if (status == 200) look = new Look(status, Worst(pages, year, "month"), Worst(pages, year, "day"), Overview(pages), 0);
        return look with { Rate = (await bench.BatchesAsync(server.Port, site.Key, cancellation)).SignalsPerSecond };
    }

    private static (double Median, string Path) Worst(PageTimer pages, string year, string grain) =>
        (from metric in Metrics
         from dimension in Dimensions
         let path = $"/api/v1/metrics?metric={metric}&grain={grain}&group_by={dimension}{year}"
         select (Ask(pages, path, 5), path)).Max();

    /// <summary>Four figures that a first page shows: the score by week and by channel, the negative rate by touchpoint, the volume by day.</summary>
    private static double Overview(PageTimer pages)
    {
        var quarter = Since(90);
        return new[] { "nps&grain=week", "nps&grain=none&group_by=channel", "negative_rate&grain=none&group_by=touchpoint", "count&grain=day" }
            .Sum(q => Ask(pages, $"/api/v1/metrics?metric={q}{quarter}", 15));
    }

    private static double Ask(PageTimer pages, string path, int times) =>
        pages.Get(path, times) is { Status: 200 } time ? time.Median : throw new InvalidOperationException($"{path} was not answered with 200");

    private static string Since(int days)
    {
        var now = TimeProvider.System.GetUtcNow();
        return string.Create(CultureInfo.InvariantCulture, $"&from={now.AddDays(-days):yyyy-MM-dd}T00:00:00Z&to={now:yyyy-MM-dd}T00:00:00Z");
    }

    /// <param name="Overview">Milliseconds for all its figures one after another.</param>
    private sealed record Look(int Status, (double Median, string Path) Monthly, (double Median, string Path) Daily, double Overview, double Rate);
}
