using Hark.Data.Accounts;
using Hark.Data.Workspaces;
using Hark.Web.Features.Accounts.Identity;
using Microsoft.AspNetCore.Identity;

namespace Hark.Web.Features.Accounts;

/// <summary>
/// Proves who somebody is. Every no is the same: a wrong password, an address of nobody, a disabled member and a locked account cost the same work and get
/// the same answer, so that nobody learns who works here.
/// </summary>
internal sealed class SignIn(MemberAccounts book, AccountManager accounts, SignInTries tries, WorkspaceSnapshots snapshots)
{
    /// <returns>The account, whose second factor may still be asked; null for no.</returns>
    public async Task<MemberAccount?> ByPasswordAsync(string email, string password, Visitor visitor, CancellationToken cancellation)
    {
        var member = await book.FindMemberAsync(email, cancellation);
        var workspaceId = member?.WorkspaceId ?? (await snapshots.AllAsync(cancellation))[0].WorkspaceId;
        var state = await tries.BeginAsync(workspaceId, member?.MemberId ?? Guid.Empty, cancellation);
        var account = await book.FindAsync(workspaceId, member?.MemberId ?? Guid.Empty, cancellation);
        var right = password.Length <= MemberAdmin.LongestPassword & await accounts.PasswordMatchesAsync(account, password[..Math.Min(password.Length, MemberAdmin.LongestPassword)]);
        if (right && state != Try.Locked && account!.Member.DisabledAt is null) return account;
        await tries.FailAsync(workspaceId, member?.MemberId, state, "password", visitor, cancellation);
        return null;
    }

    /// <summary>A code of the authenticator app or a recovery code, either of which works once.</summary>
    public async Task<MemberAccount?> BySecondFactorAsync(Guid workspaceId, Guid memberId, string code, Visitor visitor, CancellationToken cancellation)
    {
        var state = await tries.BeginAsync(workspaceId, memberId, cancellation);
        var account = await book.FindAsync(workspaceId, memberId, cancellation);
        if (account is { Member.DisabledAt: null } && state != Try.Locked && code.Length <= 100)
        {
            if (await accounts.VerifyTwoFactorTokenAsync(account, TokenOptions.DefaultAuthenticatorProvider, code)) return account;
            if ((await accounts.RedeemTwoFactorRecoveryCodeAsync(account, code)).Succeeded)
            {
                await book.AuditAsync(account, "recovery_code.used", new { left = await book.CountRecoveryCodesAsync(account, cancellation) }, cancellation);
                return account;
            }
        }
        await tries.FailAsync(workspaceId, memberId, state, "second_factor", visitor, cancellation);
        return null;
    }
}
