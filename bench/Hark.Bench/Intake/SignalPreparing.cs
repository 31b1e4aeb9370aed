using BenchmarkDotNet.Attributes;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Bench.Intake;

/// <summary>Claim: preparing a signal (checks, keys, hashes) takes about two microseconds without enrichers, so one core prepares far more than a store takes.</summary>
public class SignalPreparing
{
    private readonly SignalPreparer _preparer = new([new SeverityEnricher()]);
    private readonly SignalDraft _draft = Samples.Draft();

    [Benchmark]
    public object? Prepare() => _preparer.Prepare(_draft, Samples.Origin, Samples.Now, new InputErrors());
}
