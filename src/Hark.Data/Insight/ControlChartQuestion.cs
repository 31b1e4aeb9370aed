using Hark.Data.Metrics;
using Hark.Data.Queries;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Statistics;

namespace Hark.Data.Insight;

/// <summary>Reads what a control chart is of: a metric by days.</summary>
public static class ControlChartQuestion
{
    public static IReadOnlyList<Metric> Metrics { get; } = [Metric.NegativeRate, Metric.Count];

    public static Result<MetricQuery> Read(QueryParameters query, WorkspaceSnapshot workspace, IReadOnlySet<Guid>? teams, DateTimeOffset now)
    {
        var name = query.One("metric") ?? EnumNames<Metric>.Of(Metric.NegativeRate);
        if (!EnumNames<Metric>.TryParse(name, out var metric) || !Metrics.Contains(metric))
            query.Errors.Add("metric", $"must be one of {string.Join(", ", Metrics.Select(EnumNames<Metric>.Of))}");
        var period = InsightPeriod.Read(query, workspace, teams, now);
        query.RefuseUnknown();
        if (query.Error is { } error) return error;
        if (!TimeBuckets.TryCreate(period.From, period.To, TimeGrain.Day, workspace.Workspace.TimeZone, out var buckets, out var problem)) return Error.Invalid(problem.Field, problem.Reason);
        return new MetricQuery
        {
            WorkspaceId = workspace.WorkspaceId,
            Metric = metric,
            Buckets = buckets,
            WorkspaceZone = workspace.Workspace.TimeZone,
            Filter = period.Filter,
            MinimumCount = workspace.Workspace.MinimumCount,
            Now = now,
        };
    }
}
