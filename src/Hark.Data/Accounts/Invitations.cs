using System.Globalization;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using Hark.Data.Messages;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Accounts;

/// <summary>Invitations by e-mail: sent, sent again, taken back, accepted once.</summary>
public sealed class Invitations(HarkStore store, SettingsWriter writer, WorkspaceSnapshots snapshots, MessageComposer composer, MessageSettings settings, OutboxQueue outbox,
    TimeProvider time)
{
    public static readonly TimeSpan ValidFor = TimeSpan.FromDays(7);

    /// <summary>32 letters of 62 carry 190 random bits.</summary>
    private const int TokenLetters = 32;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Invites somebody; an open invitation of the same address is replaced.</summary>
    /// <returns>The invitation; <c>invalid_input</c>; <c>conflict</c> when the address is a member's.</returns>
    public async Task<Result<MemberInvitation>> InviteAsync(Guid workspaceId, string email, Role role, IReadOnlyList<Guid> teams, Actor actor, CancellationToken cancellation = default)
    {
        var workspace = await snapshots.GetAsync(workspaceId, cancellation);
        var address = email.Trim().ToLowerInvariant();
        if (!MailAddress.TryCreate(address, out _)) return Error.Invalid("/email", "must be an e-mail address");
        if (teams.Any(t => !workspace.TeamById.ContainsKey(t))) return Error.Invalid("/teams", "must be teams of this workspace");
        return await ChangeAsync(workspaceId, actor, async change =>
        {
            if (await change.Db.Members.AnyAsync(m => m.WorkspaceId == workspaceId && m.Email == address, cancellation))
                return new Error(ErrorKind.Conflict, ErrorCodes.Conflict, "Somebody with that address is a member already.");
            var open = await change.Db.MemberInvitations.Where(i => i.WorkspaceId == workspaceId && i.Email == address && i.AcceptedAt == null && i.RevokedAt == null)
                .ToListAsync(cancellation);
            foreach (var old in open) old.RevokedAt = change.Now;
            var invitation = new MemberInvitation
            {
                WorkspaceId = workspaceId,
                InvitationId = change.NewId(),
                Email = address,
                Role = role,
                Teams = string.Join(',', teams.Distinct()),
                TokenHash = [],
                CreatedAt = change.Now,
                CreatedBy = change.Actor.Id,
            };
            change.Db.MemberInvitations.Add(invitation);
            Send(change, workspace, invitation);
            change.Audit("invitation.sent", "invitation", invitation.InvitationId.ToString(), new { invitation.Email, role, invitation.ExpiresAt });
            return invitation;
        }, cancellation);
    }

    /// <summary>Sends an open or expired invitation again, with a new link; the old one is void.</summary>
    public async Task<Result<MemberInvitation>> SendAgainAsync(Guid workspaceId, Guid invitationId, Actor actor, CancellationToken cancellation = default)
    {
        var workspace = await snapshots.GetAsync(workspaceId, cancellation);
        return await ChangeAsync(workspaceId, actor, async change =>
        {
            if (await OpenAsync(change.Db, workspaceId, i => i.InvitationId == invitationId, cancellation) is not { } invitation) return Error.NotFound("invitation");
            Send(change, workspace, invitation);
            change.Audit("invitation.sent", "invitation", invitationId.ToString(), new { invitation.Email, invitation.Role, invitation.ExpiresAt });
            return invitation;
        }, cancellation);
    }

    /// <summary>Takes an invitation back: its link is void.</summary>
    public Task<Result<MemberInvitation>> RevokeAsync(Guid workspaceId, Guid invitationId, Actor actor, CancellationToken cancellation = default) =>
        writer.ChangeAsync<MemberInvitation>(workspaceId, actor, async change =>
        {
            if (await OpenAsync(change.Db, workspaceId, i => i.InvitationId == invitationId, cancellation) is not { } invitation) return Error.NotFound("invitation");
            invitation.RevokedAt = change.Now;
            change.Audit("invitation.revoked", "invitation", invitationId.ToString(), new { invitation.Email });
            return invitation;
        }, cancellation);

    /// <summary>Invitations neither accepted nor taken back, newest first; expired ones are among them.</summary>
    public async Task<IReadOnlyList<MemberInvitation>> ListAsync(Guid workspaceId, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await db.MemberInvitations.Where(i => i.WorkspaceId == workspaceId && i.AcceptedAt == null && i.RevokedAt == null)
            .OrderByDescending(i => i.InvitationId).ToListAsync(cancellation);
    }

    /// <summary>The invitation of a link that still works; null for any other text.</summary>
    public async Task<MemberInvitation?> FindAsync(string token, CancellationToken cancellation = default)
    {
        if (token.Length != TokenLetters) return null;
        var (hash, now) = (HashOf(token), time.Now());
        await using var db = store.Read();
        foreach (var workspace in await snapshots.AllAsync(cancellation))
        {
            var found = await OpenAsync(db, workspace.WorkspaceId, i => i.TokenHash == hash, cancellation);
            if (found is not null) return found.ExpiresAt > now ? found : null;
        }
        return null;
    }

    /// <summary>Makes the member that was invited, in the teams and with the role that were meant. Works once.</summary>
    /// <returns>The member; <c>not_found</c> when the link is void; <c>invalid_input</c>.</returns>
    public async Task<Result<Member>> AcceptAsync(string token, string name, string password, CancellationToken cancellation = default)
    {
        if (await FindAsync(token, cancellation) is not { } seen) return Error.NotFound("invitation");
        var (workspaceId, id) = (seen.WorkspaceId, seen.InvitationId);
        return await writer.ChangeAsync<Member>(workspaceId, Actor.System("invitation"), async change =>
        {
            // Read again under the workspace's lock: of two clicks one wins.
            if (await OpenAsync(change.Db, workspaceId, i => i.InvitationId == id && i.TokenHash == seen.TokenHash, cancellation) is not { } invitation)
                return Error.NotFound("invitation");
            var made = MemberAdmin.Add(change, invitation.Email, new MemberSettings(name, invitation.Role, []), password);
            if (!made.Ok) return made;
            var teams = invitation.Teams.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(t => Guid.Parse(t, CultureInfo.InvariantCulture)).ToList();
            foreach (var team in await change.Db.Teams.Where(t => t.WorkspaceId == workspaceId && teams.Contains(t.TeamId)).ToListAsync(cancellation))
                change.Db.TeamMembers.Add(new TeamMember { WorkspaceId = workspaceId, TeamId = team.TeamId, MemberId = made.Value.MemberId });
            invitation.AcceptedAt = change.Now;
            change.Audit("invitation.accepted", "invitation", id.ToString(), new { member = made.Value.MemberId });
            return made;
        }, cancellation);
    }

    private void Send(SettingsChange change, WorkspaceSnapshot workspace, MemberInvitation invitation)
    {
        var token = RandomNumberGenerator.GetString(Alphabet, TokenLetters);
        invitation.TokenHash = HashOf(token);
        invitation.ExpiresAt = change.Now + ValidFor;
        var actor = Guid.TryParse(change.Actor.Id, out var by) && workspace.MemberById.TryGetValue(by, out var member) ? member.Name : workspace.Workspace.Name;
        change.Db.OutboxMessages.Add(composer.Invitation(workspace, invitation.Email, $"{settings.PublicUrl}/invitation/{token}", actor, invitation.ExpiresAt, change.Now));
    }

    private async Task<Result<MemberInvitation>> ChangeAsync(Guid workspaceId, Actor actor, Func<SettingsChange, Task<Result<MemberInvitation>>> work, CancellationToken cancellation)
    {
        var result = await writer.ChangeAsync(workspaceId, actor, work, cancellation);
        if (result.Ok) outbox.Wake.Notify();
        return result;
    }

    private static Task<MemberInvitation?> OpenAsync(HarkDbContext db, Guid workspaceId, System.Linq.Expressions.Expression<Func<MemberInvitation, bool>> which,
        CancellationToken cancellation) =>
        db.MemberInvitations.Where(i => i.WorkspaceId == workspaceId && i.AcceptedAt == null && i.RevokedAt == null).SingleOrDefaultAsync(which, cancellation);

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
