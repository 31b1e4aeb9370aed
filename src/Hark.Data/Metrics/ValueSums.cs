using Hark.Data.Queries;
using Hark.Data.Store;
using Hark.Data.Workspaces;

namespace Hark.Data.Metrics;

/// <summary>
/// The sums behind a metric by every value of one dimension, from the aggregates alone: for whoever puts values together before a metric is made of them. One statement, whose cost
/// depends on days times values and not on signals.
/// </summary>
public sealed class ValueSums(HarkStore store)
{
    /// <param name="from">A whole hour, like <paramref name="to"/>.</param>
    /// <returns>By value, in the order of <see cref="SignalMetric.Sums"/>. Values that no signal has are missing.</returns>
    public async Task<IReadOnlyDictionary<string, long[]>> ReadAsync(WorkspaceSnapshot workspace, DateTimeOffset from, DateTimeOffset to, string dimension, SignalMetric metric,
        CancellationToken cancellation = default)
    {
        var sums = new Dictionary<string, long[]>(StringComparer.Ordinal);
        if (from >= to) return sums;
        var pieces = ValueCounts.Pieces(workspace, from, to);
        await using var db = store.Read();
        var sql = new SqlConditions(store.Dialect);
        var columns = string.Join(", ", metric.Sums.Select(s => $"CAST(SUM({s}) AS bigint)"));
        await using var command = await db.CommandAsync(string.Join("\nUNION ALL\n", pieces.Select(p => $"""
            SELECT value, {columns} FROM aggregate_cells
            WHERE workspace_id = @workspace AND grain = '{(p.Kind == PieceKind.Days ? "day" : "hour")}' AND dimension = @dimension
              AND bucket_at >= {sql.Value(p.From)} AND bucket_at < {sql.Value(p.To)} GROUP BY value
            """)), cancellation);
        store.Dialect.Add(command, "workspace", workspace.WorkspaceId);
        store.Dialect.Add(command, "dimension", dimension);
        sql.Bind(command);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (!sums.TryGetValue(reader.GetString(0), out var into)) sums[reader.GetString(0)] = into = new long[metric.Sums.Count];
            for (var i = 0; i < into.Length; i++) into[i] += reader.GetInt64(i + 1);
        }
        return sums.Where(s => s.Value[0] > 0).ToDictionary(StringComparer.Ordinal);
    }
}
