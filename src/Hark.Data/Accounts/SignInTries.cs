using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Accounts;

/// <summary>What a try to prove oneself may do.</summary>
public enum Try
{
    /// <summary>May be checked.</summary>
    Open,

    /// <summary>May be checked; when it fails the account is locked.</summary>
    Last,

    /// <summary>Too many tries failed: whatever is sent, the answer is no.</summary>
    Locked,
}

/// <summary>
/// Counts tries to sign in to an account, so that guessing is hopeless. Success is told by <see cref="MemberSessions.StartAsync"/>, which clears the count.
/// </summary>
/// <remarks>
/// A try is counted <em>before</em> it is checked, in one statement, and the last one locks in advance: any number of guesses sent at the same moment get
/// no more than <see cref="Most"/> checks, and a process that dies in between leaves no door open.
/// </remarks>
public sealed class SignInTries(HarkStore store, TimeProvider time)
{
    /// <summary>Five wrong passwords may be one's own; with 15 minutes after each five, a year has room for 175,000 guesses.</summary>
    public const int Most = 5;

    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    // The row is made on first need; two nodes may need it at once.
    private const string EnsureSql = """
        INSERT INTO member_credentials (workspace_id, member_id, security_stamp, two_factor, last_code_step, failed_count)
        SELECT workspace_id, member_id, @stamp, @off, 0, 0 FROM members WHERE workspace_id = @workspace AND member_id = @member
        ON CONFLICT (workspace_id, member_id) DO NOTHING
        """;

    public Task<Try> BeginAsync(Guid workspaceId, Guid memberId, CancellationToken cancellation = default)
    {
        var now = time.Now();
        DateTimeOffset? until = now + LockedFor;
        return store.WriteAsync(async db =>
        {
            await EnsureAsync(db, store.Dialect, workspaceId, memberId, cancellation);
            var account = db.MemberCredentials.Where(c => c.WorkspaceId == workspaceId && c.MemberId == memberId);
            var begun = await account.Where(c => c.LockedUntil == null || c.LockedUntil <= now).ExecuteUpdateAsync(s => s
                .SetProperty(c => c.FailedCount, c => c.LockedUntil != null ? 1 : c.FailedCount + 1)
                .SetProperty(c => c.LockedUntil, c => c.LockedUntil == null && c.FailedCount + 1 >= Most ? until : null), cancellation);
            if (begun == 0) return Try.Locked;
            return await account.AsNoTracking().Select(c => c.LockedUntil).SingleAsync(cancellation) is null ? Try.Open : Try.Last;
        }, cancellation);
    }

    /// <summary>Writes down a try that failed.</summary>
    /// <param name="memberId">Null when the address belongs to nobody: that is written down all the same, as work and as warning.</param>
    public Task FailAsync(Guid workspaceId, Guid? memberId, Try state, string step, Visitor visitor, CancellationToken cancellation = default)
    {
        var now = time.Now();
        return store.WriteAsync(async db =>
        {
            var action = state == Try.Last ? "sign_in.locked" : "sign_in.failed";
            db.Audit(workspaceId, Actor.System("sign_in"), now, action, "member", memberId?.ToString(), new { step, visitor.Address });
            await db.SaveChangesAsync(cancellation);
        }, cancellation);
    }

    /// <summary>Clears the count where somebody proved themselves without a new session.</summary>
    public Task ForgetAsync(Guid workspaceId, Guid memberId, CancellationToken cancellation = default) =>
        store.WriteAsync(db => ForgetAsync(db, workspaceId, memberId, cancellation), cancellation);

    internal static Task ForgetAsync(HarkDbContext db, Guid workspaceId, Guid memberId, CancellationToken cancellation) =>
        db.MemberCredentials.Where(c => c.WorkspaceId == workspaceId && c.MemberId == memberId)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.FailedCount, 0).SetProperty(c => c.LockedUntil, (DateTimeOffset?)null), cancellation);

    /// <summary>Uses up a one-time code: true for the first that comes with it.</summary>
    /// <param name="step">The code's 30-second step.</param>
    public Task<bool> UseCodeAsync(Guid workspaceId, Guid memberId, long step, CancellationToken cancellation = default) =>
        store.WriteAsync(async db => await db.MemberCredentials.Where(c => c.WorkspaceId == workspaceId && c.MemberId == memberId && c.LastCodeStep < step)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.LastCodeStep, step), cancellation) == 1, cancellation);

    internal static async Task EnsureAsync(HarkDbContext db, ISqlDialect dialect, Guid workspaceId, Guid memberId, CancellationToken cancellation)
    {
        await using var command = await db.CommandAsync(EnsureSql, cancellation);
        dialect.Add(command, "stamp", SecurityStamps.New());
        dialect.Add(command, "off", false);
        dialect.Add(command, "workspace", workspaceId);
        dialect.Add(command, "member", memberId);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

/// <summary>Security stamps: random texts that tell whether a credential changed since.</summary>
public static class SecurityStamps
{
    /// <summary>160 random bits.</summary>
    public static string New() => Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(20));
}
