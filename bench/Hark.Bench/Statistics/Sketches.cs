using BenchmarkDotNet.Attributes;
using Hark.Domain.Statistics;

namespace Hark.Bench.Statistics;

/// <summary>Claim: percentiles of any number of durations merge from small sketches without looking at the durations again.</summary>
public class Sketches
{
    private const int Values = 1_000;
    private readonly double[] _values;
    private readonly DDSketch _filled = new();
    private readonly byte[] _stored;

    public Sketches()
    {
        var random = new Random(5);
        _values = [.. Enumerable.Range(0, Values).Select(_ => Math.Exp(random.NextDouble() * 20))];
        foreach (var value in _values) _filled.Add(value);
        _stored = _filled.ToBytes();
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public object Add()
    {
        var sketch = new DDSketch();
        foreach (var value in _values) sketch.Add(value);
        return sketch;
    }

    [Benchmark]
    public object MergeStored()
    {
        var sketch = new DDSketch();
        sketch.Merge(_stored);
        return sketch;
    }

    [Benchmark]
    public double? Quantile() => _filled.Quantile(0.95);
}
