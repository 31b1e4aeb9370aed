using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Cases;

/// <summary>
/// Who has which case on the screen. An open page says so again every <see cref="Beat"/>; whoever was silent for longer than two of those has left. Ask and tell
/// only about cases that the member may see.
/// </summary>
public sealed class CaseLooks(HarkStore store)
{
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Gone = Beat * 2.5;

    private const string SeeSql = """
        INSERT INTO case_looks (workspace_id, case_id, member_id, seen_at, writing) VALUES (@workspace, @case, @member, @now, @writing)
        ON CONFLICT (workspace_id, case_id, member_id) DO UPDATE SET seen_at = excluded.seen_at, writing = excluded.writing
        """;

    /// <summary>Writes down that the member sees the case now.</summary>
    public Task SeeAsync(Guid workspaceId, Guid caseId, Guid memberId, CaseWriting? writing, DateTimeOffset now, CancellationToken cancellation = default) => store.WriteAsync(async db =>
    {
        await using var command = await db.CommandAsync(SeeSql, cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        store.Dialect.Add(command, "case", caseId);
        store.Dialect.Add(command, "member", memberId);
        store.Dialect.Add(command, "now", now);
        store.Dialect.Add(command, "writing", writing is { } what ? EnumNames<CaseWriting>.Of(what) : null);
        return await command.ExecuteNonQueryAsync(cancellation);
    }, cancellation);

    /// <summary>When a member saw a case last, and what they were writing; null for never.</summary>
    public async Task<CaseLook?> LastAsync(Guid workspaceId, Guid caseId, Guid memberId, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await db.CaseLooks.SingleOrDefaultAsync(l => l.WorkspaceId == workspaceId && l.CaseId == caseId && l.MemberId == memberId, cancellation);
    }

    /// <summary>The others who have the case on the screen now, those who write first.</summary>
    public async Task<IReadOnlyList<CaseLook>> OthersAsync(Guid workspaceId, Guid caseId, Guid memberId, DateTimeOffset now, CancellationToken cancellation = default)
    {
        var since = now - Gone;
        await using var db = store.Read();
        var looks = await db.CaseLooks.Where(l => l.WorkspaceId == workspaceId && l.CaseId == caseId && l.MemberId != memberId && l.SeenAt >= since).ToListAsync(cancellation);
        return [.. looks.OrderByDescending(l => l.Writing is not null).ThenBy(l => l.MemberId)];
    }

    /// <summary>When the member last saw each of these cases; those never seen are absent.</summary>
    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> SeenAsync(Guid workspaceId, Guid memberId, IReadOnlyCollection<Guid> caseIds, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await db.CaseLooks.Where(l => l.WorkspaceId == workspaceId && caseIds.Contains(l.CaseId) && l.MemberId == memberId).ToDictionaryAsync(l => l.CaseId, l => l.SeenAt, cancellation);
    }
}
