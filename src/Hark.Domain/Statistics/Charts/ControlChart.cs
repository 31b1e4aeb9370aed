namespace Hark.Domain.Statistics.Charts;

/// <summary>What happened in one period: how many times, out of how much (answers for a share; 1, or a length of time, for a count).</summary>
public readonly record struct SeriesPoint(double Events, double Exposure)
{
    /// <summary>Null where there was nothing to happen in.</summary>
    public double? Rate => Exposure > 0 ? Events / Exposure : null;
}

/// <summary>One point of a control chart with its centre line and its limits.</summary>
public readonly record struct ControlPoint(double? Value, double Centre, double Low, double High)
{
    public bool Outside => Value < Low || Value > High;
}

/// <summary>
/// Shewhart's charts of shares (p) and of counts over unequal exposures (u): NIST/SEMATECH e-Handbook of Statistical Methods 6.3.3; D. C. Montgomery, Introduction
/// to Statistical Quality Control, ch. 7.
/// </summary>
public static class ControlChart
{
    /// <summary>A share by period about the share of all periods, limits at <paramref name="sigmas"/> binomial standard errors, within 0 to 1.</summary>
    /// <param name="usual">How each period usually compares with the mean (<see cref="WeekProfile"/>); none for no seasonality.</param>
    public static IReadOnlyList<ControlPoint> Shares(ReadOnlySpan<SeriesPoint> points, double sigmas = 3, ReadOnlySpan<double> usual = default) =>
        Chart(points, sigmas, usual, (centre, exposure) => centre * (1 - centre) / exposure, 1);

    /// <summary>Counts by exposure about the rate of all periods, limits at <paramref name="sigmas"/> Poisson standard errors, not below 0. With exposures of 1 the c-chart.</summary>
    public static IReadOnlyList<ControlPoint> Counts(ReadOnlySpan<SeriesPoint> points, double sigmas = 3, ReadOnlySpan<double> usual = default) =>
        Chart(points, sigmas, usual, (centre, exposure) => centre / exposure, double.PositiveInfinity);

    private static List<ControlPoint> Chart(ReadOnlySpan<SeriesPoint> points, double sigmas, ReadOnlySpan<double> usual, Func<double, double, double> variance, double most)
    {
        double events = 0, exposure = 0;
        for (var i = 0; i < points.Length; i++)
        {
            events += points[i].Events;
            exposure += points[i].Exposure * (usual.IsEmpty ? 1 : usual[i]);
        }

        var chart = new List<ControlPoint>(points.Length);
        for (var i = 0; i < points.Length; i++)
        {
            var centre = exposure > 0 ? Math.Min(most, events / exposure * (usual.IsEmpty ? 1 : usual[i])) : 0;
            var half = points[i].Exposure > 0 ? sigmas * Math.Sqrt(variance(centre, points[i].Exposure)) : 0;
            chart.Add(new(points[i].Rate, centre, Math.Max(0, centre - half), Math.Min(most, centre + half)));
        }

        return chart;
    }
}
