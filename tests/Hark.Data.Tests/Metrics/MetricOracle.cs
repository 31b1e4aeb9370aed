using Hark.Data.Metrics;
using Hark.Data.Model;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Statistics;

namespace Hark.Data.Tests.Metrics;

/// <summary>The plainest way to answer a metric: go through all signals for every bucket and group. What the store says must be the same.</summary>
internal static class MetricOracle
{
    public sealed record Line(DateTimeOffset BucketAt, string? First, string? Second, long N, Estimate? Value, double?[] Parts);

    public static List<Line> Answer(SignalStore store, IEnumerable<Signal> signals, MetricQuery query)
    {
        var wanted = signals.Where(s => s.OccurredAt >= query.From && s.OccurredAt < query.To && Matches(s, query)).ToList();
        var groups = wanted.SelectMany(s => Groups(s, query)).Distinct().ToList();
        if (query.GroupBy.Count == 0) groups = [default];
        if (query.GroupBy.Count == 1 && query.Filter.Values.TryGetValue(query.GroupBy[0], out var asked))
            groups = [.. groups.Union(asked.Select(a => ((string?)a, (string?)null)))];
        var lines = new List<Line>();
        foreach (var bucket in query.Buckets)
            foreach (var group in groups)
            {
                var members = wanted.Where(s => s.OccurredAt >= bucket.Start && s.OccurredAt < bucket.End).SelectMany(s => Groups(s, query).Where(g => g == group).Select(_ => s)).ToList();
                var (n, value, parts) = Compute(query.Metric, members);
                lines.Add(new(bucket.Label, Name(store, query, 0, group.First), Name(store, query, 1, group.Second), n, value, parts));
            }
        return [.. lines.OrderBy(l => l.BucketAt).ThenBy(l => l.First is null).ThenBy(l => l.First, StringComparer.Ordinal)
            .ThenBy(l => l.Second is null).ThenBy(l => l.Second, StringComparer.Ordinal)];
    }

    public static IEnumerable<string?> Values(Signal s, string dimension) => dimension switch
    {
        "channel" => [EnumNames<Channel>.Of(s.Channel)],
        "kind" => [EnumNames<SignalKind>.Of(s.Kind)],
        "source" => [s.SourceId.ToString("N")],
        "touchpoint" => One(s.Touchpoint),
        "language" => One(s.Language),
        "cohort" => One(s.Cohort),
        "location" => One(s.Location),
        "sku" => One(s.Sku),
        "issue" => One(s.Issue),
        "severity" => [EnumNames<Severity>.Of(s.Severity)],
        "sentiment" => One(s.SentimentLabel is { } l ? EnumNames<SentimentLabel>.Of(l) : null),
        "persona" => One(s.Persona),
        "topic" => s is { HasText: true, Topics: null } ? ["not_understood"] : SignalJson.Topics(s.Topics).Select(string? (t) => t.Key),
        "segment" => SignalJson.Strings(s.Segments).Select(string? (v) => v),
        "tag" => SignalJson.Strings(s.Tags).Select(string? (v) => v),
        _ => throw new ArgumentOutOfRangeException(nameof(dimension)),
    };

    private static string?[] One(string? value) => [value];

    private static bool Matches(Signal s, MetricQuery query) =>
        query.Filter.Values.All(f => Values(s, f.Key).Any(v => v is not null && f.Value.Contains(v)))
        && (query.Filter.ScoreMin is not { } min || s.ScoreMilli >= min) && (query.Filter.ScoreMax is not { } max || s.ScoreMilli <= max);

    private static IEnumerable<(string? First, string? Second)> Groups(Signal s, MetricQuery query)
    {
        IEnumerable<string?> Of(string dimension) =>
            Values(s, dimension).Where(v => !query.Filter.Values.TryGetValue(dimension, out var only) || only.Contains(v!));
        if (query.GroupBy.Count == 0) return [default];
        return query.GroupBy.Count == 1 ? Of(query.GroupBy[0]).Select(v => (v, (string?)null)) : Of(query.GroupBy[0]).SelectMany(a => Of(query.GroupBy[1]).Select(b => (a, b)));
    }

    private static string? Name(SignalStore store, MetricQuery query, int index, string? value) =>
        index < query.GroupBy.Count && query.GroupBy[index] == "source" && value is not null ? store.Workspace.SourceById[Guid.ParseExact(value, "N")].Name : value;

    private static (long, Estimate?, double?[]) Compute(Metric metric, List<Signal> signals)
    {
        double[] Of(RatingScale scale) => [.. signals.Where(s => s.RatingScale == scale).Select(s => s.RatingValue!.Value)];
        switch (metric)
        {
            case Metric.Count: return (signals.Count, new(signals.Count, null, null), []);
            case Metric.Nps:
                var nps = Of(RatingScale.Nps);
                var (p, d) = (nps.Count(v => v >= 9), nps.Count(v => v <= 6));
                return (nps.Length, NetPromoter.Score(p, nps.Length - p - d, d), [p, nps.Length - p - d, d]);
            case Metric.Csat: return Share([.. Of(RatingScale.Csat).Select(v => v >= 4)]);
            case Metric.CsatMean: return Mean(Of(RatingScale.Csat));
            case Metric.CesMean: return Mean(Of(RatingScale.Ces));
            case Metric.Score: return Mean([.. signals.Where(s => s.ScoreMilli is not null).Select(s => s.ScoreMilli!.Value / 1000.0)]);
            case Metric.NegativeRate: return Share([.. signals.Where(s => s.Negative is not null).Select(s => s.Negative!.Value)]);
            case Metric.CommentRate: return Share([.. signals.Select(s => s.HasText)]);
            case Metric.ResponseRate: return (0, null, []);
            default: throw new ArgumentOutOfRangeException(nameof(metric));
        }
    }

    private static (long, Estimate?, double?[]) Share(bool[] values) => (values.Length, Proportions.Wilson(values.Count(v => v), values.Length), [values.Count(v => v)]);

    private static (long, Estimate?, double?[]) Mean(double[] values) => (values.Length, values.Length == 0 ? null : Means.Interval(Sample.Of(values)), []);
}
