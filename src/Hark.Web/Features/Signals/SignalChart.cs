using Hark.Data.Metrics;
using Hark.Data.Signals;
using Hark.Domain.Statistics;

namespace Hark.Web.Features.Signals;

/// <summary>One stretch of the chart.</summary>
/// <param name="N">Signals; null where it was not looked at.</param>
/// <param name="Negative">Of these the negative ones.</param>
/// <param name="Value">Score or negative share; null for volume, for nobody, and for too few.</param>
public sealed record ChartBar(DateTimeOffset Start, DateTimeOffset End, DateTimeOffset At, long? N, long Negative, Estimate? Value, long ValueN);

/// <summary>A chart of the present filter.</summary>
/// <param name="Usual">The usual number of a stretch, by those before the last full one; null where there is none.</param>
/// <param name="Unusual">Whether the last full stretch is above (1), below (−1) or within (0) it.</param>
public sealed record SignalChart(SignalMeasure Show, TimeGrain Grain, IReadOnlyList<ChartBar> Bars, Estimate? Usual, int Unusual);

/// <summary>Answers the filter as a chart: from the aggregates where they can tell, else by counting the newest signals.</summary>
internal sealed class ReadChart(MetricReader metrics)
{
    public async Task<SignalChart> RunAsync(SignalsRequest request, SignalSample sample, CancellationToken cancellation)
    {
        TimeBuckets.TryCreate(request.From, request.To, request.Grain, request.Workspace.Workspace.TimeZone, out var buckets, out _);
        var bars = !sample.IsWhole && MetricPlan.Of(Query(request, Metric.Count, buckets)).Dimension is not null
            ? await FromAggregatesAsync(request, buckets, cancellation) : FromSample(request, sample, buckets);
        return WithUsual(request, bars);
    }

    private async Task<IReadOnlyList<ChartBar>> FromAggregatesAsync(SignalsRequest request, IReadOnlyList<TimeBucket> buckets, CancellationToken cancellation)
    {
        var counts = (await metrics.ReadAsync(request.Workspace, Query(request, Metric.Count, buckets), cancellation)).Value;
        var negatives = (await metrics.ReadAsync(request.Workspace, Query(request, Metric.NegativeRate, buckets), cancellation)).Value;
        var values = request.Show == SignalMeasure.Score ? (await metrics.ReadAsync(request.Workspace, Query(request, Metric.Score, buckets), cancellation)).Value : negatives;
        return [.. buckets.Select((b, i) => Bar(request, b, counts[i].Value.N, (long)(negatives[i].Value.Parts[0].Value ?? 0), values[i].Value))];
    }

    private static IReadOnlyList<ChartBar> FromSample(SignalsRequest request, SignalSample sample, IReadOnlyList<TimeBucket> buckets)
    {
        var sums = buckets.Select(_ => new long[6]).ToArray();
        foreach (var signal in sample.Signals) Add(sums[TimeBuckets.IndexOf(buckets, signal.OccurredAt)], signal);
        return [.. buckets.Select((b, i) => sample.Since > b.Start ? new ChartBar(b.Start, b.End, b.Label, null, 0, null, 0) : Bar(request, b, sums[i][0], sums[i][2], Value(request, sums[i])))];
    }

    /// <summary>Signals, judged, negative, scored, sum of scores, sum of their squares.</summary>
    private static void Add(long[] sums, SampledSignal signal)
    {
        sums[0]++;
        if (signal.Negative is { } negative) (sums[1], sums[2]) = (sums[1] + 1, sums[2] + (negative ? 1 : 0));
        if (signal.ScoreMilli is { } score) (sums[3], sums[4], sums[5]) = (sums[3] + 1, sums[4] + score, sums[5] + ((long)score * score));
    }

    private static MetricValue Value(SignalsRequest request, long[] s) => request.Show == SignalMeasure.Score
        ? SignalMetric.Find(Metric.Score)!.Value([s[0], s[3], s[4], s[5]]) : SignalMetric.Find(Metric.NegativeRate)!.Value([s[0], s[1], s[2]]);

    private static ChartBar Bar(SignalsRequest request, TimeBucket bucket, long n, long negative, MetricValue value) => new(bucket.Start, bucket.End, bucket.Label, n, negative,
        request.Show == SignalMeasure.Volume || value.N < request.Workspace.Workspace.MinimumCount ? null : value.Value, value.N);

    private static SignalChart WithUsual(SignalsRequest request, IReadOnlyList<ChartBar> bars)
    {
        // Only full stretches are compared: the first may begin and the last may end in the middle of a week.
        var full = bars.Where(b => b.N is not null && b.End <= request.Now).Skip(1).ToList();
        if (request.Show != SignalMeasure.Volume || full.Count < 4) return new(request.Show, request.Grain, bars, null, 0);
        var usual = Counts.Usual([.. full.SkipLast(1).Select(b => b.N!.Value)]);
        var last = full[^1].N!.Value;
        return new(request.Show, request.Grain, bars, usual, usual is not { } u ? 0 : last > u.High ? 1 : last < u.Low ? -1 : 0);
    }

    private static MetricQuery Query(SignalsRequest request, Metric metric, IReadOnlyList<TimeBucket> buckets) => new()
    {
        WorkspaceId = request.Workspace.WorkspaceId,
        Metric = metric,
        Buckets = buckets,
        WorkspaceZone = request.Workspace.Workspace.TimeZone,
        Filter = request.Numbers,
        MinimumCount = 0,
        Now = request.Now,
    };
}
