using Hark.Load.Probes;
using Hark.Load.Report;

namespace Hark.Load.Sections;

/// <summary>Batches of 1,000 beside what SQLite itself stores in transactions of 1,000.</summary>
internal sealed class BatchSection : ISection
{
    public string Name => "batch";

    public async Task RunAsync(LoadBench bench, CancellationToken cancellation)
    {
        if (bench.Options.Store == StoreChoice.PostgreSql) return;
        var raw = RawBatches.Sqlite(bench.NewFile("raw"), bench.Options.Contacts, bench.Options.Measure);
        var site = await bench.NewSqliteAsync(cancellation);
        await using var server = await bench.ServeAsync(site, cancellation);
        var (ours, cost) = await bench.CostedAsync(server, () => bench.BatchesAsync(server.Port, site.Key, cancellation));
        bench.Report.Add(Line.AtLeast("batch ingest, 1,000 a call ÷ raw SQLite", ours.SignalsPerSecond, raw, "/s", 0.5, $"p95 of a call {Line.Number(ours.P95)} ms, four callers; {cost}"));
    }
}
