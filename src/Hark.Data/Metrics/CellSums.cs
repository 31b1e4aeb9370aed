using Hark.Data.Aggregates;
using Hark.Data.Queries;
using Hark.Data.Signals;
using Hark.Data.Store;

namespace Hark.Data.Metrics;

/// <summary>
/// Reads sums from <c>aggregate_cells</c>: one range of its key for each piece of time. The cost depends on days or hours times values, not on signals.
/// </summary>
internal static class CellSums
{
    /// <summary>SELECTs joined in one statement: enough to save round trips, few enough to compile at once.</summary>
    public const int ArmsAtOnce = 50;

    /// <param name="pieces">Days and hours.</param>
    public static async Task ReadAsync(HarkDbContext db, ISqlDialect dialect, MetricQuery query, string dimension, IEnumerable<Piece> pieces,
        IReadOnlyList<string> names, GroupedSums into, CancellationToken cancellation)
    {
        var group = query.GroupBy.Count == 0 ? "" : "dimension, value";
        foreach (var arms in pieces.Chunk(ArmsAtOnce))
        {
            var sql = new SqlConditions(dialect);
            // With groups also everything, in the same statement: what has no value in the dimension is what is left of it.
            sql.Add(WantsRest(query, dimension) ? $"dimension IN ('{dimension}', '{Dimensions.All}')" : $"dimension = '{dimension}'");
            if (query.Filter.Values.TryGetValue(dimension, out var values)) sql.Add(sql.AnyOf("value", ColumnType.Text, values));
            await using var command = await db.CommandAsync(string.Join("\nUNION ALL\n", arms.Select(a => Arm(a, sql, group, names))), cancellation);
            dialect.Add(command, "workspace", query.WorkspaceId);
            sql.Bind(command);
            var sums = new long[names.Count];
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                var bucket = into.BucketOf(dialect.ReadTime(reader, 0));
                for (var i = 0; i < sums.Length; i++) sums[i] = reader.GetInt64(3 + i);
                if (query.GroupBy.Count == 0 || reader.GetString(1) == Dimensions.All) into.Add(default, bucket, sums);
                else Move(into, new(reader.GetString(2), null), bucket, sums, WantsRest(query, dimension));
            }
        }
    }

    /// <summary>Whether signals without a value are a group: where they can be told from those with several values, and are not filtered out.</summary>
    private static bool WantsRest(MetricQuery query, string dimension) =>
        query.GroupBy.Count == 1 && !query.Filter.Values.ContainsKey(dimension) && !SignalDimension.All[dimension].HasSeveral;

    private static string Arm(Piece piece, SqlConditions sql, string group, IReadOnlyList<string> names)
    {
        // A piece of one bucket is one row for each group; the time of any of its cells tells which bucket.
        string[] by = [.. new[] { group, piece.Bucket is null ? "bucket_at" : "" }.Where(g => g.Length > 0)];
        return $"""
            SELECT MIN(bucket_at), {(group.Length > 0 ? group : "'', ''")}, {string.Join(", ", names.Select(n => $"CAST(SUM({n}) AS bigint)"))}
            FROM aggregate_cells
            WHERE workspace_id = @workspace AND grain = '{(piece.Kind == PieceKind.Days ? "day" : "hour")}'
              AND bucket_at >= {sql.Value(piece.From)} AND bucket_at < {sql.Value(piece.To)}{sql}
            {(by.Length == 0 ? "HAVING COUNT(*) > 0" : $"GROUP BY {string.Join(", ", by)}")}
            """;
    }

    /// <summary>Adds to a group and takes it from the rest.</summary>
    private static void Move(GroupedSums into, GroupKey key, int bucket, long[] sums, bool hasRest)
    {
        into.Add(key, bucket, sums);
        if (!hasRest) return;
        var rest = into.Cell(default, bucket);
        for (var i = 0; i < sums.Length; i++) rest[i] -= sums[i];
    }
}
