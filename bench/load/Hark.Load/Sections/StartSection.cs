using System.Diagnostics;
using Hark.Load.Generator;
using Hark.Load.Hosting;
using Hark.Load.Probes;
using Hark.Load.Report;

namespace Hark.Load.Sections;

/// <summary>Start to the first durable answer, and resident memory: idle, and after many signals.</summary>
internal sealed class StartSection : ISection
{
    private const double Megabyte = 1024 * 1024;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    public string Name => "start";

    public async Task RunAsync(LoadBench bench, CancellationToken cancellation)
    {
        if (bench.Options.Store == StoreChoice.PostgreSql) return;
        var site = await bench.NewSqliteAsync(cancellation);
        var starts = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            var before = Stopwatch.GetTimestamp();
            await using var server = await bench.ServeAsync(site, cancellation);
            using (var client = new RawClient(server.Port))
                if (client.Exchange(SignalTraffic.Single(site.Key, bench.Options.Contacts, 0).Next()).Status != 201) throw new InvalidOperationException($"The first signal was refused: {server.Said()}");
            starts.Add(Stopwatch.GetElapsedTime(before).TotalSeconds);
            if (i == 2) await MemoryAsync(bench, site, server, cancellation);
        }
        starts.Sort();
        bench.Report.Add(Line.Under("start to first durable answer", starts[1], 1.5, "s", $"median of three; {Line.Number(starts[0])} to {Line.Number(starts[2])} s"));
    }

    private static async Task MemoryAsync(LoadBench bench, Site site, ServerProcess server, CancellationToken cancellation)
    {
        await Task.Delay(Settle, TimeProvider.System, cancellation);
        bench.Report.Add(Line.Under("resident memory, idle", server.ResidentBytes / Megabyte, 150, "MB", Own(server)));
        var most = 0L;
        using var client = new RawClient(server.Port);
        var traffic = SignalTraffic.Batch(site.Key, RawBatches.Size, bench.Options.Contacts, 0);
        for (var sent = 0; sent < bench.Options.MemorySignals; sent += traffic.Signals)
        {
            cancellation.ThrowIfCancellationRequested();
            if (client.Exchange(traffic.Next()).Status != 200) throw new InvalidOperationException("A batch was refused.");
            most = Math.Max(most, server.ResidentBytes);
        }
        bench.Report.Add(Line.Under($"resident memory after {bench.Options.MemorySignals:N0} signals", server.ResidentBytes / Megabyte, 400, "MB",
            $"the most on the way was {Line.Number(most / Megabyte)} MB; {Own(server)}"));
    }

    private static string? Own(ServerProcess server) => server.AnonymousBytes() is { } own ? $"{Line.Number(own / Megabyte)} MB without pages of mapped files" : null;
}
