using Hark.Domain.Statistics.Charts;

namespace Hark.Data.Alerts;

/// <summary>When an alert opens and when it is over. Pure.</summary>
internal static class AlertRules
{
    /// <summary>Days that are compared with: eight weeks, and the window of up to a week that is looked at.</summary>
    public const int Baseline = 56, Window = 7;

    /// <summary>An alert is over when a whole week is no longer unusual at this level.</summary>
    private const double OverAt = 0.01;

    private const int Season = 7;

    /// <summary>The surge that ends with a day, or null when it was as usual.</summary>
    public static Surge? Opens(SeriesPoint[] points, int day)
    {
        // What did not happen at all in a week cannot be a surge; most series end here.
        var recent = points.AsSpan(Math.Max(0, day - Window + 1), Math.Min(Window, day + 1));
        var events = 0.0;
        foreach (var point in recent) events += point.Events;
        if (events < 3) return null;
        var first = Math.Max(0, day - Baseline - Window + 1);
        return SurgeTest.Of(points.AsSpan()[first..(day + 1)], Season, share: true) is { } surge && surge.P < SurgeTest.AlertAt ? surge : null;
    }

    /// <summary>Whether the week up to a day is as usual again, compared with the time before the alert.</summary>
    /// <param name="opened">The day on which it fired.</param>
    public static bool IsOver(SeriesPoint[] points, int opened, int day)
    {
        if (day < opened + Window) return false;
        var before = points.AsSpan()[Math.Max(0, opened - Baseline - Window + 1)..Math.Max(0, opened - Window + 1)];
        if (before.Length < 3 * Season) return true;
        return SurgeTest.Of([.. before, .. points.AsSpan()[(day - Window + 1)..(day + 1)]], Season, share: true) is not { } surge || surge.P >= OverAt;
    }
}
