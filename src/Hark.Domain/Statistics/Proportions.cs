namespace Hark.Domain.Statistics;

/// <summary>Intervals and tests of shares: top boxes, negative rates, response rates, attained targets. All in 0 to 1.</summary>
public static class Proportions
{
    /// <summary>
    /// The share with Wilson's score interval, the one the product shows (E. B. Wilson, JASA 22 (1927) 209-212; method 3 of R. G. Newcombe,
    /// Statistics in Medicine 17 (1998) 857-872). Null for n = 0.
    /// </summary>
    public static Estimate? Wilson(double successes, double n, double confidence = 0.95)
    {
        Check(successes, n);
        return n == 0 ? null : WilsonAt(successes / n, n, Normal.TwoSided(confidence));
    }

    /// <summary>Wilson's interval of a share <paramref name="p"/> over an (also fractional) n &gt; 0, at z standard errors.</summary>
    internal static Estimate WilsonAt(double p, double n, double z)
    {
        var z2 = z * z;
        var centre = (2 * n * p) + z2;
        var half = z * Math.Sqrt(z2 + (4 * n * p * (1 - p)));
        var scale = 2 * (n + z2);
        // At the ends centre and half are equal but for rounding; the limit is the end itself.
        return new(p, p == 0 ? 0 : (centre - half) / scale, p == 1 ? 1 : (centre + half) / scale);
    }

    /// <summary>Wilson's interval with continuity correction (method 4 of Newcombe 1998). Null for n = 0.</summary>
    public static Estimate? WilsonCorrected(double successes, double n, double confidence = 0.95)
    {
        Check(successes, n);
        if (n == 0) return null;
        var (p, z) = (successes / n, Normal.TwoSided(confidence));
        var (q, z2) = (1 - p, z * z);
        var scale = 2 * (n + z2);
        var low = ((2 * n * p) + z2 - 1 - (z * Math.Sqrt(z2 - 2 - (1 / n) + (4 * p * ((n * q) + 1))))) / scale;
        var high = ((2 * n * p) + z2 + 1 + (z * Math.Sqrt(z2 + 2 - (1 / n) + (4 * p * ((n * q) - 1))))) / scale;
        return new(p, p == 0 ? 0 : Math.Max(0, low), p == 1 ? 1 : Math.Min(1, high));
    }

    /// <summary>
    /// The "exact" interval, never too narrow and mostly too wide (C. J. Clopper and E. S. Pearson, Biometrika 26 (1934) 404-413), by
    /// quantiles of the beta distribution. Null for n = 0.
    /// </summary>
    public static Estimate? ClopperPearson(double successes, double n, double confidence = 0.95)
    {
        Check(successes, n);
        if (n == 0) return null;
        var tail = (1 - confidence) / 2;
        return new(
            successes / n,
            successes == 0 ? 0 : SpecialFunctions.BetaQuantile(tail, successes, n - successes + 1),
            successes == n ? 1 : SpecialFunctions.BetaQuantile(1 - tail, successes + 1, n - successes));
    }

    /// <summary>
    /// First share minus second, with the hybrid score interval (method 10 of R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890).
    /// Null when either is empty.
    /// </summary>
    public static Estimate? Difference(double successes1, double n1, double successes2, double n2, double confidence = 0.95)
    {
        if (Wilson(successes1, n1, confidence) is not { } a || Wilson(successes2, n2, confidence) is not { } b) return null;
        var difference = a.Value - b.Value;
        return new(
            difference,
            difference - double.Hypot(a.Value - a.Low!.Value, b.High!.Value - b.Value),
            difference + double.Hypot(a.High!.Value - a.Value, b.Value - b.Low!.Value));
    }

    /// <summary>
    /// Pearson's chi-squared test that all groups share one proportion, k - 1 degrees of freedom (J. L. Fleiss, Statistical Methods for Rates
    /// and Proportions, ch. 9). <paramref name="yates"/> corrects two groups for continuity, as R's prop.test does, and needs exactly two. Null
    /// when nothing varies (all or none succeed) or fewer than two groups have members.
    /// </summary>
    public static TestResult? Test(ReadOnlySpan<(double Successes, double N)> groups, bool yates = false)
    {
        double successes = 0, n = 0;
        var filled = 0;
        foreach (var group in groups)
        {
            Check(group.Successes, group.N);
            successes += group.Successes;
            n += group.N;
            if (group.N > 0) filled++;
        }

        if (filled < 2 || successes == 0 || successes == n) return null;
        var correction = yates ? Yates(groups) : 0;
        var p = successes / n;
        var sum = 0.0;
        foreach (var group in groups)
        {
            if (group.N == 0) continue;
            var distance = Math.Abs(group.Successes - (group.N * p)) - correction;
            sum += distance * distance / (group.N * p * (1 - p));
        }

        return new(sum, filled - 1, ChiSquared.UpperTail(sum, filled - 1));
    }

    private static double Yates(ReadOnlySpan<(double Successes, double N)> groups)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(groups.Length, 2, nameof(groups));
        var (a, b) = (groups[0], groups[1]);
        return Math.Min(0.5, Math.Abs((a.Successes / a.N) - (b.Successes / b.N)) / ((1 / a.N) + (1 / b.N)));
    }

    private static void Check(double successes, double n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, n);
    }
}
