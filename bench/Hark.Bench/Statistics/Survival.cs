using BenchmarkDotNet.Attributes;
using Hark.Domain.Statistics;

namespace Hark.Bench.Statistics;

/// <summary>Claim: attainment over many clocks is one sort of plain numbers (a million in about a tenth of a second), and a figure from it costs two binary searches.</summary>
public class Survival
{
    private readonly Observation[] _observations = Make(10_000);
    private readonly KaplanMeier _curve = KaplanMeier.Fit(Make(10_000));

    [Benchmark]
    public object Fit() => KaplanMeier.Fit(_observations);

    [Benchmark]
    public object? SurvivalAt() => _curve.SurvivalAt(7_200_000);

    private static Observation[] Make(int count)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, count).Select(_ => new Observation(random.NextInt64(172_800_000), random.Next(10) > 0))];
    }
}
