using Hark.Domain.Statistics.Numerics;

namespace Hark.Domain.Statistics.Drivers;

/// <summary>One fit, of all answers or of one draw; arrays follow the kept columns.</summary>
internal sealed record DriverFit(double[] Weights, double[] Shares, double[] Coefficients, double?[] Best, double?[] Gains, double[] Effects);

/// <summary>Fits the kept columns again and again, on all answers and on draws of their blocks.</summary>
internal sealed class DriverFits(DriverSample sample, DriverData data, int[] kept, DriverMethod method)
{
    private const int Draws = 400;
    private readonly ShapleyShares? _shapley = method == DriverMethod.Shapley ? new(kept.Length) : null;

    /// <summary>Null when the columns are collinear in this draw, which says nothing.</summary>
    public DriverFit? Of(CrossProducts products, GroupLevels levels)
    {
        if (products.Coefficients(kept) is not { } coefficients) return null;
        var (predictors, target) = products.Correlations(kept);
        var weights = _shapley is null ? RelativeWeights.Of(predictors, target) : _shapley.Of(predictors, target);
        var sum = weights.Sum();
        var shares = weights.Select(w => sum > 0 ? w / sum : 0).ToArray();
        var (best, gains) = (new double?[kept.Length], new double?[kept.Length]);
        for (var i = 0; i < kept.Length; i++)
        {
            var lower = coefficients[i] < 0;
            if (!lower && data.Columns[kept[i]].Kind == DriverKind.Mention) continue;
            var level = products.Mean(kept[i]);
            if (BestQuartile.Of(levels, kept[i], level, products.Covariance(kept[i], kept[i]), lower) is not { } reached) continue;
            best[i] = reached + sample.Centres[kept[i]];
            gains[i] = Math.Max(0, coefficients[i] * (reached - level));
        }

        var effects = coefficients.Select((c, i) => data.Columns[kept[i]].Kind == DriverKind.Level ? c : c * (products.Mean(kept[i]) + sample.Centres[kept[i]])).ToArray();
        return new(weights, shares, coefficients, best, gains, effects);
    }

    public double[] Johnson(CrossProducts products)
    {
        var (predictors, target) = products.Correlations(kept);
        return RelativeWeights.Of(predictors, target);
    }

    /// <summary>Fits of draws with replacement, always the same ones.</summary>
    public IReadOnlyList<DriverFit> Bootstrap()
    {
        var draws = new SeededDraws(1);
        var fits = new List<DriverFit>(Draws);
        var (products, levels) = (new CrossProducts(data.Columns.Count + 1), new GroupLevels(data.GroupCount, data.Columns.Count));
        var times = new int[sample.Blocks.Length];
        for (var d = 0; d < Draws; d++)
        {
            Array.Clear(times);
            for (var i = 0; i < times.Length; i++) times[draws.Next(times.Length)]++;
            products.Clear();
            levels.Clear();
            for (var b = 0; b < times.Length; b++)
            {
                if (times[b] == 0) continue;
                products.Add(sample.Blocks[b], times[b]);
                levels.Add(sample.BlockLevels[b], times[b]);
            }

            if (Of(products, levels) is { } fit) fits.Add(fit);
        }

        return fits;
    }
}
