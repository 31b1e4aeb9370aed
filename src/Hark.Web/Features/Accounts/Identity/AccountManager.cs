using System.Security.Cryptography;
using Hark.Data.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Hark.Web.Features.Accounts.Identity;

/// <summary>
/// ASP.NET Core Identity's manager of passwords, second factors and passkeys. Its lock-out is not used: that counts a try after it was checked, and by the
/// wall clock; see <see cref="SignInTries"/>.
/// </summary>
public sealed class AccountManager(IUserStore<MemberAccount> store, IOptions<IdentityOptions> options, IPasswordHasher<MemberAccount> hasher, IEnumerable<IPasswordValidator<MemberAccount>> passwords,
    ILookupNormalizer normalizer, IdentityErrorDescriber errors, IServiceProvider services, ILogger<UserManager<MemberAccount>> log)
    : UserManager<MemberAccount>(store, options, hasher, [], passwords, normalizer, errors, services, log)
{
    public const int RecoveryCodes = 10;

    /// <summary>Without letters and digits that look alike.</summary>
    private const string Alphabet = "23456789BCDFGHJKMNPQRTVWXY";

    // What an address that belongs to nobody is checked against, so that it takes as long.
    private static string? _nobody;

    /// <summary>Whether this is the account's password; takes as long when there is no account or it has no password.</summary>
    public async Task<bool> PasswordMatchesAsync(MemberAccount? account, string password)
    {
        if (account?.Member.PasswordHash is not null) return await CheckPasswordAsync(account, password);
        _nobody ??= PasswordHasher.HashPassword(null!, SecurityStamps.New());
        PasswordHasher.VerifyHashedPassword(null!, _nobody, password);
        return false;
    }

    /// <summary>16 of 26 letters: 75 random bits.</summary>
    protected override string CreateTwoFactorRecoveryCode() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Alphabet, 4)));
}
