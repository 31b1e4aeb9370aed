using Hark.Load.Generator;
using Hark.Load.Hosting;
using Hark.Load.Report;

namespace Hark.Load.Sections;

/// <summary>Twice what it can take: refusals come quickly and say when to come back, what is accepted is answered about as soon as at full load.</summary>
internal sealed class OverloadSection : ISection
{
    private const int BatchSize = 500, FullClients = 12, OverClients = 64;

    public string Name => "overload";

    public async Task RunAsync(LoadBench bench, CancellationToken cancellation)
    {
        if (bench.Options.Store == StoreChoice.PostgreSql) return;
        var site = await bench.NewSqliteAsync(cancellation);
        await using var server = await bench.ServeAsync(site, cancellation);
        var full = (await LoadAsync(bench, site, server, FullClients, null, cancellation)).Checked();
        var pace = TimeSpan.FromSeconds(OverClients * BatchSize / (2 * full.SignalsPerSecond));
        var before = server.ResidentBytes;
        var over = await LoadAsync(bench, site, server, OverClients, pace, cancellation);
        if (over.Failed > 0) throw new InvalidOperationException($"{over.Failed} answers were neither 2xx nor 429: {server.Said()}");
        bench.Report.Add(Line.AtMost("p95 of what is accepted at twice the capacity ÷ at full load", over.P95, full.P95, "ms", 2,
            $"{Line.Number(full.SignalsPerSecond)}/s at full load; {Line.Number(over.SignalsPerSecond)}/s accepted of {Line.Number(2 * full.SignalsPerSecond)}/s asked; "
            + $"{over.Refused.Count} refusals, {over.WithoutRetryAfter} without Retry-After; memory {(server.ResidentBytes - before) / 1024 / 1024:+0;-0} MB"));
        bench.Report.Add(over.Refused.Count == 0
            ? Line.NotMeasured("p95 of a refusal ÷ of what is accepted, at twice the capacity", "nothing was refused: the generator could not ask for enough")
            : Line.AtMost("p95 of a refusal ÷ of what is accepted, at twice the capacity", over.Refused.Quantile(0.95), over.P95, "ms", 0.5));
    }

    private static Task<LoadResult> LoadAsync(LoadBench bench, Site site, ServerProcess server, int clients, TimeSpan? pace, CancellationToken cancellation) =>
        ClosedLoop.RunAsync(server.Port, clients, bench.Options.WarmUp, bench.Options.Measure, i => SignalTraffic.Batch(site.Key, BatchSize, bench.Options.Contacts, i), pace, cancellation);
}
