using System.Text.Json.Serialization;
using Hark.Data.Metrics;
using Hark.Domain.Sla;
using Hark.Domain.Statistics;

namespace Hark.Web.Features.Metrics;

/// <summary>The answer to a metric: a row for every group in every bucket.</summary>
public sealed record MetricAnswer(Metric Metric, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string> GroupBy, IReadOnlyList<MetricRowView> Rows)
{
    public static MetricAnswer Of(MetricQuery query, IReadOnlyList<MetricRow> rows) =>
        new(query.Metric, query.From, query.To, query.GroupBy, [.. rows.Select(r => MetricRowView.Of(query, r))]);
}

/// <summary>One number.</summary>
/// <param name="Bucket">When the hour, day, week or month begins; the first may begin before the period.</param>
/// <param name="BucketLocal">The same on the wall clock of the asked zone, with its offset.</param>
/// <param name="Group">Value by dimension; null for what has no value in it.</param>
/// <param name="Value">Null where there is nothing to say, or too few to show.</param>
/// <param name="N">People or cases behind it.</param>
/// <param name="Low">95 % interval.</param>
/// <param name="Suppressed">Hidden because there are too few, or because it would tell another one that is.</param>
public sealed record MetricRowView(DateTimeOffset Bucket, string BucketLocal, IReadOnlyDictionary<string, string?> Group, double? Value, long N, double? Low, double? High, bool Suppressed)
{
    /// <summary>What the value is made of, by the metric: counts such as <c>promoters</c>, or <c>p50</c>, <c>p90</c>, <c>p95</c> in seconds.</summary>
    [JsonExtensionData]
    public IDictionary<string, object?> Parts { get; init; } = new Dictionary<string, object?>();

    public static MetricRowView Of(MetricQuery query, MetricRow row) =>
        new(row.BucketAt, LocalTime(row.BucketAt), Names.Of(query.GroupBy, row.Group), row.Value.Value?.Value, row.Value.N, row.Value.Value?.Low, row.Value.Value?.High, row.Suppressed)
        {
            Parts = row.Value.Parts.ToDictionary(p => p.Name, p => (object?)p.Value, StringComparer.Ordinal),
        };

    private static string LocalTime(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A clock's distribution over all cases, and by group where that was asked for.</summary>
public sealed record AttainmentView(ClockKind Clock, DateTimeOffset From, DateTimeOffset To, int N, int Open, IReadOnlyList<TargetView> Targets,
    double? P50Seconds, double? P90Seconds, double? P95Seconds, IReadOnlyList<AttainmentRowView> Rows)
{
    public static AttainmentView Of(AttainmentQuery query, AttainmentAnswer answer)
    {
        var all = answer.All;
        return new(query.Clock, query.From, query.To, all.N, all.Open, TargetView.Of(all), Seconds(all.P50), Seconds(all.P90), Seconds(all.P95),
            [.. answer.Groups.Select(g => AttainmentRowView.Of(Names.Of(query.GroupBy, g.Group), g.Attainment))]);
    }

    internal static double? Seconds(Estimate? milliseconds) => milliseconds?.Value / 1000;
}

/// <summary>The distribution of one group.</summary>
public sealed record AttainmentRowView(IReadOnlyDictionary<string, string?> Group, int N, int Open, IReadOnlyList<TargetView> Targets,
    double? P50Seconds, double? P90Seconds, double? P95Seconds)
{
    public static AttainmentRowView Of(IReadOnlyDictionary<string, string?> group, Attainment a) =>
        new(group, a.N, a.Open, TargetView.Of(a), AttainmentView.Seconds(a.P50), AttainmentView.Seconds(a.P90), AttainmentView.Seconds(a.P95));
}

/// <param name="Target">The promised share, 0 to 1.</param>
/// <param name="Attained">The share done within the time, open cases counted as censored; null where nothing was watched that long.</param>
/// <param name="Low">95 % interval.</param>
public sealed record TargetView(double WithinSeconds, double Target, double? Attained, double? Low, double? High)
{
    public static IReadOnlyList<TargetView> Of(Attainment attainment) =>
        [.. attainment.Targets.Select(t => new TargetView(t.Target.Within / 1000.0, t.Target.Share, t.Attained?.Value, t.Attained?.Low, t.Attained?.High))];
}

internal static class Names
{
    public static IReadOnlyDictionary<string, string?> Of(IReadOnlyList<string> dimensions, IReadOnlyList<string?> values) =>
        dimensions.Zip(values).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
}
