namespace Hark.Domain.Statistics;

/// <summary>
/// The Net Promoter Score, 100 (promoters - detractors) / n, and its uncertainty. Counts are doubles so that weighted answers fit:
/// give the effective numbers of <see cref="Weights"/>.
/// </summary>
public static class NetPromoter
{
    /// <summary>
    /// The score with the adjusted Wald interval, cut to -100 to 100: what the product shows. Null for n = 0. The interval is centred on the
    /// adjusted score, so it is never empty at 100 % promoters.
    /// </summary>
    public static Estimate? Score(double promoters, double passives, double detractors, double confidence = 0.95) =>
        AdjustedWald(promoters, passives, detractors, confidence)?.Clamp(-100, 100);

    /// <summary>
    /// The score with the adjusted Wald interval, not cut: n + 3, promoters + 0.75, detractors + 0.75, then Wald about the adjusted score
    /// (Lewis and Sauro, measuringu.com/nps-confidence-intervals, 2021; best of those compared by B. Rocks, The American Statistician 70
    /// (2016) 365-372). Null for n = 0.
    /// </summary>
    public static Estimate? AdjustedWald(double promoters, double passives, double detractors, double confidence = 0.95)
    {
        if (Wald(promoters, passives, detractors, confidence) is not { } plain) return null;
        var adjusted = Wald(promoters + 0.75, passives + 1.5, detractors + 0.75, confidence)!.Value;
        return plain with { Low = adjusted.Low, High = adjusted.High };
    }

    /// <summary>The score with the plain Wald interval, not cut; empty when all answers are of one band. Null for n = 0.</summary>
    public static Estimate? Wald(double promoters, double passives, double detractors, double confidence = 0.95)
    {
        if (StandardError(promoters, passives, detractors) is not { } error) return null;
        var score = 100 * (promoters - detractors) / (promoters + passives + detractors);
        var half = Normal.TwoSided(confidence) * error;
        return new(score, score - half, score + half);
    }

    /// <summary>
    /// Standard error in points: 100 sqrt((p + d - (p - d)^2) / n), the variance of a variable that is 1, 0 or -1. Null for n = 0.
    /// </summary>
    public static double? StandardError(double promoters, double passives, double detractors)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(promoters);
        ArgumentOutOfRangeException.ThrowIfNegative(passives);
        ArgumentOutOfRangeException.ThrowIfNegative(detractors);
        var n = promoters + passives + detractors;
        if (n == 0) return null;
        var (p, d) = (promoters / n, detractors / n);
        return 100 * Math.Sqrt(Math.Max(0, p + d - ((p - d) * (p - d))) / n);
    }

    /// <summary>
    /// The change from <paramref name="before"/> to <paramref name="after"/> in points, with z = (N2 - N1) / sqrt(SE1^2 + SE2^2). Null when a
    /// wave is empty or neither varies.
    /// </summary>
    public static MeanDifference? Difference(
        (double Promoters, double Passives, double Detractors) before,
        (double Promoters, double Passives, double Detractors) after,
        double confidence = 0.95)
    {
        var first = Wald(before.Promoters, before.Passives, before.Detractors);
        var second = Wald(after.Promoters, after.Passives, after.Detractors);
        if (first is null || second is null) return null;
        var error = double.Hypot(
            StandardError(before.Promoters, before.Passives, before.Detractors)!.Value,
            StandardError(after.Promoters, after.Passives, after.Detractors)!.Value);
        if (error == 0) return null;
        var change = second.Value.Value - first.Value.Value;
        var half = Normal.TwoSided(confidence) * error;
        return new(new(change, change - half, change + half), new(change / error, null, Normal.TwoSidedP(change / error)));
    }
}
