using BenchmarkDotNet.Attributes;
using Hark.Data.Aggregates;
using Hark.Data.Intake;
using Hark.Data.Model;

namespace Hark.Bench.Aggregates;

/// <summary>Claim: merging the aggregates of a group in memory costs a microsecond or two a signal, and its rows grow with the cells, not with the signals.</summary>
public class Deltas
{
    private const int Signals = 64;
    private readonly ZoneDays _days = new("Europe/Prague");
    private readonly Signal[] _group = [.. Enumerable.Range(0, Signals).Select(Row)];

    [Benchmark(OperationsPerInvoke = Signals)]
    public int AddAGroup()
    {
        var deltas = new AggregateDeltas(Samples.Origin.WorkspaceId, _days, shard: 0);
        foreach (var signal in _group) deltas.Add(signal);
        return deltas.Cells.Count;
    }

    private static Signal Row(int number)
    {
        var row = SignalFacts.ToRow(Samples.Prepared());
        (row.Sku, row.Location, row.Cohort, row.Tags) = ($"K-{number % 20}", $"store-{number % 10}", "active", """["promoter"]""");
        return row;
    }
}
