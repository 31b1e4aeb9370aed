using System.Data.Common;
using Hark.Data.Store;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Facts;

/// <summary>Reads a workspace's facts, at first all of them and then only what is new or was changed. For one thread at a time.</summary>
internal sealed class FactLoader(HarkStore store, Guid workspaceId, int most)
{
    /// <summary>Ids are made before they are committed; so what was read this long before the last look is read again.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private readonly HashSet<Guid> _seen = [];
    private FactNames _names = new();
    private List<FactBlock> _blocks = [];
    private DateTimeOffset? _since;
    private DateTimeOffset _lookedAt;

    /// <summary>Brings the facts up to date. Costs two seeks and what is new; the first time everything.</summary>
    public async Task<FactTable> RefreshAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var db = store.Read();
        await db.Database.OpenConnectionAsync(cancellation);
        await using var transaction = await store.Dialect.BeginSnapshotAsync(db.Database.GetDbConnection(), cancellation);
        await db.Database.UseTransactionAsync(transaction, cancellation);
        if (_blocks.Count == 0 || now < _lookedAt) await LoadAllAsync(db, now, cancellation);
        else await CatchUpAsync(db, now, cancellation);
        // A clock that was set back makes ids below those already read: the count tells.
        if (_since is null && await CountAsync(db, cancellation) != _blocks.Sum(b => b.Count)) await LoadAllAsync(db, now, cancellation);
        _lookedAt = now;
        return new(_names, [.. _blocks], _since);
    }

    private async Task LoadAllAsync(HarkDbContext db, DateTimeOffset now, CancellationToken cancellation)
    {
        (_names, _blocks, _since) = (new(), [], null);
        _seen.Clear();
        var from = Guid.Empty;
        if (await FirstOfAsync(db, cancellation) is var (id, receivedAt)) (from, _since) = (id, receivedAt);
        await AppendAsync(db, from, cancellation);
        foreach (var change in await ChangesAsync(db, now - Overlap, cancellation)) _seen.Add(change.ChangeId);
    }

    private async Task CatchUpAsync(HarkDbContext db, DateTimeOffset now, CancellationToken cancellation)
    {
        var changes = (await ChangesAsync(db, _lookedAt - Overlap, cancellation)).Where(c => _seen.Add(c.ChangeId)).Select(c => c.SignalId).Distinct().ToList();
        var from = FirstAt(_lookedAt - Overlap);
        DropFrom(from);
        await AppendAsync(db, from, cancellation);
        foreach (var some in changes.Where(c => c.CompareTo(from) < 0).Chunk(500)) await ReadAgainAsync(db, some, cancellation);
        if (_seen.Count > 10_000) _seen.RemoveWhere(s => s.CompareTo(FirstAt(now - (2 * Overlap))) < 0);
        while (_blocks.Sum(b => b.Count) > most + FactBlock.Rows) DropOldest();
    }

    /// <summary>The least id that can have been made at a time.</summary>
    private static Guid FirstAt(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        var milliseconds = Math.Max(0, time.ToUnixTimeMilliseconds());
        for (var i = 0; i < 6; i++) bytes[i] = (byte)(milliseconds >> (8 * (5 - i)));
        return new(bytes, bigEndian: true);
    }

    private void DropOldest()
    {
        _blocks.RemoveAt(0);
        var milliseconds = 0L;
        foreach (var part in _blocks[0].Ids[0].ToByteArray(bigEndian: true).AsSpan(0, 6)) milliseconds = (milliseconds << 8) | part;
        _since = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }

    private void DropFrom(Guid from)
    {
        while (_blocks.Count > 0 && _blocks[^1].Ids[0].CompareTo(from) >= 0) _blocks.RemoveAt(_blocks.Count - 1);
        if (_blocks.Count == 0) return;
        var kept = _blocks[^1].Ids.AsSpan(0, _blocks[^1].Count).BinarySearch(from);
        _blocks[^1] = _blocks[^1].Copy(kept < 0 ? ~kept : kept);
    }

    // Where to begin when there are more than may be kept.
    private async Task<(Guid Id, DateTimeOffset ReceivedAt)?> FirstOfAsync(HarkDbContext db, CancellationToken cancellation)
    {
        await using var command = await db.CommandAsync(
            $"SELECT signal_id, received_at FROM signals WHERE workspace_id = @workspace ORDER BY workspace_id DESC, signal_id DESC LIMIT 1 OFFSET {most - 1}", cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (store.Dialect.ReadGuid(reader, 0), store.Dialect.ReadTime(reader, 1)) : null;
    }

    private async Task AppendAsync(HarkDbContext db, Guid from, CancellationToken cancellation)
    {
        await using var command = await db.CommandAsync(
            $"SELECT {FactRow.Select} FROM signals s WHERE s.workspace_id = @workspace AND s.signal_id >= @from ORDER BY s.workspace_id, s.signal_id", cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        store.Dialect.Add(command, "from", from);
        var row = new FactRow(store.Dialect, _names);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (_blocks.Count == 0 || _blocks[^1].Count == FactBlock.Rows) _blocks.Add(new());
            row.Read(reader, _blocks[^1], _blocks[^1].Count);
            _blocks[^1].Count++;
        }
    }

    private async Task ReadAgainAsync(HarkDbContext db, IReadOnlyCollection<Guid> signals, CancellationToken cancellation)
    {
        await using var command = await db.CommandAsync(
            $"SELECT {FactRow.Select} FROM signals s WHERE s.workspace_id = @workspace AND {store.Dialect.AnyOf("s.signal_id", "ids", ColumnType.Uuid)} ORDER BY s.signal_id", cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        store.Dialect.AddArray(command, "ids", ColumnType.Uuid, signals);
        var row = new FactRow(store.Dialect, _names);
        var copied = new HashSet<int>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (Find(row.Id(reader)) is not var (block, place)) continue;
            if (copied.Add(block)) _blocks[block] = _blocks[block].Copy(_blocks[block].Count);
            row.Read(reader, _blocks[block], place);
        }
    }

    private (int Block, int Place)? Find(Guid id)
    {
        var block = _blocks.FindLastIndex(b => b.Ids[0].CompareTo(id) <= 0);
        if (block < 0) return null;
        var place = _blocks[block].Ids.AsSpan(0, _blocks[block].Count).BinarySearch(id);
        return place < 0 ? null : (block, place);
    }

    private async Task<List<(Guid ChangeId, Guid SignalId)>> ChangesAsync(HarkDbContext db, DateTimeOffset from, CancellationToken cancellation)
    {
        await using var command = await db.CommandAsync("SELECT change_id, signal_id FROM signal_changes WHERE workspace_id = @workspace AND change_id >= @from", cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        store.Dialect.Add(command, "from", FirstAt(from));
        var changes = new List<(Guid, Guid)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) changes.Add((store.Dialect.ReadGuid(reader, 0), store.Dialect.ReadGuid(reader, 1)));
        return changes;
    }

    private async Task<long> CountAsync(HarkDbContext db, CancellationToken cancellation)
    {
        // From the day cells: exact, and some hundred rows a year instead of all signals.
        await using DbCommand command = await db.CommandAsync(
            "SELECT CAST(COALESCE(SUM(signals), 0) AS bigint) FROM aggregate_cells WHERE workspace_id = @workspace AND grain = 'day' AND dimension = 'all'", cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
