using System.Buffers.Text;
using System.Security.Cryptography;
using Hark.Web.Infrastructure.Settings;
using Microsoft.AspNetCore.DataProtection;

namespace Hark.Web.Features.Outbox.Email;

/// <summary>The addresses by which a person ends optional e-mail: opaque, signed, and valid for as long as mail is kept.</summary>
public sealed class UnsubscribeLinks(IDataProtectionProvider protection, HarkOptions options)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Hark.Unsubscribe.v1");

    /// <summary>Goes into <c>unsubscribe_url</c> of an e-mail.</summary>
    public string UrlFor(Guid workspaceId, Guid contactId) => $"{options.PublicUrl}/u/{TokenFor(workspaceId, contactId)}";

    public string TokenFor(Guid workspaceId, Guid contactId)
    {
        var ids = new byte[32];
        workspaceId.TryWriteBytes(ids, bigEndian: true, out _);
        contactId.TryWriteBytes(ids.AsSpan(16), bigEndian: true, out _);
        return Base64Url.EncodeToString(_protector.Protect(ids));
    }

    /// <summary>Whom a token is about; null when we did not make it.</summary>
    public (Guid WorkspaceId, Guid ContactId)? Read(string token)
    {
        try
        {
            var ids = _protector.Unprotect(Base64Url.DecodeFromChars(token));
            return ids.Length == 32 ? (new Guid(ids.AsSpan(0, 16), bigEndian: true), new Guid(ids.AsSpan(16), bigEndian: true)) : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
