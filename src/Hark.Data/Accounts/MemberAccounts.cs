using System.Security.Cryptography;
using System.Text;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Accounts;

/// <summary>Reads and writes accounts: what Identity's stores stand on.</summary>
public sealed class MemberAccounts(HarkStore store, WorkspaceSnapshots snapshots, TimeProvider time)
{
    /// <summary>The member with this address in whichever workspace has one, the oldest workspace first. From memory: takes as long when there is none.</summary>
    public async ValueTask<Member?> FindMemberAsync(string email, CancellationToken cancellation = default)
    {
        var address = email.Trim();
        foreach (var workspace in await snapshots.AllAsync(cancellation))
            if (workspace.MemberByEmail.TryGetValue(address, out var member)) return member;
        return null;
    }

    /// <summary>The account, disabled or not; null when there is no such member.</summary>
    public async Task<MemberAccount?> FindAsync(Guid workspaceId, Guid memberId, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var member = await db.Members.SingleOrDefaultAsync(m => m.WorkspaceId == workspaceId && m.MemberId == memberId, cancellation);
        if (member is null) return null;
        var credential = await db.MemberCredentials.SingleOrDefaultAsync(c => c.WorkspaceId == workspaceId && c.MemberId == memberId, cancellation);
        if (credential is null)
        {
            await store.WriteAsync(w => SignInTries.EnsureAsync(w, store.Dialect, workspaceId, memberId, cancellation), cancellation);
            credential = await db.MemberCredentials.SingleAsync(c => c.WorkspaceId == workspaceId && c.MemberId == memberId, cancellation);
        }
        return new MemberAccount { Member = member, Credential = credential };
    }

    /// <summary>Keeps password, stamp and authenticator as they are in <paramref name="account"/>. Counts and locks are not its business.</summary>
    public Task SaveAsync(MemberAccount account, CancellationToken cancellation = default)
    {
        var (credential, workspaceId, memberId) = (account.Credential, account.WorkspaceId, account.MemberId);
        return store.WriteAsync(async db =>
        {
            await db.Members.Where(m => m.WorkspaceId == workspaceId && m.MemberId == memberId)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.PasswordHash, account.Member.PasswordHash), cancellation);
            await db.MemberCredentials.Where(c => c.WorkspaceId == workspaceId && c.MemberId == memberId).ExecuteUpdateAsync(s => s
                .SetProperty(c => c.SecurityStamp, credential.SecurityStamp).SetProperty(c => c.AuthenticatorKey, credential.AuthenticatorKey)
                .SetProperty(c => c.TwoFactor, credential.TwoFactor), cancellation);
        }, cancellation);
    }

    public Task AuditAsync(MemberAccount account, string action, object? data = null, CancellationToken cancellation = default) => store.WriteAsync(async db =>
    {
        db.Audit(account.WorkspaceId, Actor.Member(account.MemberId), time.Now(), action, "member", account.MemberId.ToString(), data);
        await db.SaveChangesAsync(cancellation);
    }, cancellation);

    /// <summary>Writes down what was asked for about an account, with the messages that it causes, in one transaction.</summary>
    public Task WriteAsync(MemberAccount account, string action, IReadOnlyList<OutboxMessage> messages, Visitor visitor, CancellationToken cancellation = default) =>
        store.WriteAsync(async db =>
        {
            var target = account.MemberId == Guid.Empty ? null : account.MemberId.ToString();
            db.Audit(account.WorkspaceId, Actor.System("sign_in"), time.Now(), action, "member", target, new { visitor.Address });
            db.OutboxMessages.AddRange(messages);
            await db.SaveChangesAsync(cancellation);
        }, cancellation);

    /// <summary>Puts new recovery codes in place of all there were.</summary>
    public Task ReplaceRecoveryCodesAsync(MemberAccount account, IEnumerable<string> codes, CancellationToken cancellation = default)
    {
        var hashes = codes.Select(c => HashOf(account.MemberId, c)).ToList();
        return store.WriteAsync(async db =>
        {
            await CodesOf(db, account).ExecuteDeleteAsync(cancellation);
            db.MemberRecoveryCodes.AddRange(hashes.Select(h => new MemberRecoveryCode { WorkspaceId = account.WorkspaceId, MemberId = account.MemberId, Hash = h }));
            await db.SaveChangesAsync(cancellation);
        }, cancellation);
    }

    /// <summary>Uses up a recovery code: true once.</summary>
    public Task<bool> RedeemRecoveryCodeAsync(MemberAccount account, string code, CancellationToken cancellation = default)
    {
        var hash = HashOf(account.MemberId, code);
        return store.WriteAsync(async db => await CodesOf(db, account).Where(c => c.Hash == hash).ExecuteDeleteAsync(cancellation) == 1, cancellation);
    }

    public async Task<int> CountRecoveryCodesAsync(MemberAccount account, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await CodesOf(db, account).CountAsync(cancellation);
    }

    private static IQueryable<MemberRecoveryCode> CodesOf(HarkDbContext db, MemberAccount account) =>
        db.MemberRecoveryCodes.Where(c => c.WorkspaceId == account.WorkspaceId && c.MemberId == account.MemberId);

    /// <summary>However it was typed: small letters, spaces and missing dashes are forgiven.</summary>
    private static byte[] HashOf(Guid memberId, string code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(memberId.ToString("N") + string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant()));
}
