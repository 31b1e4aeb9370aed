namespace Hark.Domain.Statistics;

/// <summary>
/// Sums of weights: what unequal weighting costs in precision (L. Kish, Survey Sampling, 1965, 8.2; "Weighting for unequal Pi", Journal of
/// Official Statistics 8 (1992) 183-200).
/// </summary>
public readonly record struct Weights(double Count, double Sum, double SumSquares)
{
    /// <summary>The parts of the given weights, which are finite and not negative.</summary>
    public static Weights Of(IEnumerable<double> weights)
    {
        double count = 0, sum = 0, squares = 0;
        foreach (var weight in weights)
        {
            if (!(weight >= 0 && double.IsFinite(weight)))
                throw new ArgumentOutOfRangeException(nameof(weights), weight, "A weight is finite and not negative.");
            count++;
            sum += weight;
            squares += weight * weight;
        }

        return new(count, sum, squares);
    }

    /// <summary>Kish's design effect n * sum(w^2) / (sum w)^2, 1 for equal weights; null when all weights are zero.</summary>
    public double? DesignEffect => Sum > 0 ? Count * SumSquares / (Sum * Sum) : null;

    /// <summary>
    /// The effective sample size n / deff = (sum w)^2 / sum(w^2). Use it as the n of any interval here, with weighted shares:
    /// <c>Proportions.Wilson(share * n, n)</c>. Null when all weights are zero.
    /// </summary>
    public double? EffectiveCount => Sum > 0 ? Sum * Sum / SumSquares : null;
}
