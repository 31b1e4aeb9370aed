using System.Globalization;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Hark.Data.Aggregates;

/// <summary>How much was gone through.</summary>
public sealed record RebuildSummary(long Signals, long Cells, long Differences);

/// <summary>One number of one cell that is not what the facts give.</summary>
public sealed record CellDifference(AggregateGrain Grain, DateTimeOffset BucketAt, string Dimension, string Value, string Measure, long Expected, long Stored)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{EnumNames<AggregateGrain>.Of(Grain)} {BucketAt:yyyy-MM-ddTHH:mmZ} {Dimension}={Value} {Measure}: {Stored} stored, {Expected} by the signals");
}

/// <summary>
/// Computes the aggregates anew from the stored signals, or compares the two. Works through the days in stretches of about <see cref="SignalsAtOnce"/> signals (one day at
/// least), so memory does not grow with the store.
/// </summary>
/// <remarks>
/// <para>
/// Rebuilding replaces a stretch in one transaction in which nobody else can move a cell: on SQLite it is the one writer; on PostgreSQL it locks the table against
/// writers before it reads. A signal committed before has its cells written and is among the facts read; one committed after moves the new cells. So intake goes on
/// between stretches, and every reader sees each cell either as it was or as it should be.
/// </para>
/// <para>Everything lands in shard 0; the nodes go on in their own.</para>
/// </remarks>
public sealed class AggregateRebuild(HarkStore store)
{
    public const int SignalsAtOnce = 5_000;

    private static readonly string BoundsSql = """
        SELECT MIN(moment), MAX(moment) FROM (
            SELECT MIN(occurred_at) AS moment FROM signals WHERE workspace_id = @workspace UNION ALL
            SELECT MAX(occurred_at) FROM signals WHERE workspace_id = @workspace UNION ALL
            SELECT MIN(bucket_at) FROM aggregate_cells WHERE workspace_id = @workspace UNION ALL
            SELECT MAX(bucket_at) FROM aggregate_cells WHERE workspace_id = @workspace) b
        """;

    private static readonly string FactsSql = $"""
        SELECT {SignalColumns.Select} FROM signals s
        WHERE s.workspace_id = @workspace AND s.occurred_at >= @hours AND s.occurred_at < @to ORDER BY s.occurred_at
        """;

    /// <summary>The cells of a stretch: its days, and the hours that begin in it. An hour on the border belongs to the later stretch.</summary>
    private const string InStretch = """
        workspace_id = @workspace
          AND ((grain = 'day' AND bucket_at >= @from AND bucket_at < @to) OR (grain = 'hour' AND bucket_at >= @hours AND bucket_at < @to_hours))
        """;

    private static readonly string StoredSql = $"""
        SELECT grain, dimension, bucket_at, value, {string.Join(", ", AggregateColumns.Measures.Select(m => $"CAST(SUM({m}) AS bigint)"))}
        FROM aggregate_cells WHERE {InStretch} GROUP BY grain, dimension, bucket_at, value
        """;

    /// <summary>Replaces every cell of a workspace.</summary>
    public async Task<RebuildSummary> RebuildAsync(WorkspaceSnapshot workspace, CancellationToken cancellation = default)
    {
        long signals = 0, cells = 0;
        await foreach (var stretch in StretchesAsync(workspace, cancellation))
        {
            var (read, written) = await store.WriteAsync(db => ReplaceAsync(db, workspace, stretch, cancellation), cancellation);
            signals += read;
            cells += written;
        }
        return new(signals, cells, 0);
    }

    /// <summary>Compares every cell of a workspace with what the signals give, and changes nothing.</summary>
    /// <param name="difference">Called for every number that differs.</param>
    public async Task<RebuildSummary> CheckAsync(WorkspaceSnapshot workspace, Action<CellDifference> difference, CancellationToken cancellation = default)
    {
        long signals = 0, cells = 0, differences = 0;
        await foreach (var stretch in StretchesAsync(workspace, cancellation))
        {
            await using var db = store.Read();
            await db.Database.OpenConnectionAsync(cancellation);
            await using var transaction = await store.Dialect.BeginSnapshotAsync(db.Database.GetDbConnection(), cancellation);
            await db.Database.UseTransactionAsync(transaction, cancellation);
            var (read, expected) = await ExpectedAsync(db, workspace, stretch, cancellation);
            var stored = await StoredAsync(db, workspace.WorkspaceId, stretch, cancellation);
            foreach (var found in CellComparison.Differences(expected, stored))
            {
                differences++;
                difference(found);
            }
            signals += read;
            cells += expected.Count;
        }
        return new(signals, cells, differences);
    }

