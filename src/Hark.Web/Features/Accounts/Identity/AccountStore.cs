using Hark.Data.Accounts;
using Hark.Data.Model;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Hark.Web.Features.Accounts.Identity;

/// <summary>
/// ASP.NET Core Identity over Hark's own tables. Members are made and renamed by their use cases, never here. Passwords, stamps and authenticators are kept
/// by <see cref="UpdateAsync"/>, recovery codes and passkeys at once.
/// </summary>
internal sealed class AccountStore(MemberAccounts book, PasskeyBook passkeys, IDataProtectionProvider protection) : IUserPasswordStore<MemberAccount>, IUserSecurityStampStore<MemberAccount>,
    IUserTwoFactorStore<MemberAccount>, IUserAuthenticatorKeyStore<MemberAccount>, IUserTwoFactorRecoveryCodeStore<MemberAccount>, IUserPasskeyStore<MemberAccount>
{
    private readonly IDataProtector _protector = protection.CreateProtector("Hark.Authenticator.v1");

    public Task<string> GetUserIdAsync(MemberAccount user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(MemberAccount user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Member.Email);

    public Task<string?> GetNormalizedUserNameAsync(MemberAccount user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Member.Email);

    public Task SetNormalizedUserNameAsync(MemberAccount user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask; // kept in lower case already

    public Task SetUserNameAsync(MemberAccount user, string? userName, CancellationToken cancellationToken) => throw OtherwiseMade();

    public Task<IdentityResult> CreateAsync(MemberAccount user, CancellationToken cancellationToken) => throw OtherwiseMade();

    public Task<IdentityResult> DeleteAsync(MemberAccount user, CancellationToken cancellationToken) => throw OtherwiseMade();

    public async Task<IdentityResult> UpdateAsync(MemberAccount user, CancellationToken cancellationToken)
    {
        await book.SaveAsync(user, cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<MemberAccount?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        MemberAccount.ReadId(userId) is var (workspace, member) ? await book.FindAsync(workspace, member, cancellationToken) : null;

    public async Task<MemberAccount?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        await book.FindMemberAsync(normalizedUserName, cancellationToken) is { } member ? await book.FindAsync(member.WorkspaceId, member.MemberId, cancellationToken) : null;

    public Task SetPasswordHashAsync(MemberAccount user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.Member.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(MemberAccount user, CancellationToken cancellationToken) => Task.FromResult(user.Member.PasswordHash);

    public Task<bool> HasPasswordAsync(MemberAccount user, CancellationToken cancellationToken) => Task.FromResult(user.Member.PasswordHash is not null);

    public Task SetSecurityStampAsync(MemberAccount user, string stamp, CancellationToken cancellationToken)
    {
        user.Credential.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public Task<string?> GetSecurityStampAsync(MemberAccount user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Credential.SecurityStamp);

    public Task SetTwoFactorEnabledAsync(MemberAccount user, bool enabled, CancellationToken cancellationToken)
    {
        user.Credential.TwoFactor = enabled;
        return Task.CompletedTask;
    }

    public Task<bool> GetTwoFactorEnabledAsync(MemberAccount user, CancellationToken cancellationToken) => Task.FromResult(user.Credential.TwoFactor);

    public Task SetAuthenticatorKeyAsync(MemberAccount user, string key, CancellationToken cancellationToken)
    {
        user.Credential.AuthenticatorKey = _protector.Protect(key);
        return Task.CompletedTask;
    }

    public Task<string?> GetAuthenticatorKeyAsync(MemberAccount user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Credential.AuthenticatorKey is { } key ? _protector.Unprotect(key) : null);

    public Task ReplaceCodesAsync(MemberAccount user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        book.ReplaceRecoveryCodesAsync(user, recoveryCodes, cancellationToken);

    public Task<bool> RedeemCodeAsync(MemberAccount user, string code, CancellationToken cancellationToken) => book.RedeemRecoveryCodeAsync(user, code, cancellationToken);

    public Task<int> CountCodesAsync(MemberAccount user, CancellationToken cancellationToken) => book.CountRecoveryCodesAsync(user, cancellationToken);

    public Task AddOrUpdatePasskeyAsync(MemberAccount user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => passkeys.SaveAsync(new MemberPasskey
    {
        WorkspaceId = user.WorkspaceId,
        MemberId = user.MemberId,
        CredentialId = passkey.CredentialId,
        Name = passkey.Name ?? "",
        PublicKey = passkey.PublicKey,
        SignCount = passkey.SignCount,
        Transports = string.Join(',', passkey.Transports ?? []),
        UserVerified = passkey.IsUserVerified,
        BackupEligible = passkey.IsBackupEligible,
        BackedUp = passkey.IsBackedUp,
        AttestationObject = passkey.AttestationObject,
        ClientDataJson = passkey.ClientDataJson,
    }, cancellationToken);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(MemberAccount user, CancellationToken cancellationToken) =>
        [.. (await passkeys.ListAsync(user.WorkspaceId, user.MemberId, cancellationToken)).Select(Info)];

    public async Task<MemberAccount?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await passkeys.FindAsync(credentialId, cancellationToken) is { } passkey ? await book.FindAsync(passkey.WorkspaceId, passkey.MemberId, cancellationToken) : null;

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(MemberAccount user, byte[] credentialId, CancellationToken cancellationToken) =>
        await passkeys.FindAsync(credentialId, cancellationToken) is { } passkey && passkey.WorkspaceId == user.WorkspaceId && passkey.MemberId == user.MemberId ? Info(passkey) : null;

    public Task RemovePasskeyAsync(MemberAccount user, byte[] credentialId, CancellationToken cancellationToken) =>
        passkeys.RemoveAsync(user.WorkspaceId, user.MemberId, credentialId, cancellationToken);

    public void Dispose()
    {
    }

    private static UserPasskeyInfo Info(MemberPasskey p) => new(p.CredentialId, p.PublicKey, p.CreatedAt, (uint)p.SignCount,
        p.Transports.Split(',', StringSplitOptions.RemoveEmptyEntries), p.UserVerified, p.BackupEligible, p.BackedUp, p.AttestationObject, p.ClientDataJson)
    { Name = p.Name };

    private static NotSupportedException OtherwiseMade() => new("Members are made and renamed by MemberAdmin, with their audit entries.");
}
