using Hark.Domain.Statistics;

namespace Hark.Data.Metrics;

/// <summary>
/// How a metric over signals is computed from sums. The sums are whole numbers that do not depend on the order of the signals, so aggregates and facts
/// give the very same value.
/// </summary>
/// <param name="Sums">Names of <c>aggregate_cells</c> columns; <c>signals</c> is always the first.</param>
/// <param name="Value">From those sums, in that order.</param>
/// <param name="IsCount">A plain number of signals, which is shown however small it is.</param>
public sealed record SignalMetric(IReadOnlyList<string> Sums, Func<long[], MetricValue> Value, bool IsCount = false)
{
    private static readonly Dictionary<Metric, SignalMetric> Known = new()
    {
        [Metric.Count] = new(["signals"], s => MetricValue.Of(s[0], new(s[0], null, null)), IsCount: true),
        [Metric.Nps] = new(["signals", "nps_count", "promoters", "detractors"], s => Nps(s[2], s[1] - s[2] - s[3], s[3])),
        [Metric.Csat] = new(["signals", "csat_count", "csat_top"], s => Share(s[2], s[1], "top")),
        [Metric.CsatMean] = new(["signals", "csat_count", "csat_sum", "csat_squares"], s => Mean(s[1], s[2], s[3], 1)),
        [Metric.CesMean] = new(["signals", "ces_count", "ces_sum", "ces_squares"], s => Mean(s[1], s[2], s[3], 1)),
        [Metric.Score] = new(["signals", "scored", "score_sum", "score_squares"], s => Mean(s[1], s[2], s[3], 1000)),
        [Metric.NegativeRate] = new(["signals", "judged", "negatives"], s => Share(s[2], s[1], "negative")),
        [Metric.CommentRate] = new(["signals", "comments"], s => Share(s[1], s[0], "comments")),
        [Metric.ResponseRate] = new(["signals"], _ => MetricValue.Of(0, null)),
    };

    /// <summary>The definition, or null for a metric over cases.</summary>
    public static SignalMetric? Find(Metric metric) => Known.GetValueOrDefault(metric);

    private static MetricValue Nps(long promoters, long passives, long detractors) => MetricValue.Of(
        promoters + passives + detractors, NetPromoter.Score(promoters, passives, detractors),
        ("promoters", promoters), ("passives", passives), ("detractors", detractors));

    private static MetricValue Share(long part, long n, string name) => MetricValue.Of(n, Proportions.Wilson(part, n), (name, part));

    /// <summary>Mean and Student interval of whole numbers that are <paramref name="unit"/> times the values. Exact up to the last division.</summary>
    private static MetricValue Mean(long n, long sum, long squares, double unit)
    {
        if (n == 0) return MetricValue.Of(0, null);
        var spread = ((Int128)n * squares) - ((Int128)sum * sum);
        var variance = n > 1 ? (double)spread / ((double)n * (n - 1)) / (unit * unit) : (double?)null;
        return MetricValue.Of(n, Means.Interval(new Sample(n, sum / (n * unit), variance)));
    }
}
