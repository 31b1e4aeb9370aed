namespace Hark.Domain.Statistics.Charts;

/// <summary>
/// The exponentially weighted moving average chart, which sees small lasting shifts (S. W. Roberts, Technometrics 1 (1959) 239-250; NIST/SEMATECH e-Handbook 6.3.2.4).
/// </summary>
public static class Ewma
{
    /// <summary>Averages the values from <paramref name="target"/> on, with limits for each point.</summary>
    /// <param name="sigma">Standard deviation of one value.</param>
    /// <param name="lambda">Weight of the newest value, 0 to 1; 0.2 to 0.3 is usual.</param>
    /// <param name="width">Limits in standard deviations of the average, usually 3.</param>
    /// <param name="settled">The limits that hold after many points, for all of them; else those of each point, which are narrower at first.</param>
    public static IReadOnlyList<ControlPoint> Chart(ReadOnlySpan<double> values, double target, double sigma, double lambda = 0.3, double width = 3, bool settled = false)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(lambda is > 0 and <= 1, true, nameof(lambda));
        var chart = new List<ControlPoint>(values.Length);
        var average = target;
        for (var i = 0; i < values.Length; i++)
        {
            average = (lambda * values[i]) + ((1 - lambda) * average);
            var part = settled ? 1 : 1 - Math.Pow(1 - lambda, 2 * (i + 1));
            var half = width * sigma * Math.Sqrt(lambda / (2 - lambda) * part);
            chart.Add(new(average, target, target - half, target + half));
        }

        return chart;
    }
}
