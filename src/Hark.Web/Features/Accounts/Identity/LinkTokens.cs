using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Hark.Data.Accounts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Hark.Web.Features.Accounts.Identity;

/// <summary>
/// Tokens in mailed links: good for an hour, and only until a credential of the account changes, which using one does. Identity's own provider reads the
/// wall clock.
/// </summary>
public sealed class LinkTokens(IDataProtectionProvider protection, TimeProvider time) : IUserTwoFactorTokenProvider<MemberAccount>
{
    public const string Name = "link";
    public static readonly TimeSpan ValidFor = TimeSpan.FromHours(1);
    private const int LongestToken = 1024;

    private readonly IDataProtector _protector = protection.CreateProtector("Hark.AccountLinks.v1");

    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<MemberAccount> manager, MemberAccount user) => Task.FromResult(false);

    public Task<string> GenerateAsync(string purpose, UserManager<MemberAccount> manager, MemberAccount user)
    {
        var content = Encoding.UTF8.GetBytes("........" + Content(purpose, user));
        BinaryPrimitives.WriteInt64BigEndian(content, (time.GetUtcNow() + ValidFor).ToUnixTimeSeconds());
        return Task.FromResult(Base64Url.EncodeToString(_protector.Protect(content)));
    }

    public Task<bool> ValidateAsync(string purpose, string token, UserManager<MemberAccount> manager, MemberAccount user)
    {
        if (token.Length > LongestToken) return Task.FromResult(false);
        try
        {
            var content = _protector.Unprotect(Base64Url.DecodeFromChars(token));
            return Task.FromResult(BinaryPrimitives.ReadInt64BigEndian(content) > time.GetUtcNow().ToUnixTimeSeconds()
                && content.AsSpan(8).SequenceEqual(Encoding.UTF8.GetBytes(Content(purpose, user))));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return Task.FromResult(false);
        }
    }

    private static string Content(string purpose, MemberAccount user) => $"{purpose}|{user.Id}|{user.Credential.SecurityStamp}";
}
