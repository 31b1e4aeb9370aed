using Hark.Data.Accounts;
using Hark.Data.Messages;
using Hark.Data.Model;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Hark.Web.Features.Accounts.Identity;

namespace Hark.Web.Features.Accounts;

/// <summary>A new password for who forgot theirs, by a link in an e-mail.</summary>
internal sealed class PasswordReset(MemberAccounts book, AccountManager accounts, MemberSessions sessions, WorkspaceSnapshots snapshots, MessageComposer composer,
    MessageSettings settings, OutboxQueue outbox, TimeProvider time)
{
    /// <summary>Sends the link if the address is a member's, and says nothing about whether it was: either way one token is made and one transaction written.</summary>
    public async Task SendAsync(string email, Visitor visitor, CancellationToken cancellation)
    {
        var member = await book.FindMemberAsync(email, cancellation);
        var workspace = member is null ? (await snapshots.AllAsync(cancellation))[0] : await snapshots.GetAsync(member.WorkspaceId, cancellation);
        var account = await book.FindAsync(workspace.WorkspaceId, member?.MemberId ?? Guid.Empty, cancellation) ?? Nobody(workspace.WorkspaceId);
        var token = await accounts.GeneratePasswordResetTokenAsync(account);
        var message = composer.PasswordReset(workspace, account.Member, $"{settings.PublicUrl}/password/{account.Id}.{token}", (int)LinkTokens.ValidFor.TotalMinutes, time.Now());
        var known = member is not null && account.Member.DisabledAt is null;
        await book.WriteAsync(account, known ? "password.link_sent" : "password.link_refused", known ? [message] : [], visitor, cancellation);
        outbox.Wake.Notify();
    }

    /// <summary>Whether the link of an e-mail still works.</summary>
    public async Task<MemberAccount?> FindAsync(string link, CancellationToken cancellation)
    {
        if (link.Split('.') is not [var id, var token] || MemberAccount.ReadId(id) is not var (workspaceId, memberId)) return null;
        if (await book.FindAsync(workspaceId, memberId, cancellation) is not { Member.DisabledAt: null } account) return null;
        var works = await accounts.VerifyUserTokenAsync(account, LinkTokens.Name, AccountManager.ResetPasswordTokenPurpose, token);
        return works ? account : null;
    }

    /// <summary>Sets the password and ends every session. The link is used up: the security stamp it was made with changes.</summary>
    /// <returns>The account; null when the link does not work any more; errors when the password does not do.</returns>
    public async Task<Result<MemberAccount>> SetAsync(string link, string password, CancellationToken cancellation)
    {
        if (await FindAsync(link, cancellation) is not { } account) return Error.NotFound("link");
        var result = await accounts.ResetPasswordAsync(account, link.Split('.')[1], password);
        if (!result.Succeeded) return Error.Invalid("/password", result.Errors.First().Code);
        var actor = Actor.Member(account.MemberId);
        await book.AuditAsync(account, "member.password_changed", new { by = "link" }, cancellation);
        await sessions.RevokeAsync(account.WorkspaceId, account.MemberId, null, null, actor, cancellation);
        return account;
    }

    private static MemberAccount Nobody(Guid workspaceId) => new()
    {
        Member = new Member { WorkspaceId = workspaceId, Email = "nobody@invalid", Name = "" },
        Credential = new MemberCredential { WorkspaceId = workspaceId, SecurityStamp = "" },
    };
}
