namespace Hark.Domain.Statistics.Charts;

/// <summary>What was seen in the last periods beside what was usual before.</summary>
/// <param name="Periods">How many periods were looked at together.</param>
/// <param name="Observed">Events in them.</param>
/// <param name="Expected">Events that were usual for them.</param>
/// <param name="Exposure">Their exposure: answers for a share.</param>
/// <param name="P">Chance of so many or more, with the usual no higher than before.</param>
public readonly record struct Surge(int Periods, double Observed, double Expected, double Exposure, double P);

/// <summary>
/// Whether the last periods are more than what was usual before them. Compares them with the baseline by the exact test of two Poisson rates, so that the
/// uncertainty of a short baseline counts too, allows for the weekly profile, for a spread wider than Poisson's and for neighbours that resemble each other.
/// </summary>
public static class SurgeTest
{
    /// <summary>
    /// The p-value at which the product alerts. So small because many series are looked at many times a day: a workspace of fifty series should be alarmed by chance
    /// about once a year.
    /// </summary>
    public const double AlertAt = 1e-5;

    private static readonly int[] Windows = [1, 3, 7];

    /// <summary>
    /// The most surprising of the windows of 1, 3 and 7 periods that end with the series; its p-value counts all three looks (Bonferroni). Null while the baseline is
    /// shorter than three seasons.
    /// </summary>
    /// <param name="points">In order, the newest last.</param>
    /// <param name="season">Periods of a season: 7 for days.</param>
    /// <param name="share">Whether events are a part of the exposure (a share), whose spread is less than Poisson's.</param>
    public static Surge? Of(ReadOnlySpan<SeriesPoint> points, int season, bool share)
    {
        Surge? worst = null;
        foreach (var window in Windows)
        {
            if (points.Length - window < 3 * season) continue;
            if (Look(points, window, season, share) is { } surge && (worst is not { } w || surge.P < w.P)) worst = surge;
        }

        return worst is { } found ? found with { P = Math.Min(1, Windows.Length * found.P) } : null;
    }

    private static Surge? Look(ReadOnlySpan<SeriesPoint> points, int window, int season, bool share)
    {
        var baseline = points[..^window];
        var profile = WeekProfile.Of(baseline, season);
        var (events, exposure) = (0.0, 0.0);
        for (var i = 0; i < baseline.Length; i++)
        {
            events += baseline[i].Events;
            exposure += baseline[i].Exposure * profile[i];
        }

        var (seen, own, plain) = (0.0, 0.0, 0.0);
        for (var i = baseline.Length; i < points.Length; i++)
        {
            seen += points[i].Events;
            own += points[i].Exposure * profile[i];
            plain += points[i].Exposure;
        }

        if (!(exposure > 0) || !(own > 0)) return null;
        var spread = Spread(baseline, profile, events / exposure, season, share, window > 1);
        return new(window, seen, events / exposure * own, plain, seen > 0 ? UpperTail(seen / spread, events / spread, own / (own + exposure)) : 1);
    }

    // Given all events, those of the window are binomial (Przyborowski and Wilenski 1940); the tail of the binomial is an incomplete beta function.
    private static double UpperTail(double seen, double before, double share) => SpecialFunctions.Beta(seen, before + 1, share);

    // How many times wider than Poisson's the variance is, here of sums when neighbours resemble each other: (1 + r) / (1 - r) for a first-order process.
    private static double Spread(ReadOnlySpan<SeriesPoint> baseline, WeekProfile profile, double rate, int season, bool share, bool sums)
    {
        var floor = share ? Math.Max(0.05, 1 - rate) : 1;
        if (rate == 0) return floor;
        var (squares, neighbours, last) = (0.0, 0.0, 0.0);
        for (var i = 0; i < baseline.Length; i++)
        {
            var expected = rate * profile[i] * baseline[i].Exposure;
            var residual = expected > 0 ? (baseline[i].Events - expected) / Math.Sqrt(expected) : 0;
            squares += residual * residual;
            neighbours += residual * last;
            last = residual;
        }

        var alike = sums && squares > 0 ? Math.Clamp(neighbours / squares, 0, 0.9) : 0;
        return Math.Max(floor, squares / (baseline.Length - season) * (1 + alike) / (1 - alike));
    }
}
