using System.Globalization;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Understanding;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Hark.Data.Signals;

/// <summary>
/// Keeps the promise of a source about how long words are kept: erases verbatims and their search entries. The facts stay, so no number changes; what is written
/// on a case (its title, its timeline) belongs to the case and stays with it.
/// </summary>
public sealed class OldWords(HarkStore store, TimeProvider time)
{
    /// <summary>Signals in one transaction, so that intake waits for no more than that.</summary>
    public const int Batch = 500;

    /// <summary>Erases the words of all signals of a source that occurred before a moment. Walks the signals before it once, in order of time.</summary>
    /// <returns>How many verbatims were erased; written into the audit log when there were any.</returns>
    public async Task<int> EraseAsync(WorkspaceSnapshot workspace, Source source, DateTimeOffset before, CancellationToken cancellation = default)
    {
        var erased = 0;
        var found = Batch;
        for (var after = DateTimeOffset.MinValue; found == Batch;)
        {
            (found, after) = await store.WriteAsync(db => EraseAsync(db, workspace.WorkspaceId, source.SourceId, after, before, cancellation), cancellation);
            erased += found;
        }
        if (erased > 0) await AuditAsync(workspace.WorkspaceId, source, before, erased, cancellation);
        return erased;
    }

    private async Task<(int Erased, DateTimeOffset After)> EraseAsync(HarkDbContext db, Guid workspaceId, Guid sourceId, DateTimeOffset after, DateTimeOffset before, CancellationToken cancellation)
    {
        var dialect = store.Dialect;
        var old = new List<Guid>();
        await using (var command = await db.CommandAsync(string.Create(CultureInfo.InvariantCulture, $"""
            SELECT s.signal_id, s.occurred_at FROM signals s JOIN verbatims v ON v.workspace_id = s.workspace_id AND v.signal_id = s.signal_id
            WHERE s.workspace_id = @workspace AND s.occurred_at >= @after AND s.occurred_at < @before AND s.source_id = @source ORDER BY s.occurred_at LIMIT {Batch}
            """), cancellation))
        {
            dialect.Add(command, "workspace", workspaceId);
            dialect.Add(command, "source", sourceId);
            dialect.Add(command, "after", after);
            dialect.Add(command, "before", before);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                old.Add(dialect.ReadGuid(reader, 0));
                after = dialect.ReadTime(reader, 1);
            }
        }
        if (old.Count == 0) return (0, after);
        await db.SearchQueue.Where(q => q.WorkspaceId == workspaceId && old.Contains(q.SignalId)).ExecuteDeleteAsync(cancellation);
        await dialect.ExecuteEachAsync(db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction(), dialect.Search.Remove,
            [.. old.Select(id => new SearchEntry(workspaceId, id, null))], cancellation);
        await db.Verbatims.Where(v => v.WorkspaceId == workspaceId && old.Contains(v.SignalId)).ExecuteDeleteAsync(cancellation);
        await SentWords.ForgetAsync(db, workspaceId, old, cancellation);
        return (old.Count, after);
    }

    private Task AuditAsync(Guid workspaceId, Source source, DateTimeOffset before, int erased, CancellationToken cancellation) => store.WriteAsync(async db =>
    {
        db.Audit(workspaceId, Actor.System("retention"), time.Now(), "verbatims.erased", "source", source.SourceId.ToString(), new { erased, before });
        await db.SaveChangesAsync(cancellation);
    }, cancellation);
}
