using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Hark.Data.Cases;

/// <summary>What one batch did.</summary>
/// <param name="Clocks">Clocks taken up.</param>
/// <param name="Next">The next moment of any clock of the workspace, maybe past already; null when nothing can happen.</param>
public readonly record struct SweepResult(int Clocks, DateTimeOffset? Next);

/// <summary>
/// Writes down what clocks have come to: warnings, breaches, steps of escalation. A batch is one transaction with everything it causes, so a crash repeats it
/// whole or not at all, and what was done is kept in the clock, so that neither a second node nor a clock that jumps back does it twice.
/// </summary>
/// <remarks>
/// Idle it costs one seek in <c>ix_case_clocks_next_moment_at</c>. A claim locks cases, skipping those that somebody changes right now: what they change is
/// looked at by the next batch. Lock order as in <see cref="CaseFile"/>; it never waits for a case.
/// </remarks>
public sealed class ClockSweep(HarkStore store, WorkspaceSnapshots snapshots, OutboxQueue outbox, CaseMessages mail)
{
    /// <summary>Cases a transaction: large enough to spread the cost of a commit, small enough not to hold up other writers.</summary>
    public const int Batch = 500;

    private const string NextSql = "SELECT next_moment_at FROM case_clocks WHERE workspace_id = @workspace AND next_moment_at IS NOT NULL ORDER BY next_moment_at LIMIT 1";

    private string ClaimSql => $"""
        SELECT k.case_id FROM case_clocks k JOIN cases c ON c.workspace_id = k.workspace_id AND c.case_id = k.case_id
        WHERE k.workspace_id = @workspace AND k.next_moment_at <= @now
        ORDER BY k.next_moment_at LIMIT @limit {store.Dialect.SkipLocked}
        """;

    /// <summary>Does what is due in a workspace, earliest first, up to one batch.</summary>
    public async Task<SweepResult> RunAsync(Guid workspaceId, DateTimeOffset now, CancellationToken cancellation = default)
    {
        var next = await NextAsync(workspaceId, cancellation);
        if (next is null || next > now) return new(0, next);
        var done = await store.WriteAsync(db => BatchAsync(db, workspaceId, now, cancellation), cancellation);
        if (done > 0) outbox.Wake.Notify();
        return new(done, await NextAsync(workspaceId, cancellation));
    }

    private async Task<DateTimeOffset?> NextAsync(Guid workspaceId, CancellationToken cancellation)
    {
        await using var db = store.Read();
        await using var command = await db.CommandAsync(NextSql, cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? store.Dialect.ReadTime(reader, 0) : null;
    }

    private async Task<int> BatchAsync(HarkDbContext db, Guid workspaceId, DateTimeOffset now, CancellationToken cancellation)
    {
        var ids = await ClaimAsync(db, workspaceId, now, cancellation);
        if (ids.Count == 0) return 0;
        var workspace = await snapshots.GetAsync(workspaceId, cancellation);
        var cases = await db.Cases.AsNoTracking().Where(c => c.WorkspaceId == workspaceId && ids.Contains(c.CaseId)).ToListAsync(cancellation);
        var clocks = (await db.CaseClocks.AsNoTracking().Where(k => k.WorkspaceId == workspaceId && ids.Contains(k.CaseId)).ToListAsync(cancellation)).ToLookup(k => k.CaseId);
        var segments = await SegmentsAsync(db, workspaceId, cases, cancellation);
        var swept = cases.ConvertAll(c => new SweptCase(workspace, mail, c, [.. clocks[c.CaseId]], segments.GetValueOrDefault(c.FirstSignalId), now));
        foreach (var one in swept) one.Sweep();
        await WriteAsync(db, swept, cancellation);
        return swept.Sum(s => s.Changed.Count);
    }

    private async Task<HashSet<Guid>> ClaimAsync(HarkDbContext db, Guid workspaceId, DateTimeOffset now, CancellationToken cancellation)
    {
        var ids = new HashSet<Guid>();
        await using var command = await db.CommandAsync(ClaimSql, cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        store.Dialect.Add(command, "now", now);
        store.Dialect.Add(command, "limit", Batch);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) ids.Add(store.Dialect.ReadGuid(reader, 0));
        return ids;
    }

    /// <summary>Only an escalation that raises the severity chooses policies anew; the segments of a batch cost one query.</summary>
    private static async Task<Dictionary<Guid, string?>> SegmentsAsync(HarkDbContext db, Guid workspaceId, List<Case> cases, CancellationToken cancellation)
    {
        var firsts = cases.ConvertAll(c => c.FirstSignalId);
        return await db.Signals.Where(s => s.WorkspaceId == workspaceId && firsts.Contains(s.SignalId) && s.Segments != null)
            .ToDictionaryAsync(s => s.SignalId, s => s.Segments, cancellation);
    }

    private async Task WriteAsync(HarkDbContext db, List<SweptCase> swept, CancellationToken cancellation)
    {
        var (connection, transaction) = (db.Database.GetDbConnection(), db.Database.CurrentTransaction!.GetDbTransaction());
        await store.Dialect.ExecuteEachAsync(connection, transaction, CaseStatements.UpdateClock, [.. swept.SelectMany(s => s.Changed)], cancellation);
        await store.Dialect.ExecuteEachAsync(connection, transaction, CaseStatements.UpdateCase, [.. swept.Select(s => s.Case)], cancellation);
        await store.Dialect.InsertAsync(connection, transaction, CaseStatements.InsertEvent, [.. swept.SelectMany(s => s.Events)], cancellation);
        await outbox.EnqueueAsync(db, [.. swept.SelectMany(s => s.Messages)], cancellation);
    }
}
