using Hark.Data.Signals;
using Hark.Data.Store;

namespace Hark.Data.Facts;

/// <summary>Finds the facts that a question over many dimensions is about.</summary>
public sealed class FactQuery(HarkStore store, FactStore facts)
{
    /// <summary>Signals looked at when words, a person or an account are asked for, which the facts in memory do not have.</summary>
    public const int MostFound = 100_000;

    /// <summary>Newest signals of one person that count (<see cref="FactSelection.Of"/>).</summary>
    public const int MostPerPerson = 5;

    public async Task<FactSelection> SelectAsync(Guid workspaceId, SignalFilter filter, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default)
    {
        var inMemory = filter is { Contact: null, Account: null, Search: null, Scope: null };
        var table = inMemory ? await facts.GetAsync(workspaceId, cancellation) : await FindAsync(workspaceId, filter, from, to, cancellation);
        return FactSelection.Of(table, filter, from, to, MostPerPerson);
    }

    private async Task<FactTable> FindAsync(Guid workspaceId, SignalFilter filter, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        await using var db = store.Read();
        var (names, blocks) = (new FactNames(), new List<FactBlock>());
        var query = new SignalListQuery(workspaceId, from, to, filter, null, MostFound);
        await using var command = await query.ToCommandAsync(db, store.Dialect, cancellation, FactRow.Select);
        var row = new FactRow(store.Dialect, names);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var last = to;
        while (await reader.ReadAsync(cancellation))
        {
            if (blocks.Count == 0 || blocks[^1].Count == FactBlock.Rows) blocks.Add(new());
            row.Read(reader, blocks[^1], blocks[^1].Count);
            blocks[^1].Count++;
            last = store.Dialect.ReadTime(reader, 1);
        }

        return new(names, blocks, blocks.Sum(b => b.Count) == MostFound ? last : null, NewestFirst: true);
    }
}
