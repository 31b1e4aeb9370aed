using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Accounts;

/// <summary>From where somebody signs in.</summary>
/// <param name="Address">Network address of the browser, as far as it is known.</param>
public sealed record Visitor(string? Address, string? UserAgent)
{
    /// <summary>Longer names of browsers are cut: they are only shown.</summary>
    public const int LongestUserAgent = 300;
}

/// <summary>
/// Sessions as rows: listed, and ended at once. A request costs one seek to see that its session lives; that it was seen is written at most once a minute.
/// </summary>
public sealed class MemberSessions(HarkStore store, TimeProvider time)
{
    /// <summary>Unused this long, a session of a browser that was told to remember is over.</summary>
    public static readonly TimeSpan RememberedIdle = TimeSpan.FromDays(30);

    /// <summary>Unused this long, any other session is over: a working day and a late evening.</summary>
    public static readonly TimeSpan UsualIdle = TimeSpan.FromHours(14);

    /// <summary>However busy, a session is over after this.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    private static readonly TimeSpan SeenGrain = TimeSpan.FromMinutes(1);

    /// <summary>Begins a session and clears what failed tries left behind.</summary>
    public Task<MemberSession> StartAsync(Guid workspaceId, Guid memberId, SignInMethod method, bool remember, Visitor visitor, CancellationToken cancellation = default)
    {
        var now = time.Now();
        var idle = remember ? RememberedIdle : UsualIdle;
        var session = new MemberSession
        {
            WorkspaceId = workspaceId,
            SessionId = time.NewId(),
            MemberId = memberId,
            Method = method,
            CreatedAt = now,
            LastSeenAt = now,
            IdleMs = (long)idle.TotalMilliseconds,
            ExpiresAt = now + idle,
            Address = visitor.Address,
            UserAgent = visitor.UserAgent is { Length: > Visitor.LongestUserAgent } agent ? agent[..Visitor.LongestUserAgent] : visitor.UserAgent,
        };
        return store.WriteAsync(async db =>
        {
            await SignInTries.ForgetAsync(db, workspaceId, memberId, cancellation);
            db.MemberSessions.Add(session);
            db.Audit(workspaceId, Actor.Member(memberId), now, "session.started", "session", session.SessionId.ToString(), new { method, remember, session.Address });
            await db.SaveChangesAsync(cancellation);
            return session;
        }, cancellation);
    }

    /// <summary>The session if it lives, noting that it was seen.</summary>
    public async Task<MemberSession?> SeeAsync(Guid workspaceId, Guid sessionId, CancellationToken cancellation = default)
    {
        var now = time.Now();
        await using var db = store.Read();
        var session = await db.MemberSessions.SingleOrDefaultAsync(s => s.WorkspaceId == workspaceId && s.SessionId == sessionId, cancellation);
        if (session is null || session.RevokedAt is not null || session.ExpiresAt <= now) return null;
        if (now - session.LastSeenAt < SeenGrain) return session;
        var last = session.CreatedAt + Longest;
        var until = now.AddMilliseconds(session.IdleMs);
        if (until > last) until = last;
        // Not through a change of the row read above: somebody may be ending the session at this moment.
        await store.WriteAsync(w => w.MemberSessions.Where(s => s.WorkspaceId == workspaceId && s.SessionId == sessionId && s.LastSeenAt < now)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, now).SetProperty(x => x.ExpiresAt, until), cancellation), cancellation);
        return session;
    }

    /// <summary>A member's living sessions, newest first.</summary>
    public async Task<IReadOnlyList<MemberSession>> ListAsync(Guid workspaceId, Guid memberId, CancellationToken cancellation = default)
    {
        var now = time.Now();
        await using var db = store.Read();
        return await db.MemberSessions.Where(s => s.WorkspaceId == workspaceId && s.MemberId == memberId && s.RevokedAt == null && s.ExpiresAt > now)
            .OrderByDescending(s => s.SessionId).ToListAsync(cancellation);
    }

    /// <summary>Ends one of a member's sessions, or with <paramref name="sessionId"/> null all but <paramref name="keep"/>.</summary>
    /// <returns>How many were ended; none when they had ended already or are somebody else's.</returns>
    public Task<int> RevokeAsync(Guid workspaceId, Guid memberId, Guid? sessionId, Guid? keep, Actor actor, CancellationToken cancellation = default) =>
        store.WriteAsync(async db =>
        {
            var ended = await RevokeAsync(db, workspaceId, memberId, sessionId, keep, actor, time.Now(), cancellation);
            await db.SaveChangesAsync(cancellation);
            return ended;
        }, cancellation);

    internal static async Task<int> RevokeAsync(HarkDbContext db, Guid workspaceId, Guid memberId, Guid? sessionId, Guid? keep, Actor actor, DateTimeOffset now,
        CancellationToken cancellation)
    {
        var living = db.MemberSessions.Where(s => s.WorkspaceId == workspaceId && s.MemberId == memberId && s.RevokedAt == null && s.ExpiresAt > now);
        if (sessionId is { } one) living = living.Where(s => s.SessionId == one);
        if (keep is { } kept) living = living.Where(s => s.SessionId != kept);
        var ended = await living.ExecuteUpdateAsync(s => s.SetProperty(x => x.RevokedAt, now), cancellation);
        if (ended > 0) db.Audit(workspaceId, actor, now, "session.revoked", "member", memberId.ToString(), new { session = sessionId, ended });
        return ended;
    }
}
