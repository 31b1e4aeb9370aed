using Hark.Data.Aggregates;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Statistics.Charts;

namespace Hark.Data.Alerts;

/// <summary>Reads the watched series from the day cells of the aggregates: its cost depends on days and values, not on signals.</summary>
internal static class AlertSeriesReader
{
    /// <summary>Negative signals among those judged, of each value.</summary>
    private static readonly string[] Rates = [Dimensions.All, Dimensions.Touchpoint, Dimensions.Location, Dimensions.Sku, Dimensions.Source];

    private static readonly string Sql = $"""
        SELECT dimension, value, bucket_at, CAST(SUM(signals) AS bigint), CAST(SUM(judged) AS bigint), CAST(SUM(negatives) AS bigint)
        FROM aggregate_cells
        WHERE workspace_id = @workspace AND grain = 'day' AND dimension IN ({string.Join(", ", Rates.Append(Dimensions.Issue).Append(Dimensions.Topic).Select(d => $"'{d}'"))})
          AND bucket_at >= @from AND bucket_at <= @to
        GROUP BY dimension, value, bucket_at
        """;

    /// <summary>The days from the first with any signal; none while there are no signals.</summary>
    public static async Task<AlertDays> ReadAsync(HarkDbContext db, ISqlDialect dialect, WorkspaceSnapshot workspace, DateTimeOffset from, DateTimeOffset today, CancellationToken cancellation)
    {
        var rows = new List<(string Dimension, string Value, DateTimeOffset Day, long Signals, long Judged, long Negatives)>();
        await using (var command = await db.CommandAsync(Sql, cancellation))
        {
            dialect.Add(command, "workspace", workspace.WorkspaceId);
            dialect.Add(command, "from", from);
            dialect.Add(command, "to", today);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                rows.Add((reader.GetString(0), reader.GetString(1), dialect.ReadTime(reader, 2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5)));
        }

        var all = rows.Where(r => r.Dimension == Dimensions.All && r.Signals > 0).ToDictionary(r => r.Day, r => r.Signals);
        var days = Days(workspace, all.Keys.Append(today).Min(), today);
        if (all.Count == 0) return new(days, []);
        var places = days.Select((day, i) => (day, i)).ToDictionary(d => d.day, d => d.i);
        var series = rows.GroupBy(r => (r.Dimension, r.Value)).Select(g => Series(g.Key.Dimension, g.Key.Value, g));
        return new(days, [.. series]);

        AlertSeries Series(string dimension, string value, IEnumerable<(string Dimension, string Value, DateTimeOffset Day, long Signals, long Judged, long Negatives)> of)
        {
            // A share of all signals of the day, so that a day half over or a source that was added is no surge.
            var rate = Rates.Contains(dimension);
            var measure = rate ? AlertMeasure.NegativeRate : dimension == Dimensions.Issue ? AlertMeasure.Signals : AlertMeasure.Negatives;
            var points = rate ? new SeriesPoint[days.Count] : [.. days.Select(d => new SeriesPoint(0, all.GetValueOrDefault(d)))];
            foreach (var row in of)
            {
                if (!places.TryGetValue(row.Day, out var i)) continue;
                points[i] = rate ? new(row.Negatives, row.Judged) : new(measure == AlertMeasure.Signals ? row.Signals : row.Negatives, all.GetValueOrDefault(row.Day));
            }

            return new(measure, dimension, value, points);
        }
    }

    private static List<DateTimeOffset> Days(WorkspaceSnapshot workspace, DateTimeOffset first, DateTimeOffset today)
    {
        var (zone, days) = (new ZoneDays(workspace.Workspace.TimeZone), new List<DateTimeOffset>());
        for (var day = zone.StartOf(first); day <= today; day = zone.EndOf(day)) days.Add(day);
        return days;
    }
}
