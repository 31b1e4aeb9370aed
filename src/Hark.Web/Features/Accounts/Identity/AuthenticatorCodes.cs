using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hark.Data.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Hark.Web.Features.Accounts.Identity;

/// <summary>
/// Codes of authenticator apps (TOTP, RFC 6238: HMAC-SHA-1, 30 seconds, six digits). Identity's own provider reads the wall clock and takes a code again and
/// again; this one takes the time it is given and every code once.
/// </summary>
public sealed class AuthenticatorCodes(SignInTries tries, TimeProvider time) : IUserTwoFactorTokenProvider<MemberAccount>
{
    public const int StepSeconds = 30;

    /// <summary>Steps before and after that are taken, for clocks that are off.</summary>
    private const int Tolerance = 1;

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<MemberAccount> manager, MemberAccount user) => await manager.GetAuthenticatorKeyAsync(user) is not null;

    /// <summary>Nothing: the person's app makes the codes.</summary>
    public Task<string> GenerateAsync(string purpose, UserManager<MemberAccount> manager, MemberAccount user) => Task.FromResult("");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<MemberAccount> manager, MemberAccount user)
    {
        var code = string.Concat(token.Where(c => !char.IsWhiteSpace(c)));
        if (code.Length != 6 || await manager.GetAuthenticatorKeyAsync(user) is not { } key) return false;
        var secret = Decode(key);
        var now = time.GetUtcNow().ToUnixTimeSeconds() / StepSeconds;
        for (var step = now - Tolerance; step <= now + Tolerance; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CodeOf(secret, step)), Encoding.UTF8.GetBytes(code)))
                return await tries.UseCodeAsync(user.WorkspaceId, user.MemberId, step);
        return false;
    }

    /// <summary>The code of a step (RFC 4226 section 5.3).</summary>
    internal static string CodeOf(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // SHA-1 is what the standard and every app use; the MAC does not rest on collisions.
        HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 15)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>RFC 4648 base32, without padding.</summary>
    internal static byte[] Decode(string key)
    {
        var bytes = new byte[key.Length * 5 / 8];
        for (int i = 0, at = 0, bits = 0, value = 0; i < key.Length; i++)
        {
            value = value << 5 | Base32.IndexOf(key[i], StringComparison.OrdinalIgnoreCase) & 31;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes[at++] = (byte)(value >> bits);
            value &= (1 << bits) - 1;
        }
        return bytes;
    }
}
