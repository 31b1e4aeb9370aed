using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Accounts;

/// <summary>Passkeys of members.</summary>
public sealed class PasskeyBook(HarkStore store, WorkspaceSnapshots snapshots, TimeProvider time)
{
    /// <summary>More than anybody has devices; keeps a stolen session from filling the store.</summary>
    public const int Most = 20;

    public const int LongestName = 100;

    public async Task<IReadOnlyList<MemberPasskey>> ListAsync(Guid workspaceId, Guid memberId, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await db.MemberPasskeys.Where(p => p.WorkspaceId == workspaceId && p.MemberId == memberId).OrderBy(p => p.CreatedAt).ToListAsync(cancellation);
    }

    /// <summary>The passkey with this id in whichever workspace: one seek in each.</summary>
    public async Task<MemberPasskey?> FindAsync(byte[] credentialId, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        foreach (var workspace in await snapshots.AllAsync(cancellation))
        {
            var workspaceId = workspace.WorkspaceId;
            if (await db.MemberPasskeys.SingleOrDefaultAsync(p => p.WorkspaceId == workspaceId && p.CredentialId == credentialId, cancellation) is { } found) return found;
        }
        return null;
    }

    /// <summary>Keeps a new passkey, or what an authenticator told when it was used.</summary>
    public Task SaveAsync(MemberPasskey passkey, CancellationToken cancellation = default)
    {
        var now = time.Now();
        return store.WriteAsync(async db =>
        {
            var known = await db.MemberPasskeys.SingleOrDefaultAsync(p => p.WorkspaceId == passkey.WorkspaceId && p.CredentialId == passkey.CredentialId, cancellation);
            if (known is null)
            {
                passkey.CreatedAt = now;
                db.MemberPasskeys.Add(passkey);
                db.Audit(passkey.WorkspaceId, Actor.Member(passkey.MemberId), now, "passkey.added", "member", passkey.MemberId.ToString(), new { passkey.Name });
            }
            else
            {
                (known.SignCount, known.BackedUp, known.UserVerified, known.LastUsedAt) = (passkey.SignCount, passkey.BackedUp, passkey.UserVerified, now);
            }
            await db.SaveChangesAsync(cancellation);
        }, cancellation);
    }

    /// <returns>False when the member has no such passkey.</returns>
    public Task<bool> RenameAsync(Guid workspaceId, Guid memberId, byte[] credentialId, string name, CancellationToken cancellation = default) =>
        store.WriteAsync(async db => await Mine(db, workspaceId, memberId, credentialId).ExecuteUpdateAsync(s => s.SetProperty(p => p.Name, name), cancellation) == 1, cancellation);

    /// <returns>False when the member has no such passkey.</returns>
    public Task<bool> RemoveAsync(Guid workspaceId, Guid memberId, byte[] credentialId, CancellationToken cancellation = default)
    {
        var now = time.Now();
        return store.WriteAsync(async db =>
        {
            if (await Mine(db, workspaceId, memberId, credentialId).ExecuteDeleteAsync(cancellation) == 0) return false;
            db.Audit(workspaceId, Actor.Member(memberId), now, "passkey.removed", "member", memberId.ToString());
            await db.SaveChangesAsync(cancellation);
            return true;
        }, cancellation);
    }

    private static IQueryable<MemberPasskey> Mine(HarkDbContext db, Guid workspaceId, Guid memberId, byte[] credentialId) =>
        db.MemberPasskeys.Where(p => p.WorkspaceId == workspaceId && p.MemberId == memberId && p.CredentialId == credentialId);
}
