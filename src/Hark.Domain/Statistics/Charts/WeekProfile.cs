namespace Hark.Domain.Statistics.Charts;

/// <summary>
/// How the phases of a period (the days of a week, the hours of a day) usually compare with its mean: 1 for no difference. Each phase is drawn towards 1 as far as
/// its difference may be chance (DerSimonian and Laird 1986), so that three quiet Sundays do not make a rule.
/// </summary>
public sealed class WeekProfile
{
    private readonly double[] _factors;

    private WeekProfile(double[] factors) => _factors = factors;

    /// <summary>The factor of a point: its index modulo the period.</summary>
    public double this[int index] => _factors[index % _factors.Length];

    /// <summary>The profile of points in order, the first one being of phase 0. All ones while there are fewer than three periods.</summary>
    public static WeekProfile Of(ReadOnlySpan<SeriesPoint> points, int period)
    {
        var factors = new double[period];
        Array.Fill(factors, 1.0);
        if (period < 2 || points.Length < 3 * period) return new(factors);
        var (events, exposure) = (new double[period], new double[period]);
        for (var i = 0; i < points.Length; i++)
        {
            events[i % period] += points[i].Events;
            exposure[i % period] += points[i].Exposure;
        }

        if (events.Sum() > 0) Shrink(factors, points, events, exposure);
        return new(factors);
    }

    private static void Shrink(double[] factors, ReadOnlySpan<SeriesPoint> points, double[] events, double[] exposure)
    {
        var rate = events.Sum() / exposure.Sum();
        var dispersion = Dispersion(points, events, exposure);
        var (spread, weight, squares, phases) = (0.0, 0.0, 0.0, 0);
        for (var s = 0; s < factors.Length; s++)
        {
            if (!(exposure[s] > 0)) continue;
            var precision = rate * exposure[s] / dispersion;
            var distance = (events[s] / exposure[s] / rate) - 1;
            spread += precision * distance * distance;
            weight += precision;
            squares += precision * precision;
            phases++;
        }

        if (phases < 2) return;
        var between = Math.Max(0, (spread - (phases - 1)) / (weight - (squares / weight)));
        for (var s = 0; s < factors.Length; s++)
        {
            if (!(exposure[s] > 0)) continue;
            var own = between / (between + (dispersion / (rate * exposure[s])));
            factors[s] = 1 + (own * ((events[s] / exposure[s] / rate) - 1));
        }
    }

    // Pearson's chi-squared within phases over its degrees of freedom: 1 for Poisson counts.
    private static double Dispersion(ReadOnlySpan<SeriesPoint> points, double[] events, double[] exposure)
    {
        var sum = 0.0;
        for (var i = 0; i < points.Length; i++)
        {
            var s = i % events.Length;
            var expected = exposure[s] > 0 ? events[s] / exposure[s] * points[i].Exposure : 0;
            if (expected > 0) sum += (points[i].Events - expected) * (points[i].Events - expected) / expected;
        }

        return Math.Max(0.05, sum / (points.Length - events.Length));
    }
}
