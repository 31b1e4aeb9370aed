using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Cases;

/// <summary>
/// What time alone does to cases beside their clocks: snoozed ones wake, silence closes questions, promised calls turn out missed. Bounded batches, each one
/// transaction; what was done is no longer due, so a second node or a clock that jumps back repeats nothing. Idle: three index seeks.
/// </summary>
public sealed class CaseTimers(HarkStore store, WorkspaceSnapshots snapshots, OutboxQueue outbox, CaseMessages mail)
{
    public const int Batch = 200;

    /// <summary>A call may run late, and be written down later still, before it counts as missed.</summary>
    public static readonly TimeSpan CallBackGrace = TimeSpan.FromMinutes(15);

    private const string SnoozedSql = """
        SELECT case_id FROM cases WHERE workspace_id = @workspace AND snoozed_until IS NOT NULL AND snoozed_until <= @until ORDER BY snoozed_until LIMIT @limit
        """;

    private const string SilentSql = """
        SELECT case_id FROM verifications WHERE workspace_id = @workspace AND answered_at IS NULL AND expires_at <= @until ORDER BY expires_at LIMIT @limit
        """;

    private const string MissedSql = """
        SELECT case_id FROM call_backs WHERE workspace_id = @workspace AND state = 'requested' AND slot_end <= @until ORDER BY slot_end LIMIT @limit
        """;

    /// <summary>Brings snoozed cases back whose time has come. Returns how many.</summary>
    public Task<int> WakeAsync(Guid workspaceId, DateTimeOffset now, CancellationToken cancellation = default) =>
        RunAsync(SnoozedSql, workspaceId, now, now, (file, _) =>
            file.Case.SnoozedUntil <= now ? file.ApplyAsync(file.Case.Wake(Actor.System("waker"), now), cancellation) : Task.FromResult<Error?>(null), cancellation);

    /// <summary>Closes as unverified what was not answered in time. Returns how many questions were ended.</summary>
    public Task<int> CloseSilentAsync(Guid workspaceId, DateTimeOffset now, CancellationToken cancellation = default) =>
        RunAsync(SilentSql, workspaceId, now, now, async (file, db) =>
        {
            var waiting = await db.Verifications.Where(v => v.WorkspaceId == workspaceId && v.CaseId == file.Case.CaseId && v.AnsweredAt == null && v.ExpiresAt <= now)
                .ToListAsync(cancellation);
            foreach (var question in waiting)
            {
                question.AnsweredAt = now;
                if (question.Round == file.Case.Round && file.Case is { State: CaseState.Resolved, Verification: VerificationState.Asked })
                    await file.ApplyAsync(file.Case.CloseUnverified(Actor.System("silence"), now), cancellation);
            }
            return null;
        }, cancellation);

    /// <summary>Marks calls as missed whose slot is over. Returns how many cases had some.</summary>
    public Task<int> MissCallBacksAsync(Guid workspaceId, DateTimeOffset now, CancellationToken cancellation = default) =>
        RunAsync(MissedSql, workspaceId, now, now - CallBackGrace, async (file, db) =>
        {
            var over = now - CallBackGrace;
            var missed = await db.CallBacks.Where(b => b.WorkspaceId == workspaceId && b.CaseId == file.Case.CaseId && b.State == CallBackState.Requested && b.SlotEnd <= over)
                .ToListAsync(cancellation);
            foreach (var call in missed)
            {
                call.State = CallBackState.Missed;
                await file.ApplyAsync(file.Case.CallBackMissed(call.CallBackId, Actor.System("call-backs"), now), cancellation);
            }
            return null;
        }, cancellation);

    private async Task<int> RunAsync(string sql, Guid workspaceId, DateTimeOffset now, DateTimeOffset until, Func<CaseFile, HarkDbContext, Task<Error?>> work, CancellationToken cancellation)
    {
        await using (var db = store.Read())
            if ((await ClaimAsync(db, sql, workspaceId, until, 1, cancellation)).Count == 0) return 0;
        var done = await store.WriteAsync(async db =>
        {
            var ids = await ClaimAsync(db, sql, workspaceId, until, Batch, cancellation);
            if (ids.Count == 0) return 0;
            // The rows of the cases are locked here, so of two nodes the second finds the work done when it looks at the case.
            var files = await CaseFile.OpenAsync(db, store.Dialect, mail, await snapshots.GetAsync(workspaceId, cancellation), ids, now, cancellation);
            foreach (var file in files.Values) await work(file, db);
            await db.SaveChangesAsync(cancellation);
            await outbox.EnqueueAsync(db, [.. files.Values.SelectMany(f => f.Messages)], cancellation);
            return files.Count;
        }, cancellation);
        if (done > 0) outbox.Wake.Notify();
        return done;
    }

    private async Task<HashSet<Guid>> ClaimAsync(HarkDbContext db, string sql, Guid workspaceId, DateTimeOffset until, int limit, CancellationToken cancellation)
    {
        var ids = new HashSet<Guid>();
        await using var command = await db.CommandAsync(sql, cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        store.Dialect.Add(command, "until", until);
        store.Dialect.Add(command, "limit", limit);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) ids.Add(store.Dialect.ReadGuid(reader, 0));
        return ids;
    }
}
