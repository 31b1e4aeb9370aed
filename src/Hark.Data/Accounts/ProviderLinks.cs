using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Accounts;

/// <summary>Accounts at sign-in providers that a member comes in with. They are made by <see cref="NewMembers.FromProviderAsync"/>.</summary>
public sealed class ProviderLinks(HarkStore store, SettingsWriter writer)
{
    /// <summary>The oldest first.</summary>
    public async Task<IReadOnlyList<MemberLogin>> ListAsync(Guid workspaceId, Guid memberId, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await Of(db, workspaceId, memberId).OrderBy(l => l.CreatedAt).ToListAsync(cancellation);
    }

    /// <summary>
    /// Takes an account away from the member. Whoever comes with another one that has the member's verified address is linked anew: a provider that must not be used goes out of the settings.
    /// </summary>
    /// <returns><c>not_found</c>; <c>conflict</c> when the member would have no way in left: no password, no passkey, no other account.</returns>
    public Task<Result<MemberLogin>> UnlinkAsync(Guid workspaceId, Guid memberId, string provider, string subject, Actor actor, CancellationToken cancellation = default) =>
        writer.ChangeAsync<MemberLogin>(workspaceId, actor, async change =>
        {
            var links = await Of(change.Db, workspaceId, memberId).ToListAsync(cancellation);
            if (links.Find(l => l.Provider == provider && l.Subject == subject) is not { } link) return Error.NotFound("provider");
            if (links.Count == 1 && !await HasAnotherWayInAsync(change.Db, workspaceId, memberId, cancellation))
                return new Error(ErrorKind.Conflict, ErrorCodes.Conflict, "This is the only way to sign in: set a password or add a passkey first.");
            change.Db.MemberLogins.Remove(link);
            change.Audit("member.provider_unlinked", "member", memberId.ToString(), new { provider });
            return link;
        }, cancellation);

    private static IQueryable<MemberLogin> Of(HarkDbContext db, Guid workspaceId, Guid memberId) => db.MemberLogins.Where(l => l.WorkspaceId == workspaceId && l.MemberId == memberId);

    private static async Task<bool> HasAnotherWayInAsync(HarkDbContext db, Guid workspaceId, Guid memberId, CancellationToken cancellation) =>
        await db.Members.AnyAsync(m => m.WorkspaceId == workspaceId && m.MemberId == memberId && m.PasswordHash != null, cancellation)
        || await db.MemberPasskeys.AnyAsync(p => p.WorkspaceId == workspaceId && p.MemberId == memberId, cancellation);
}
