using Hark.Data.Accounts;
using Hark.Data.Model;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Hark.Web.Features.Accounts.Identity;

/// <summary>
/// ASP.NET Core Identity over Hark's own tables. Members are made and renamed by their use cases, never here. Passwords, stamps and authenticators are kept
/// by <see cref="UpdateAsync"/>, recovery codes and passkeys at once.
/// </summary>
internal sealed class AccountStore(AccountBook book, PasskeyBook passkeys, IDataProtectionProvider protection) : IUserPasswordStore<Account>, IUserSecurityStampStore<Account>,
    IUserTwoFactorStore<Account>, IUserAuthenticatorKeyStore<Account>, IUserTwoFactorRecoveryCodeStore<Account>, IUserPasskeyStore<Account>
{
    private readonly IDataProtector _protector = protection.CreateProtector("Hark.Authenticator.v1");

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Member.Email);

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Member.Email);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask; // kept in lower case already

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => throw OtherwiseMade();

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) => throw OtherwiseMade();

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw OtherwiseMade();

    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        await book.SaveAsync(user, cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Account.ReadId(userId) is var (workspace, member) ? await book.FindAsync(workspace, member, cancellationToken) : null;

    public async Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        await book.FindMemberAsync(normalizedUserName, cancellationToken) is { } member ? await book.FindAsync(member.WorkspaceId, member.MemberId, cancellationToken) : null;

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.Member.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Member.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Member.PasswordHash is not null);

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken)
    {
        user.Credential.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Credential.SecurityStamp);

    public Task SetTwoFactorEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken)
    {
        user.Credential.TwoFactor = enabled;
        return Task.CompletedTask;
    }

    public Task<bool> GetTwoFactorEnabledAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Credential.TwoFactor);

    public Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken)
    {
        user.Credential.AuthenticatorKey = _protector.Protect(key);
        return Task.CompletedTask;
    }

    public Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Credential.AuthenticatorKey is { } key ? _protector.Unprotect(key) : null);

    public Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        book.ReplaceRecoveryCodesAsync(user, recoveryCodes, cancellationToken);

    public Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken) => book.RedeemRecoveryCodeAsync(user, code, cancellationToken);

    public Task<int> CountCodesAsync(Account user, CancellationToken cancellationToken) => book.CountRecoveryCodesAsync(user, cancellationToken);

    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => passkeys.SaveAsync(new MemberPasskey
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

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) =>
        [.. (await passkeys.ListAsync(user.WorkspaceId, user.MemberId, cancellationToken)).Select(Info)];

    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await passkeys.FindAsync(credentialId, cancellationToken) is { } passkey ? await book.FindAsync(passkey.WorkspaceId, passkey.MemberId, cancellationToken) : null;

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        await passkeys.FindAsync(credentialId, cancellationToken) is { } passkey && passkey.WorkspaceId == user.WorkspaceId && passkey.MemberId == user.MemberId ? Info(passkey) : null;

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        passkeys.RemoveAsync(user.WorkspaceId, user.MemberId, credentialId, cancellationToken);

    public void Dispose()
    {
    }

    private static UserPasskeyInfo Info(MemberPasskey p) => new(p.CredentialId, p.PublicKey, p.CreatedAt, (uint)p.SignCount,
        p.Transports.Split(',', StringSplitOptions.RemoveEmptyEntries), p.UserVerified, p.BackupEligible, p.BackedUp, p.AttestationObject, p.ClientDataJson)
    { Name = p.Name };

    private static NotSupportedException OtherwiseMade() => new("Members are made and renamed by MemberAdmin, with their audit entries.");
}
