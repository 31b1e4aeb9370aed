using Hark.Data.Queries;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Statistics;

namespace Hark.Data.Metrics;

/// <summary>How many signals there are.</summary>
public sealed record ValueCount(string Value, long N);

/// <summary>
/// Counts the signals of a period by every value of several dimensions at once, from the aggregates alone: one statement, whose cost depends on days times values and
/// not on signals.
/// </summary>
public sealed class ValueCounts(HarkStore store)
{
    /// <param name="from">A whole hour, like <paramref name="to"/>.</param>
    /// <returns>By dimension; the most frequent value first. Values that no signal has are missing.</returns>
    public async Task<ILookup<string, ValueCount>> ReadAsync(WorkspaceSnapshot workspace, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<string> dimensions,
        CancellationToken cancellation = default)
    {
        var pieces = Pieces(workspace, from, to);
        await using var db = store.Read();
        var sql = new SqlConditions(store.Dialect);
        var wanted = sql.AnyOf("dimension", ColumnType.Text, dimensions);
        await using var command = await db.CommandAsync($"""
            SELECT dimension, value, CAST(SUM(n) AS bigint) FROM (
            {string.Join("\nUNION ALL\n", pieces.Select(p => $"""
                SELECT dimension, value, SUM(signals) AS n FROM aggregate_cells
                WHERE workspace_id = @workspace AND grain = '{(p.Kind == PieceKind.Days ? "day" : "hour")}' AND {wanted}
                  AND bucket_at >= {sql.Value(p.From)} AND bucket_at < {sql.Value(p.To)} GROUP BY dimension, value
                """))}
            ) c GROUP BY dimension, value HAVING SUM(n) > 0 ORDER BY 1, 3 DESC, 2
            """, cancellation);
        store.Dialect.Add(command, "workspace", workspace.WorkspaceId);
        sql.Bind(command);
        var found = new List<(string Dimension, ValueCount Count)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) found.Add((reader.GetString(0), new(reader.GetString(1), reader.GetInt64(2))));
        return found.ToLookup(f => f.Dimension, f => f.Count, StringComparer.Ordinal);
    }

    /// <summary>The days and hours of a period.</summary>
    internal static IReadOnlyList<Piece> Pieces(WorkspaceSnapshot workspace, DateTimeOffset from, DateTimeOffset to) =>
    [
        .. MetricPlan.Of(new MetricQuery
        {
            WorkspaceId = workspace.WorkspaceId,
            Metric = Metric.Count,
            Buckets = [new TimeBucket(from, to, from)],
            WorkspaceZone = workspace.Workspace.TimeZone,
            MinimumCount = 0,
            Now = to,
        }).Pieces.Where(p => p.Kind != PieceKind.Facts),
    ];
}
