namespace Hark.Domain.Statistics;

/// <summary>Counts of things that happen one by one (Poisson): how many times the usual, and what is usual.</summary>
public static class Counts
{
    /// <summary>
    /// The rate of <paramref name="now"/> over the rate of <paramref name="before"/> with its exact interval: given the sum of both, the first is binomial
    /// (J. Przyborowski and H. Wilenski, Biometrika 31 (1940) 313-323), its share by Clopper and Pearson. Null when nothing happened before: then there is no
    /// usual to compare with. The upper limit is null when the data set none.
    /// </summary>
    /// <param name="nowFor">Length of the time in which <paramref name="now"/> was counted, in any unit.</param>
    /// <param name="beforeFor">The same for <paramref name="before"/>.</param>
    public static Estimate? Ratio(long now, double nowFor, long before, double beforeFor, double confidence = 0.95)
    {
        if (before == 0) return null;
        var share = Proportions.ClopperPearson(now, now + before, confidence)!.Value;
        var scale = beforeFor / nowFor;
        return new(scale * now / before, Odds(share.Low!.Value), share.High < 1 ? Odds(share.High!.Value) : null);

        double Odds(double p) => scale * p / (1 - p);
    }

    /// <summary>
    /// Where the next count of equal periods is expected: Student's prediction interval about their mean, with at least the spread that a Poisson count has, so
    /// that a few periods that happened to be alike do not make a narrow one. Null under three periods. Not below 0.
    /// </summary>
    public static Estimate? Usual(ReadOnlySpan<long> before, double confidence = 0.95)
    {
        if (before.Length < 3) return null;
        var values = new double[before.Length];
        for (var i = 0; i < values.Length; i++) values[i] = before[i];
        var sample = Sample.Of(values);
        var spread = Math.Sqrt(Math.Max(sample.Mean, sample.Variance!.Value) * (1 + (1.0 / values.Length)));
        var half = StudentT.TwoSided(confidence, values.Length - 1) * spread;
        return new(sample.Mean, Math.Max(0, sample.Mean - half), sample.Mean + half);
    }
}
