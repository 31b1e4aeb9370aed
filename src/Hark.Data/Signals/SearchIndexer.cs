using System.Text.Json;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Domain.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Hark.Data.Signals;

/// <summary>
/// Keeps the full-text index up with the words: intake leaves a row in <c>search_queue</c>, this takes it away in the transaction that indexes the signal. So each change
/// is indexed exactly once, by whichever node comes first, and none is lost.
/// </summary>
/// <remarks>
/// A change that commits while its signal is being indexed waits for that (its queue row is the one being deleted), then leaves a new row. A signal without words, because
/// they were erased, is taken out of the index. Idle costs one seek.
/// </remarks>
public sealed class SearchIndexer(HarkStore store)
{
    public const int BatchSize = 500;

    // MATERIALIZED: the inner SELECT must run once; a planner that repeats it would lock more rows than the limit.
    private string TakeSql => $"""
        WITH waiting AS MATERIALIZED (SELECT signal_id FROM search_queue WHERE workspace_id = @workspace ORDER BY signal_id LIMIT @limit {store.Dialect.SkipLocked})
        DELETE FROM search_queue WHERE workspace_id = @workspace AND signal_id IN (SELECT signal_id FROM waiting) RETURNING signal_id
        """;

    private string WordsSql => $"SELECT signal_id, text, answers FROM verbatims WHERE workspace_id = @workspace AND {store.Dialect.AnyOf("signal_id", "ids", ColumnType.Uuid)}";

    /// <summary>Wakes the worker of this process. Notify it after a commit that queued something.</summary>
    public WakeSignal Wake { get; } = new();

    /// <summary>Indexes what waits, up to <paramref name="limit"/> signals; returns how many it was. Fewer than the limit: nothing more is waiting.</summary>
    public async Task<int> RunAsync(Guid workspaceId, int limit = BatchSize, CancellationToken cancellation = default)
    {
        // Looked at first without the turn to write: that is nearly always all there is to do.
        if (!await AnyAsync(workspaceId, cancellation)) return 0;
        return await store.WriteAsync(async db =>
        {
            var ids = await TakeAsync(db, workspaceId, limit, cancellation);
            if (ids.Count == 0) return 0;
            var words = await WordsAsync(db, workspaceId, ids, cancellation);
            var (connection, transaction) = (db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction());
            await store.Dialect.ExecuteEachAsync(connection, transaction, store.Dialect.Search.Put,
                [.. words.Select(w => new SearchEntry(workspaceId, w.Key, w.Value))], cancellation);
            await store.Dialect.ExecuteEachAsync(connection, transaction, store.Dialect.Search.Remove,
                [.. ids.Where(id => !words.ContainsKey(id)).Select(id => new SearchEntry(workspaceId, id, null))], cancellation);
            return ids.Count;
        }, cancellation);
    }

    /// <summary>
    /// Folds the index together until nothing of removed signals is written in it. A step at a time, each in a transaction of its own; for a million signals that is minutes of
    /// background work, during which everything else goes on.
    /// </summary>
    public async Task FoldAsync(CancellationToken cancellation = default)
    {
        var steps = store.Dialect.Search.Fold;
        if (steps.Count == 0) return;
        await ChangesAsync(steps[0], cancellation);
        while (await ChangesAsync(steps[^1], cancellation) > 1)
        {
            // FTS5 counts two changes for a step that merged something.
        }
    }

    private Task<long> ChangesAsync(string step, CancellationToken cancellation) => store.WriteAsync(async db =>
    {
        var before = await TotalAsync(db, cancellation);
        await using (var command = await db.CommandAsync(step, cancellation)) await command.ExecuteNonQueryAsync(cancellation);
        return await TotalAsync(db, cancellation) - before;
    }, cancellation);

    private static async Task<long> TotalAsync(HarkDbContext db, CancellationToken cancellation)
    {
        await using var command = await db.CommandAsync("SELECT total_changes()", cancellation);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellation), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<bool> AnyAsync(Guid workspaceId, CancellationToken cancellation)
    {
        await using var db = store.Read();
        await using var command = await db.CommandAsync("SELECT 1 FROM search_queue WHERE workspace_id = @workspace LIMIT 1", cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        return await command.ExecuteScalarAsync(cancellation) is not null;
    }

    private async Task<List<Guid>> TakeAsync(HarkDbContext db, Guid workspaceId, int limit, CancellationToken cancellation)
    {
        await using var command = await db.CommandAsync(TakeSql, cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        store.Dialect.Add(command, "limit", limit);
        var ids = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) ids.Add(store.Dialect.ReadGuid(reader, 0));
        return ids;
    }

    /// <summary>The documents of those signals that have words.</summary>
    private async Task<Dictionary<Guid, string>> WordsAsync(HarkDbContext db, Guid workspaceId, List<Guid> ids, CancellationToken cancellation)
    {
        await using var command = await db.CommandAsync(WordsSql, cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        store.Dialect.AddArray(command, "ids", ColumnType.Uuid, ids);
        var documents = new Dictionary<Guid, string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            if (Words(reader.Text(1), reader.Text(2)) is { Count: > 0 } words) documents[store.Dialect.ReadGuid(reader, 0)] = store.Dialect.Search.Document(words);
        return documents;
    }

    /// <summary>The text and the texts of further answers. Between them a word that nobody can ask for, so that no phrase spans two.</summary>
    private static List<string> Words(string? text, string? answers)
    {
        List<string> words = text is null ? [] : [.. SearchText.Words(text)];
        foreach (var answer in SignalJson.Answers(answers).Where(a => a.Value.Kind == JsonValueKind.String))
        {
            if (words.Count > 0) words.Add(SearchText.Gap);
            words.AddRange(SearchText.Words(answer.Value.Text!));
        }
        return words;
    }
}
