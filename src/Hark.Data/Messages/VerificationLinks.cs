using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Hark.Data.Messages;

/// <summary>Which question a link asks: "did we solve it?" for one round of one case.</summary>
public sealed record VerificationTicket(Guid WorkspaceId, Guid CaseId, int Round, DateTimeOffset ExpiresAt);

/// <summary>
/// The links by which a customer answers: signed and encrypted, so that they tell nothing and cannot be made by others, and good until they expire. The token
/// alone is the right to answer; there is no cookie.
/// </summary>
public sealed class VerificationLinks(IDataProtectionProvider protection, MessageSettings settings)
{
    private const int Size = 16 + 16 + 4 + 8;

    /// <summary>Longer texts are no tokens of ours and are not even decoded.</summary>
    private const int LongestToken = 512;
    private readonly IDataProtector _protector = protection.CreateProtector("Hark.Verification.v1");

    /// <summary>The address of the page; see <see cref="MessageComposer.Verification"/>.</summary>
    public string UrlFor(VerificationTicket ticket) => $"{settings.PublicUrl}/v/{TokenFor(ticket)}";

    /// <summary>base64url, about 190 characters; expiry in whole seconds.</summary>
    public string TokenFor(VerificationTicket ticket)
    {
        var bytes = new byte[Size];
        ticket.WorkspaceId.TryWriteBytes(bytes, bigEndian: true, out _);
        ticket.CaseId.TryWriteBytes(bytes.AsSpan(16), bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(32), ticket.Round);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(36), ticket.ExpiresAt.ToUnixTimeSeconds());
        return Base64Url.EncodeToString(_protector.Protect(bytes));
    }

    /// <summary>What a token is about, expired or not; null when we did not make it.</summary>
    public VerificationTicket? Read(string token)
    {
        if (token.Length > LongestToken) return null;
        try
        {
            var bytes = _protector.Unprotect(Base64Url.DecodeFromChars(token));
            return bytes.Length != Size ? null : new VerificationTicket(new Guid(bytes.AsSpan(0, 16), bigEndian: true), new Guid(bytes.AsSpan(16, 16), bigEndian: true),
                BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(32)), DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(36))));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
