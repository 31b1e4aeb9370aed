using System.Data.Common;
using Hark.Data.Queries;
using Hark.Data.Signals;
using Hark.Data.Store;

namespace Hark.Data.Metrics;

/// <summary>
/// Reads sums from the facts: for the edges of a period, and for questions that the aggregates cannot answer. The cost is that of the signals in the period, by
/// ranges of the index on the time of occurrence.
/// </summary>
internal static class FactSums
{
    /// <summary>The sums of <c>aggregate_cells</c>, from <c>signals s</c>: what <see cref="Aggregates.AggregateDeltas"/> adds up one by one.</summary>
    private static readonly Dictionary<string, string> Expressions = new(StringComparer.Ordinal)
    {
        ["signals"] = "COUNT(*)",
        ["comments"] = "SUM(CASE WHEN s.has_text THEN 1 ELSE 0 END)",
        ["judged"] = "COUNT(s.negative)",
        ["negatives"] = "SUM(CASE WHEN s.negative THEN 1 ELSE 0 END)",
        ["scored"] = "COUNT(s.score_milli)",
        ["score_sum"] = "SUM(CAST(s.score_milli AS bigint))",
        ["score_squares"] = "SUM(CAST(s.score_milli AS bigint) * s.score_milli)",
        ["nps_count"] = Count("nps"),
        ["promoters"] = Count("nps", ">= 9"),
        ["detractors"] = Count("nps", "<= 6"),
        ["csat_count"] = Count("csat"),
        ["csat_sum"] = Sum("csat", "s.rating_value"),
        ["csat_squares"] = Sum("csat", "s.rating_value * s.rating_value"),
        ["csat_top"] = Count("csat", ">= 4"),
        ["ces_count"] = Count("ces"),
        ["ces_sum"] = Sum("ces", "s.rating_value"),
        ["ces_squares"] = Sum("ces", "s.rating_value * s.rating_value"),
        ["ces_top"] = Count("ces", ">= 5"),
    };

    public static async Task ReadAsync(HarkDbContext db, ISqlDialect dialect, MetricQuery query, IEnumerable<Piece> pieces, IReadOnlyList<string> names,
        GroupedSums into, CancellationToken cancellation)
    {
        var dimensions = query.GroupBy.Select(g => SignalDimension.All[g]).ToList();
        foreach (var arms in pieces.Chunk(CellSums.ArmsAtOnce))
        {
            var sql = await query.Filter.ToSqlAsync(db, dialect, query.WorkspaceId, cancellation);
            await using var command = await db.CommandAsync(string.Join("\nUNION ALL\n", arms.Select(a => Arm(a, sql, dimensions, names))), cancellation);
            dialect.Add(command, "workspace", query.WorkspaceId);
            sql.Bind(command);
            var sums = new long[names.Count];
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                var bucket = into.BucketOf(dialect.ReadTime(reader, 0));
                for (var i = 0; i < sums.Length; i++) sums[i] = reader.GetInt64(1 + dimensions.Count + i);
                foreach (var key in Keys(reader, dialect, query, dimensions)) into.Add(key, bucket, sums);
            }
        }
    }

    private static string Arm(Piece piece, SqlConditions sql, List<SignalDimension> dimensions, IReadOnlyList<string> names)
    {
        var columns = string.Concat(dimensions.Select(d => ", " + d.Sql));
        return $"""
            SELECT MIN(s.occurred_at){columns}, {string.Join(", ", names.Select(n => $"CAST(COALESCE({Expressions[n]}, 0) AS bigint)"))}
            FROM signals s
            WHERE s.workspace_id = @workspace AND s.occurred_at >= {sql.Value(piece.From)} AND s.occurred_at < {sql.Value(piece.To)}{sql}
            {(dimensions.Count == 0 ? "HAVING COUNT(*) > 0" : $"GROUP BY {columns[2..]}")}
            """;
    }

    /// <summary>The groups of a row: one, or one for each value of a dimension that has several (and none for none).</summary>
    private static IEnumerable<GroupKey> Keys(DbDataReader reader, ISqlDialect dialect, MetricQuery query, List<SignalDimension> dimensions)
    {
        if (dimensions.Count == 0) return [default];
        var first = Values(reader, dialect, query, dimensions[0], 1);
        if (dimensions.Count == 1) return first.Select(f => new GroupKey(f, null));
        var second = Values(reader, dialect, query, dimensions[1], 2).ToList();
        return first.SelectMany(f => second.Select(s => new GroupKey(f, s)));
    }

    private static IEnumerable<string?> Values(DbDataReader reader, ISqlDialect dialect, MetricQuery query, SignalDimension dimension, int column)
    {
        if (dimension.Type == ColumnType.Uuid) return [dialect.ReadGuid(reader, column).ToString("N")];
        if (!dimension.HasSeveral) return [reader.Text(column)];
        var values = dimension.Split(reader.Text(column));
        return query.Filter.Values.TryGetValue(dimension.Name, out var wanted) ? values.Where(v => wanted.Contains(v)) : values;
    }

    private static string Count(string scale, string condition = "IS NOT NULL") =>
        $"SUM(CASE WHEN s.rating_scale = '{scale}' AND s.rating_value {condition} THEN 1 ELSE 0 END)";

    private static string Sum(string scale, string value) => $"SUM(CASE WHEN s.rating_scale = '{scale}' THEN {value} ELSE 0 END)";
}
