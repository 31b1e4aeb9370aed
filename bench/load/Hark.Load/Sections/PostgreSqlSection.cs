using Hark.Load.Probes;
using Hark.Load.Report;
using Hark.Testing;

namespace Hark.Load.Sections;

/// <summary>Batches of 1,000 on PostgreSQL beside raw multi-row inserts of the same; a durable private cluster, or the server the environment names.</summary>
internal sealed class PostgreSqlSection : ISection
{
    private const string Title = "batch ingest on PostgreSQL, 1,000 a call ÷ raw batches";

    public string Name => "postgresql";

    public async Task RunAsync(LoadBench bench, CancellationToken cancellation)
    {
        if (bench.Options.Store == StoreChoice.Sqlite) return;
        await OnOwnDatabaseAsync(bench, Title, site => MeasureAsync(bench, site, cancellation), cancellation);
    }

    /// <summary>Makes a database that is ready to be served, and takes it away afterwards; a durable private cluster, or the server the environment names.</summary>
    /// <param name="title">The line that says why not, where there is no PostgreSQL.</param>
    public static async Task OnOwnDatabaseAsync(LoadBench bench, string title, Func<Site, Task> look, CancellationToken cancellation)
    {
        PostgresServer.Durable = true;
        if (await PostgresServer.FindAsync(cancellation) is not { } server)
        {
            bench.Report.Add(Line.NotMeasured(title, PostgresServer.WhyMissing ?? "there is no PostgreSQL"));
            return;
        }
        var name = server.NewName(1);
        await server.ExecuteAsync($"CREATE DATABASE {name}", cancellation);
        try
        {
            await look(await bench.PrepareAsync(server.ConnectionTo(name), cancellation));
        }
        finally
        {
            await server.ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", CancellationToken.None);
        }
    }

    private static async Task MeasureAsync(LoadBench bench, Site site, CancellationToken cancellation)
    {
        var raw = await RawBatches.PostgreSqlAsync(site.Connection, bench.Options.Contacts, bench.Options.Measure, cancellation);
        await using var hark = await bench.ServeAsync(site, cancellation);
        var (ours, cost) = await bench.CostedAsync(hark, () => bench.BatchesAsync(hark.Port, site.Key, cancellation));
        bench.Report.Add(Line.AtLeast(Title, ours.SignalsPerSecond, raw, "/s", 0.5, $"p95 of a call {Line.Number(ours.P95)} ms, four callers; {cost}; raw by one connection"));
        var single = await bench.SinglesAsync(hark.Port, site.Key, 64, cancellation);
        bench.Report.Add(Line.Figure("single durable signals on PostgreSQL, 64 clients ÷ echo", single.SignalsPerSecond,
            (await bench.EchoAsync(64, cancellation)).SignalsPerSecond, "/s", $"p95 {Line.Number(single.P95)} ms"));
    }
}