    private async Task<(long Signals, long Cells)> ReplaceAsync(HarkDbContext db, WorkspaceSnapshot workspace, Stretch stretch, CancellationToken cancellation)
    {
        if (store.Dialect.LockAggregates is { Length: > 0 } lockSql) await db.Database.ExecuteSqlRawAsync(lockSql, cancellation);
        var (signals, cells) = await ExpectedAsync(db, workspace, stretch, cancellation);
        await using (var delete = await db.CommandAsync($"DELETE FROM aggregate_cells WHERE {InStretch}", cancellation))
        {
            Bind(delete, workspace.WorkspaceId, stretch);
            await delete.ExecuteNonQueryAsync(cancellation);
        }
        await store.Dialect.InsertAsync(db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction(), AggregateDeltas.Upsert, cells, cancellation);
        return (signals, cells.Count);
    }

    /// <summary>What the cells of a stretch should be, by the signals.</summary>
    private async Task<(long Signals, List<AggregateCell> Cells)> ExpectedAsync(HarkDbContext db, WorkspaceSnapshot workspace, Stretch stretch, CancellationToken cancellation)
    {
        var deltas = new AggregateDeltas(workspace.WorkspaceId, new ZoneDays(workspace.Workspace.TimeZone), shard: 0);
        await using var command = await db.CommandAsync(FactsSql, cancellation);
        Bind(command, workspace.WorkspaceId, stretch, all: false);
        long signals = 0;
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                deltas.Add(SignalColumns.Read(reader, store.Dialect));
                signals++;
            }
        }
        return (signals, [.. deltas.Cells.Where(stretch.Has)]);
    }

    private async Task<List<AggregateCell>> StoredAsync(HarkDbContext db, Guid workspaceId, Stretch stretch, CancellationToken cancellation)
    {
        var cells = new List<AggregateCell>();
        await using var command = await db.CommandAsync(StoredSql, cancellation);
        Bind(command, workspaceId, stretch);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var cell = new AggregateCell
            {
                Grain = EnumNames<AggregateGrain>.Parse(reader.GetString(0)),
                Dimension = reader.GetString(1),
                BucketAt = store.Dialect.ReadTime(reader, 2),
                Value = reader.GetString(3),
            };
            AggregateColumns.ReadMeasures(reader, 4, cell);
            cells.Add(cell);
        }
        return cells;
    }

    /// <summary>Whole days of the workspace's zone, from the first signal or cell to the last.</summary>
    private async IAsyncEnumerable<Stretch> StretchesAsync(WorkspaceSnapshot workspace, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await BoundsAsync(workspace.WorkspaceId, cancellation) is not var (first, last)) yield break;
        var days = new ZoneDays(workspace.Workspace.TimeZone);
        for (var from = days.StartOf(first); from.HourStart() <= last;)
        {
            var reach = await ReachAsync(workspace.WorkspaceId, from.HourStart(), cancellation) ?? last;
            var to = days.EndOf(reach > from ? reach : from);
            yield return new Stretch(from, to);
            from = to;
        }
    }

    private async Task<(DateTimeOffset First, DateTimeOffset Last)?> BoundsAsync(Guid workspaceId, CancellationToken cancellation)
    {
        await using var db = store.Read();
        await using var command = await db.CommandAsync(BoundsSql, cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) && !reader.IsDBNull(0) ? (store.Dialect.ReadTime(reader, 0), store.Dialect.ReadTime(reader, 1)) : null;
    }

    /// <summary>When the last signal of the next stretch occurred; null where fewer are left.</summary>
    private async Task<DateTimeOffset?> ReachAsync(Guid workspaceId, DateTimeOffset from, CancellationToken cancellation)
    {
        await using var db = store.Read();
        await using var command = await db.CommandAsync(
            $"SELECT occurred_at FROM signals WHERE workspace_id = @workspace AND occurred_at >= @from ORDER BY occurred_at LIMIT 1 OFFSET {SignalsAtOnce}", cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        store.Dialect.Add(command, "from", from);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? store.Dialect.ReadTime(reader, 0) : null;
    }

    private void Bind(System.Data.Common.DbCommand command, Guid workspaceId, Stretch stretch, bool all = true)
    {
        store.Dialect.Add(command, "workspace", workspaceId);
        store.Dialect.Add(command, "hours", stretch.Hours);
        store.Dialect.Add(command, "to", stretch.To);
        if (!all) return;
        store.Dialect.Add(command, "from", stretch.From);
        store.Dialect.Add(command, "to_hours", stretch.ToHours);
    }

    /// <param name="From">Start of a day.</param>
    /// <param name="To">Start of a later day.</param>
    private readonly record struct Stretch(DateTimeOffset From, DateTimeOffset To)
    {
        public DateTimeOffset Hours => From.HourStart();
        public DateTimeOffset ToHours => To.HourStart();

        public bool Has(AggregateCell cell) => cell.Grain == AggregateGrain.Day
            ? cell.BucketAt >= From && cell.BucketAt < To
            : cell.BucketAt >= Hours && cell.BucketAt < ToHours;
    }
}
