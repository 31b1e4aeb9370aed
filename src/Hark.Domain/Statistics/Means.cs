namespace Hark.Domain.Statistics;

/// <summary>What the methods on means need of a sample: its size, mean and sample variance (n - 1; null under two observations).</summary>
public readonly record struct Sample(double Count, double Mean, double? Variance)
{
    /// <summary>Summarises values in two passes, so that a large mean does not spoil the variance. Throws when empty.</summary>
    public static Sample Of(ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Length, nameof(values));
        double sum = 0, squares = 0;
        foreach (var value in values) sum += value;
        var mean = sum / values.Length;
        foreach (var value in values) squares += (value - mean) * (value - mean);
        return new(values.Length, mean, values.Length > 1 ? squares / (values.Length - 1) : null);
    }
}

/// <summary>The difference of two means: estimate (first minus second) with interval, and the test that it is zero.</summary>
public readonly record struct MeanDifference(Estimate Difference, TestResult Test);

/// <summary>Intervals and tests of means.</summary>
public static class Means
{
    /// <summary>
    /// Student's interval, mean +- t(n-1) s / sqrt(n) (Student, Biometrika 6 (1908); any textbook). No interval for n = 1, and a zero-width one
    /// when all values are equal. It may pass the ends of the scale: <see cref="Estimate.Clamp"/> for display.
    /// </summary>
    public static Estimate Interval(Sample sample, double confidence = 0.95)
    {
        if (sample.Variance is not { } variance || sample.Count < 2) return new(sample.Mean, null, null);
        var half = StudentT.TwoSided(confidence, sample.Count - 1) * Math.Sqrt(variance / sample.Count);
        return new(sample.Mean, sample.Mean - half, sample.Mean + half);
    }

    /// <summary>
    /// The sample that an interval of <see cref="Interval"/> was made of: its variance is read back from the width, which the interval fixes. For those who
    /// were given the interval and not the sums.
    /// </summary>
    public static Sample SampleOf(Estimate interval, double count, double confidence = 0.95)
    {
        if (interval is not { Low: { } low, High: { } high } || count < 2) return new(count, interval.Value, null);
        var error = (high - low) / 2 / StudentT.TwoSided(confidence, count - 1);
        return new(count, interval.Value, error * error * count);
    }

    /// <summary>
    /// Welch's test and interval for two means of unequal variances, with Satterthwaite's degrees of freedom (B. L. Welch, Biometrika 34
    /// (1947) 28-35). Null when either sample has fewer than two observations or nothing varies: then there is nothing to test.
    /// </summary>
    public static MeanDifference? Welch(Sample first, Sample second, double confidence = 0.95)
    {
        var (v1, v2) = (first.Variance / first.Count, second.Variance / second.Count);
        if (v1 is not { } a || v2 is not { } b || a + b == 0) return null;
        var df = (a + b) * (a + b) / ((a * a / (first.Count - 1)) + (b * b / (second.Count - 1)));
        return Difference(first, second, a + b, df, confidence);
    }

    /// <summary>Student's two-sample test with one pooled variance. Null as for <see cref="Welch"/>. Prefer Welch.</summary>
    public static MeanDifference? Pooled(Sample first, Sample second, double confidence = 0.95)
    {
        if (first.Variance is not { } a || second.Variance is not { } b || a + b == 0) return null;
        var df = first.Count + second.Count - 2;
        var pooled = (((first.Count - 1) * a) + ((second.Count - 1) * b)) / df;
        return Difference(first, second, pooled * ((1 / first.Count) + (1 / second.Count)), df, confidence);
    }

    private static MeanDifference Difference(Sample first, Sample second, double variance, double df, double confidence)
    {
        var difference = first.Mean - second.Mean;
        var error = Math.Sqrt(variance);
        var half = StudentT.TwoSided(confidence, df) * error;
        var t = difference / error;
        return new(new(difference, difference - half, difference + half), new(t, df, StudentT.TwoSidedP(t, df)));
    }
}
