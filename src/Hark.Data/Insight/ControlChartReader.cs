using Hark.Data.Metrics;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Statistics.Charts;

namespace Hark.Data.Insight;

/// <summary>A day of a control chart.</summary>
/// <param name="N">Signals of the day.</param>
/// <param name="Point">Share (p-chart) or count (u-chart) with limits that know the weekday; the value is null on days with too few signals to show.</param>
/// <param name="Ewma">The moving average of standardised values, with its limits.</param>
/// <param name="Cusum">The two sums of standardised values.</param>
public sealed record ControlDay(DateTimeOffset Day, long N, ControlPoint Point, ControlPoint Ewma, CusumPoint Cusum);

/// <summary>A change of level, by its first day.</summary>
public sealed record LevelChange(DateTimeOffset Day, double Before, double After);

/// <summary>A series by days, and where its level changed.</summary>
public sealed record ControlSeries(Metric Metric, IReadOnlyList<ControlDay> Days, IReadOnlyList<LevelChange> Changes);

/// <summary>Control charts of counts and of negative rates, from the daily sums of the aggregates.</summary>
public sealed class ControlChartReader(MetricReader metrics)
{
    private const double Lambda = 0.2, Allowance = 0.5, Interval = 5;

    /// <param name="query">By day, of <see cref="Metric.Count"/> or <see cref="Metric.NegativeRate"/>, without groups.</param>
    public async Task<Result<ControlSeries>> ReadAsync(WorkspaceSnapshot workspace, MetricQuery query, CancellationToken cancellation = default)
    {
        var rows = await metrics.ReadAsync(workspace, query, cancellation);
        if (rows.Error is { } error) return error;
        var points = rows.Value.Select(r => Point(query.Metric, r)).ToArray();
        var profile = WeekProfile.Of(points, 7);
        var usual = points.Select((_, i) => profile[i]).ToArray();
        var chart = query.Metric == Metric.Count ? ControlChart.Counts(points, usual: usual) : ControlChart.Shares(points, usual: usual);
        var standard = chart.Select(p => p.Value is { } value && p.High > p.Centre ? (value - p.Centre) / ((p.High - p.Centre) / 3) : 0).ToArray();
        var (ewma, cusum) = (Ewma.Chart(standard, 0, 1, Lambda), new Cusum(0, Allowance, Interval).Chart(standard));
        var days = rows.Value.Select((r, i) => new ControlDay(r.BucketAt, r.Value.N, r.Suppressed ? chart[i] with { Value = null } : chart[i], ewma[i], cusum[i])).ToList();
        var changes = ChangePoints.Find(standard, 7).Select(c => new LevelChange(days[c.Index].Day, Level(points, usual, days, c.Index, before: true), Level(points, usual, days, c.Index, before: false)));
        return new ControlSeries(query.Metric, days, [.. changes]);
    }

    // A suppressed day tells nothing, so it counts for nothing.
    private static SeriesPoint Point(Metric metric, MetricRow row) => metric == Metric.Count
        ? new(row.Value.N, 1)
        : row.Suppressed || row.Value.Value is not { } share ? default : new(share.Value * row.Value.N, row.Value.N);

    // The rate of the fortnight before or after a change, freed from the weekday.
    private static double Level(SeriesPoint[] points, double[] usual, List<ControlDay> days, int index, bool before)
    {
        var (from, to) = before ? (Math.Max(0, index - 14), index) : (index, Math.Min(days.Count, index + 14));
        var (events, exposure) = (0.0, 0.0);
        for (var i = from; i < to; i++)
        {
            events += points[i].Events;
            exposure += points[i].Exposure * usual[i];
        }

        return exposure > 0 ? events / exposure : 0;
    }
}
