namespace Hark.Domain.Statistics;

/// <summary>What the ratio of two totals needs of the units (days, households) that both were counted in.</summary>
/// <param name="Count">Units.</param>
/// <param name="Y">Sum of the numerators.</param>
/// <param name="X">Sum of the denominators.</param>
public readonly record struct RatioSums(double Count, double Y, double X, double YY, double XY, double XX)
{
    public RatioSums Add(double y, double x) => new(Count + 1, Y + y, X + x, YY + (y * y), XY + (x * y), XX + (x * x));
}

/// <summary>Ratios of totals, such as money spent on each order.</summary>
public static class Ratios
{
    /// <summary>
    /// Σy / Σx with the interval of the ratio estimator, t(n-1) √(Σ(y - rx)² / (n - 1)) / (√n x̄) (W. G. Cochran, Sampling Techniques, 3rd ed. (1977), 2.11): what units
    /// have in common counts once, so that a thousand orders of one bad day are not a thousand observations. Null without a denominator; no interval for one unit.
    /// </summary>
    public static Estimate? Interval(RatioSums s, double confidence = 0.95)
    {
        if (s.Count < 1 || s.X <= 0) return null;
        var ratio = s.Y / s.X;
        if (s.Count < 2) return new(ratio, null, null);
        var residuals = Math.Max(0, s.YY - (2 * ratio * s.XY) + (ratio * ratio * s.XX));
        var half = StudentT.TwoSided(confidence, s.Count - 1) * StandardError(residuals, s);
        return new(ratio, ratio - half, ratio + half);
    }

    /// <summary>
    /// The first less the second, from the intervals of both (MOVER: G. Y. Zou, A. Donner, Statistics in Medicine 27 (2008) 1693-1702). Null when either has none.
    /// </summary>
    public static Estimate? Difference(Estimate? first, Estimate? second)
    {
        if (first is not { Low: { } l1, High: { } u1, Value: var a } || second is not { Low: { } l2, High: { } u2, Value: var b }) return null;
        return new(a - b, a - b - Hypotenuse(a - l1, u2 - b), a - b + Hypotenuse(u1 - a, b - l2));
    }

    private static double StandardError(double residuals, RatioSums s) => Math.Sqrt(residuals / (s.Count - 1)) / (Math.Sqrt(s.Count) * (s.X / s.Count));

    private static double Hypotenuse(double a, double b) => Math.Sqrt((a * a) + (b * b));
}
