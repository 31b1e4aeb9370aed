using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Sla;
using Hark.Domain.Statistics;

namespace Hark.Data.Metrics;

/// <summary>Metrics over cases, from the cases and clocks themselves: there are far fewer of them than signals.</summary>
internal sealed class CaseMetrics(HarkDbContext db, ISqlDialect dialect, WorkspaceSnapshot workspace, MetricQuery query)
{
    private readonly List<CaseDimension> _dimensions = [.. query.GroupBy.Select(g => CaseDimension.All[g])];

    public Task<IReadOnlyList<MetricRow>> ReadAsync(CancellationToken cancellation) => query.Metric switch
    {
        Metric.CasesOpened => OpenedAsync(cancellation),
        Metric.CasesOpen => OpenAsync(cancellation),
        Metric.TimeToAcknowledge => DurationsAsync(ClockKind.Acknowledge, cancellation),
        Metric.TimeToRespond => DurationsAsync(ClockKind.Respond, cancellation),
        Metric.TimeToResolve => DurationsAsync(ClockKind.Resolve, cancellation),
        Metric.TimeToVerify => DurationsAsync(ClockKind.Verify, cancellation),
        _ => throw new InvalidOperationException($"{query.Metric} is not a metric over cases."),
    };

    private async Task<IReadOnlyList<MetricRow>> OpenedAsync(CancellationToken cancellation)
    {
        var counts = new GroupedSums(query.Buckets, 1);
        var columns = string.Concat(_dimensions.Select(d => $", c.{d.Column}"));
        foreach (var buckets in query.Buckets.Chunk(CellSums.ArmsAtOnce))
        {
            var sql = query.Cases.ToSql(dialect);
            await using var command = await db.CommandAsync(string.Join("\nUNION ALL\n", buckets.Select(b => $"""
                SELECT MIN(c.opened_at), COUNT(*){columns} FROM cases c
                WHERE c.workspace_id = @workspace AND c.opened_at >= {sql.Value(b.Start)} AND c.opened_at < {sql.Value(b.End)}{sql}
                {(columns.Length == 0 ? "HAVING COUNT(*) > 0" : $"GROUP BY {columns[2..]}")}
                """)), cancellation);
            dialect.Add(command, "workspace", query.WorkspaceId);
            sql.Bind(command);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                counts.Add(CaseGroups.Read(reader, dialect, workspace, _dimensions, 2), counts.BucketOf(dialect.ReadTime(reader, 0)), [reader.GetInt64(1)]);
        }
        return Counts(counts);
    }

    private async Task<IReadOnlyList<MetricRow>> OpenAsync(CancellationToken cancellation)
    {
        var changes = new GroupedSums(query.Buckets, 1);
        await OpenCases.ReadAsync(db, dialect, workspace, query, _dimensions, (group, opened, closed) =>
        {
            // Open at the end of every bucket from the one it was opened in to the one before it was closed.
            if (opened >= query.To || closed < query.From) return;
            var first = Math.Max(0, changes.BucketOf(opened));
            var last = closed is { } end && end < query.To ? changes.BucketOf(end) : query.Buckets.Count;
            if (last <= first) return;
            changes.Cell(group, first)[0]++;
            if (last < query.Buckets.Count) changes.Cell(group, last)[0]--;
        }, cancellation);
        foreach (var group in changes.Groups)
            for (var i = 1; i < query.Buckets.Count; i++) changes.Cell(group, i)[0] += changes.Cell(group, i - 1)[0];
        return Counts(changes);
    }

    private IReadOnlyList<MetricRow> Counts(GroupedSums counts)
    {
        if (query.GroupBy.Count == 0) counts.Group(default);
        return MetricRows.Of(query, counts.Groups, (g, b) => counts.Cell(g, b)[0] is var n ? MetricValue.Of(n, new(n, null, null)) : null!, isCount: true, g => g);
    }

    private async Task<IReadOnlyList<MetricRow>> DurationsAsync(ClockKind kind, CancellationToken cancellation)
    {
        var observations = new Dictionary<(GroupKey Group, int Bucket), List<Observation>>();
        var groups = new GroupedSums(query.Buckets, 1);
        await ClockObservations.ReadAsync(db, dialect, workspace, kind, query.From, query.To, query.Cases, query.GroupBy, query.Now, (at, group, observation) =>
        {
            var bucket = groups.BucketOf(at);
            groups.Cell(group, bucket)[0]++;
            if (!observations.TryGetValue((group, bucket), out var list)) observations[(group, bucket)] = list = [];
            list.Add(observation);
        }, cancellation);
        if (query.GroupBy.Count == 0) groups.Group(default);
        return MetricRows.Of(query, groups.Groups, (g, b) => Duration(observations.GetValueOrDefault((g, b))), isCount: false, g => g);
    }

    /// <summary>The median with its interval and the upper quantiles, in seconds; open clocks are censored, so a quantile may not be known yet.</summary>
    private static MetricValue Duration(List<Observation>? observations)
    {
        if (observations is null) return MetricValue.Of(0, null, ("open", 0), ("p50", null), ("p90", null), ("p95", null));
        var curve = KaplanMeier.Fit(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(observations));
        var median = Seconds(curve.Quantile(0.50, SurvivalInterval.Wilson));
        return MetricValue.Of(curve.Count, median, ("open", curve.Censored), ("p50", median?.Value),
            ("p90", curve.Quantile(0.90)?.Value / 1000), ("p95", curve.Quantile(0.95)?.Value / 1000));
    }

    private static Estimate? Seconds(Estimate? milliseconds) =>
        milliseconds is { } e ? new(e.Value / 1000, e.Low / 1000, e.High / 1000) : null;
}
