using Hark.Load.Probes;
using Hark.Load.Report;

namespace Hark.Load.Sections;

/// <summary>Single durable signals with the whole loop on, beside Kestrel's echo and the bare group-commit probe.</summary>
internal sealed class SingleSection : ISection
{
    private const int Most = 64;
    private static readonly int[] Clients = [1, 16, Most];

    public string Name => "single";

    public async Task RunAsync(LoadBench bench, CancellationToken cancellation)
    {
        if (bench.Options.Store == StoreChoice.PostgreSql) return;
        var site = await bench.NewSqliteAsync(cancellation);
        var p95 = 0.0;
        await using (var server = await bench.ServeAsync(site, cancellation))
        {
            await bench.SinglesAsync(server.Port, site.Key, 16, cancellation); // warm: the first seconds of a process say nothing about the others
            foreach (var clients in Clients)
            {
                var (ours, cost) = await bench.CostedAsync(server, () => bench.SinglesAsync(server.Port, site.Key, clients, cancellation));
                var echo = await bench.EchoAsync(clients, cancellation);
                var name = $"single durable signals, {clients} client{(clients == 1 ? "" : "s")} ÷ echo";
                var note = $"p50 {Line.Number(ours.Accepted.Quantile(0.5))}, p95 {Line.Number(ours.P95)}, p99 {Line.Number(ours.Accepted.Quantile(0.99))} ms; {cost}";
                bench.Report.Add(clients == Most
                    ? Line.AtLeast(name, ours.SignalsPerSecond, echo.SignalsPerSecond, "/s", 0.15, note)
                    : Line.Figure(name, ours.SignalsPerSecond, echo.SignalsPerSecond, "/s", note));
                p95 = ours.P95;
            }
        }
        await using var probe = await bench.ServeProbeAsync(ProbeServer.Store, cancellation);
        var bare = await bench.SinglesAsync(probe.Port, "none", Most, cancellation);
        bench.Report.Add(Line.AtMost($"p95 of a single durable signal at {Most} clients ÷ bare probe", p95, bare.P95, "ms", 2,
            $"the probe stores facts only, {Line.Number(bare.SignalsPerSecond)}/s"));
    }
}
