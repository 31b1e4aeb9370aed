using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Accounts;

/// <summary>Who a sign-in provider says somebody is; the address is one that the provider has verified.</summary>
/// <param name="Provider">Name in the settings, lower case.</param>
/// <param name="Subject">The provider's own, unchanging id of the person.</param>
public sealed record ProviderIdentity(string Provider, string Subject, string Email, string? Name);

/// <summary>Members that make themselves: the first administrator, and colleagues who come by a sign-in provider.</summary>
public sealed class NewMembers(HarkStore store, SettingsWriter writer, WorkspaceSnapshots snapshots)
{
    /// <summary>Whether the installation waits for its first administrator. From memory.</summary>
    public async ValueTask<WorkspaceSnapshot?> WithoutAdministratorAsync(CancellationToken cancellation = default)
    {
        var all = await snapshots.AllAsync(cancellation);
        return all.Count > 0 && all[0].Members.All(m => m.Role != Role.Administrator) ? all[0] : null;
    }

    /// <summary>Makes the first administrator and names the workspace.</summary>
    /// <returns>The administrator; <c>conflict</c> when there is one already; <c>invalid_input</c>.</returns>
    public Task<Result<Member>> SetUpAsync(Guid workspaceId, string workspaceName, string name, string email, string password, string language, CancellationToken cancellation = default) =>
        writer.ChangeAsync<Member>(workspaceId, Actor.System("setup"), async change =>
        {
            // The change holds the workspace's row: of two people at the page, one becomes the administrator.
            if (await change.Db.Members.AnyAsync(m => m.WorkspaceId == workspaceId && m.Role == Role.Administrator, cancellation))
                return new Error(ErrorKind.Conflict, ErrorCodes.Conflict, "Hark is set up already; sign in.");
            if (string.IsNullOrWhiteSpace(workspaceName) || workspaceName.Length > SourceSettings.LongestName)
                return Error.Invalid("/workspace", $"must have 1 to {SourceSettings.LongestName} characters");
            var made = MemberAdmin.Add(change, email, new MemberSettings(name, Role.Administrator, []), password);
            if (!made.Ok) return made;
            var workspace = await change.Db.Workspaces.SingleAsync(w => w.WorkspaceId == workspaceId, cancellation);
            (workspace.Name, workspace.DefaultLanguage) = (workspaceName.Trim(), language);
            change.Audit("workspace.set_up", "workspace", workspaceId.ToString(), new { workspace.Name, workspace.DefaultLanguage });
            return made;
        }, cancellation);

    /// <summary>
    /// The member behind a provider's account: linked before, or of the same verified address and linked now, or made now where <paramref name="mayJoin"/>
    /// allows. New members belong to no team.
    /// </summary>
    /// <returns>The member, disabled or not; <c>not_found</c> when nobody fits and nobody may be made.</returns>
    public async Task<Result<Member>> FromProviderAsync(ProviderIdentity who, bool mayJoin, Role role, CancellationToken cancellation = default)
    {
        var all = await snapshots.AllAsync(cancellation);
        await using (var db = store.Read())
            foreach (var workspace in all)
            {
                var id = workspace.WorkspaceId;
                var known = await db.MemberLogins.Where(l => l.WorkspaceId == id && l.Provider == who.Provider && l.Subject == who.Subject)
                    .Join(db.Members.Where(m => m.WorkspaceId == id), l => l.MemberId, m => m.MemberId, (_, m) => m).SingleOrDefaultAsync(cancellation);
                if (known is not null) return known;
            }
        var address = who.Email.Trim().ToLowerInvariant();
        var home = all.FirstOrDefault(w => w.MemberByEmail.ContainsKey(address)) ?? (mayJoin ? all[0] : null);
        if (home is null) return Error.NotFound("member");
        return await writer.ChangeAsync<Member>(home.WorkspaceId, Actor.System("sign_in"), async change =>
        {
            var member = await change.Db.Members.SingleOrDefaultAsync(m => m.WorkspaceId == change.WorkspaceId && m.Email == address, cancellation);
            if (member is null)
            {
                if (!mayJoin) return Error.NotFound("member");
                var name = string.IsNullOrWhiteSpace(who.Name) || who.Name.Length > SourceSettings.LongestName ? address.Split('@')[0] : who.Name;
                var made = MemberAdmin.Add(change, address, new MemberSettings(name, role, []), password: null);
                if (!made.Ok) return made;
                member = made.Value;
            }
            change.Db.MemberLogins.Add(new MemberLogin
            {
                WorkspaceId = change.WorkspaceId,
                Provider = who.Provider,
                Subject = who.Subject,
                MemberId = member.MemberId,
                CreatedAt = change.Now,
            });
            change.Audit("member.provider_linked", "member", member.MemberId.ToString(), new { who.Provider });
            return member;
        }, cancellation);
    }
}
