using Hark.Data.Accounts;
using Hark.Data.Messages;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Hark.Web.Features.Accounts.Identity;

namespace Hark.Web.Features.Accounts;

/// <summary>A new password for who forgot theirs, by a link in an e-mail.</summary>
internal sealed class PasswordReset(AccountBook book, AccountManager accounts, MemberSessions sessions, WorkspaceSnapshots snapshots, MessageComposer composer,
    MessageSettings settings, HarkStore store, OutboxQueue outbox, TimeProvider time)
{
    /// <summary>Sends the link if the address is a member's, and says nothing about whether it was.</summary>
    public async Task SendAsync(string email, CancellationToken cancellation)
    {
        var member = await book.FindMemberAsync(email, cancellation);
        if (member is null || await book.FindAsync(member.WorkspaceId, member.MemberId, cancellation) is not { Member.DisabledAt: null } account) return;
        var token = await accounts.GeneratePasswordResetTokenAsync(account);
        var url = $"{settings.PublicUrl}/password/{account.Id}.{token}";
        var message = composer.PasswordReset(await snapshots.GetAsync(account.WorkspaceId, cancellation), account.Member, url, (int)LinkTokens.ValidFor.TotalMinutes, time.Now());
        await store.WriteAsync(db => outbox.EnqueueAsync(db, [message], cancellation), cancellation);
        outbox.Wake.Notify();
        await book.AuditAsync(account, "password.link_sent", cancellation: cancellation);
    }

    /// <summary>Whether the link of an e-mail still works.</summary>
    public async Task<Account?> FindAsync(string link, CancellationToken cancellation)
    {
        if (link.Split('.') is not [var id, var token] || Account.ReadId(id) is not var (workspaceId, memberId)) return null;
        if (await book.FindAsync(workspaceId, memberId, cancellation) is not { Member.DisabledAt: null } account) return null;
        var works = await accounts.VerifyUserTokenAsync(account, LinkTokens.Name, Microsoft.AspNetCore.Identity.UserManager<Account>.ResetPasswordTokenPurpose, token);
        return works ? account : null;
    }

    /// <summary>Sets the password and ends every session. The link is used up: the security stamp it was made with changes.</summary>
    /// <returns>The account; null when the link does not work any more; errors when the password does not do.</returns>
    public async Task<Result<Account>> SetAsync(string link, string password, CancellationToken cancellation)
    {
        if (await FindAsync(link, cancellation) is not { } account) return Error.NotFound("link");
        var result = await accounts.ResetPasswordAsync(account, link.Split('.')[1], password);
        if (!result.Succeeded) return Error.Invalid("/password", result.Errors.First().Code);
        var actor = Actor.Member(account.MemberId);
        await book.AuditAsync(account, "member.password_changed", new { by = "link" }, cancellation);
        await sessions.RevokeAsync(account.WorkspaceId, account.MemberId, null, null, actor, cancellation);
        return account;
    }
}
