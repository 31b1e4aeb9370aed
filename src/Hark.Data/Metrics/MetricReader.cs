using Hark.Data.Aggregates;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;

namespace Hark.Data.Metrics;

/// <summary>
/// Answers metrics: query → plan → sums → empty buckets → intervals → suppression. Pages, the API and exports all ask here.
/// </summary>
/// <remarks>
/// A metric over signals by at most one dimension comes from the aggregates and does not cost more with more signals; see docs/benchmarks.md, "dashboards".
/// </remarks>
public sealed class MetricReader(HarkStore store)
{
    /// <summary>Rows by bucket, then by group; every group has a row in every bucket.</summary>
    public async Task<Result<IReadOnlyList<MetricRow>>> ReadAsync(WorkspaceSnapshot workspace, MetricQuery query, CancellationToken cancellation = default)
    {
        try
        {
            await using var db = store.Read();
            return Result.From(SignalMetric.Find(query.Metric) is { } metric
                ? await OverSignalsAsync(db, workspace, query, metric, cancellation)
                : await new CaseMetrics(db, store.Dialect, workspace, query).ReadAsync(cancellation));
        }
        catch (TooManyRowsException)
        {
            return TooManyRowsException.Error;
        }
    }

    private async Task<IReadOnlyList<MetricRow>> OverSignalsAsync(HarkDbContext db, WorkspaceSnapshot workspace, MetricQuery query, SignalMetric metric,
        CancellationToken cancellation)
    {
        var plan = MetricPlan.Of(query);
        var sums = new GroupedSums(query.Buckets, metric.Sums.Count);
        if (plan.Dimension is { } dimension)
            await CellSums.ReadAsync(db, store.Dialect, query, dimension, plan.Pieces.Where(p => p.Kind != PieceKind.Facts), metric.Sums, sums, cancellation);
        await FactSums.ReadAsync(db, store.Dialect, query, plan.Pieces.Where(p => p.Kind == PieceKind.Facts), metric.Sums, sums, cancellation);
        // Cells whose signals have moved away stay with zeros: no group for those. Values that were asked for by name are shown though there is nothing.
        foreach (var empty in sums.Groups.Where(g => sums.Total(g) == 0)) sums.Remove(empty);
        foreach (var asked in Asked(query)) sums.Group(asked);
        return MetricRows.Of(query, sums.Groups, (g, b) => metric.Value(sums.Cell(g, b).ToArray()), metric.IsCount, g => Names(workspace, query, g));
    }

    private static IEnumerable<GroupKey> Asked(MetricQuery query) => query.GroupBy.Count switch
    {
        0 => [default],
        1 when query.Filter.Values.TryGetValue(query.GroupBy[0], out var values) => values.Select(v => new GroupKey(v, null)),
        _ => [],
    };

    /// <summary>Sources by their names; one that is gone keeps its id.</summary>
    private static GroupKey Names(WorkspaceSnapshot workspace, MetricQuery query, GroupKey group) => query.GroupBy.ToList().IndexOf(Dimensions.Source) switch
    {
        0 => group with { First = SourceName(workspace, group.First) },
        1 => group with { Second = SourceName(workspace, group.Second) },
        _ => group,
    };

    private static string? SourceName(WorkspaceSnapshot workspace, string? id) =>
        id is not null && workspace.SourceById.TryGetValue(Guid.ParseExact(id, "N"), out var source) ? source.Name : id;
}
