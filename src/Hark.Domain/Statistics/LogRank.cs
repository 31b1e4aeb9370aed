namespace Hark.Domain.Statistics;

/// <summary>What the log-rank test compared, beside its result: ends seen and ends expected in each group if the two were alike.</summary>
public readonly record struct LogRankResult(int Observed1, double Expected1, int Observed2, double Expected2, TestResult Test);

/// <summary>Compares two groups of durations over their whole course, with censored ones counted honestly.</summary>
public static class LogRank
{
    /// <summary>
    /// The log-rank test with the hypergeometric variance, one degree of freedom (N. Mantel, Cancer Chemotherapy Reports 50 (1966) 163-170; R. Peto and
    /// J. Peto, JRSS A 135 (1972) 185-207). Null when no end was seen while both groups were watched. Cost: one sort of each group.
    /// </summary>
    public static LogRankResult? Compare(ReadOnlySpan<Observation> first, ReadOnlySpan<Observation> second)
    {
        var (a, b) = (KaplanMeier.Fit(first), KaplanMeier.Fit(second));
        double expected = 0, variance = 0;
        int observed1 = 0, observed2 = 0;
        for (int i = 0, j = 0; i < a.Steps.Count || j < b.Steps.Count;)
        {
            var time = Math.Min(TimeOf(a, i), TimeOf(b, j));
            var d1 = TimeOf(a, i) == time ? a.Steps[i++].Events : 0;
            var d2 = TimeOf(b, j) == time ? b.Steps[j++].Events : 0;
            double n1 = a.WatchedTo(time), n2 = b.WatchedTo(time);
            var (n, d) = (n1 + n2, d1 + d2);
            observed1 += d1;
            observed2 += d2;
            expected += d * n1 / n;
            if (n > 1) variance += d * (n1 / n) * (n2 / n) * (n - d) / (n - 1);
        }

        if (variance == 0) return null;
        var distance = observed1 - expected;
        var statistic = distance * distance / variance;
        return new(observed1, expected, observed2, observed1 + observed2 - expected, new(statistic, 1, ChiSquared.UpperTail(statistic, 1)));
    }

    private static long TimeOf(KaplanMeier curve, int step) => step < curve.Steps.Count ? curve.Steps[step].Time : long.MaxValue;
}
