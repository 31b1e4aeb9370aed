using BenchmarkDotNet.Attributes;
using Hark.Domain.Signals;

namespace Hark.Bench.Intake;

/// <summary>Claim: reading signals costs little beside storing them, and allocates little beyond the draft itself; a batch costs as much a record as a single one.</summary>
public class SignalReading
{
    private const int Records = 1_000;
    private readonly byte[] _record = Samples.Record, _batch = Samples.Batch(Records);

    [Benchmark]
    public object ReadOne() => SignalBatchReader.ReadOne(_record);

    [Benchmark(OperationsPerInvoke = Records)]
    public object ReadBatch() => SignalBatchReader.Read(_batch, BatchFormat.Array, Records);
}
