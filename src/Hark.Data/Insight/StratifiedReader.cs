using Hark.Data.Metrics;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Insight;
using Hark.Domain.Statistics;

namespace Hark.Data.Insight;

/// <summary>One stratum: how many answered, its weight and its value; the value is null where too few answered.</summary>
public sealed record StratumRow(string? Value, long N, double Population, double Weight, double? Metric);

/// <summary>A metric weighted to the customer base, beside the plain one.</summary>
/// <param name="Weighted">Its interval is that of as many equal answers as the weights leave.</param>
public sealed record StratifiedValue(Estimate? Weighted, Estimate? Plain, long N, double? DesignEffect, double? EffectiveN, IReadOnlyList<StratumRow> Strata, StratumWeights Weights);

/// <summary>Weights answers to what the customers are like (<see cref="CustomerBase"/>), so that those who answer often do not speak for all.</summary>
public sealed class StratifiedReader(MetricReader metrics)
{
    public static IReadOnlyList<Metric> Metrics { get; } = [Metric.Nps, Metric.Csat, Metric.Score, Metric.NegativeRate];

    public static CustomerBase BaseOf(WorkspaceSnapshot workspace) =>
        workspace.Documents.TryGetValue(DocumentKind.CustomerBase, out var document) && CustomerBase.Parse(document.Document, Aggregates.Dimensions.Names) is { Ok: true } read ? read.Value : CustomerBase.None;

    /// <param name="query">Over one period, without groups.</param>
    /// <returns><c>invalid</c> while the customer base is not known.</returns>
    public async Task<Result<StratifiedValue>> ReadAsync(WorkspaceSnapshot workspace, MetricQuery query, CancellationToken cancellation = default)
    {
        var known = BaseOf(workspace);
        if (known.Strata.Count == 0) return Error.Invalid("metric", "needs the customer base: save how many customers there are by a dimension under /api/v1/customer-base first");
        // Strata under the minimum are weighed, too, but not told.
        var rows = await metrics.ReadAsync(workspace, query with { GroupBy = [known.Dimension], MinimumCount = 0 }, cancellation);
        if (rows.Error is { } error) return error;
        var answered = rows.Value.Where(r => r.Value is { N: > 0, Value: not null }).ToList();
        var sizes = answered.Select(r => new StratumSize(r.Group[0] ?? "", r.Value.N, r.Group[0] is { } name ? known.Strata.GetValueOrDefault(name) : 0))
            .Concat(known.Strata.Where(s => answered.TrueForAll(r => r.Group[0] != s.Key)).Select(s => new StratumSize(s.Key, 0, s.Value))).ToList();
        var (weights, n) = (PostStratification.Of(sizes), answered.Sum(r => r.Value.N));
        var hidden = Suppression.Hide([.. answered.Select(r => r.Value.N)], query.MinimumCount);
        var strata = answered.Select((r, i) => new StratumRow(
            r.Group[0], r.Value.N, r.Group[0] is { } name ? known.Strata.GetValueOrDefault(name) : 0, weights.ByStratum[r.Group[0] ?? ""], hidden[i] ? null : r.Value.Value!.Value.Value));
        var tooFew = n == 0 || n < query.MinimumCount;
        return new StratifiedValue(
            tooFew ? null : Combine(query.Metric, answered, r => weights.ByStratum[r.Group[0] ?? ""], weights.Total.EffectiveCount ?? n),
            tooFew ? null : Combine(query.Metric, answered, _ => 1, n), n, weights.Total.DesignEffect, weights.Total.EffectiveCount, [.. strata], weights);
    }

    private static Estimate? Combine(Metric metric, List<MetricRow> rows, Func<MetricRow, double> weight, double effective)
    {
        var total = rows.Sum(r => r.Value.N * weight(r));
        return metric switch
        {
            Metric.Nps => NetPromoter.Score(effective * Share("promoters"), effective * Share("passives"), effective * Share("detractors")),
            Metric.Csat or Metric.NegativeRate => Proportions.Wilson(Math.Min(effective, effective * Mean()), effective),
            _ => Means.Interval(new(effective, Mean(), Variance())),
        };

        double Mean() => rows.Sum(r => r.Value.N * weight(r) * r.Value.Value!.Value.Value) / total;

        double Share(string part) => rows.Sum(r => weight(r) * (r.Value.Parts.First(p => p.Name == part).Value ?? 0)) / total;

        // Of one answer: within the strata and between them.
        double Variance() => rows.Sum(r =>
        {
            var sample = Means.SampleOf(r.Value.Value!.Value, r.Value.N);
            return r.Value.N * weight(r) * ((sample.Variance ?? 0) + ((sample.Mean - Mean()) * (sample.Mean - Mean())));
        }) / total;
    }
}
