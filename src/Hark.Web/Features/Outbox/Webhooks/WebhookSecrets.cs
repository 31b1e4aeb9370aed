using Microsoft.AspNetCore.DataProtection;

namespace Hark.Web.Features.Outbox.Webhooks;

/// <summary>Secrets of an endpoint, newest first, as they lie in the store: protected, so that reading a row is not enough to sign.</summary>
/// <remarks>Never call this inside a write: the first use of protection may have to store a new key, which would wait for that write on SQLite.</remarks>
public sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    /// <summary>The newest and the one before: both sign, until the next rotation.</summary>
    public const int Kept = 2;

    private readonly IDataProtector _protector = protection.CreateProtector("Hark.WebhookSecrets.v1");

    public string Protect(IEnumerable<string> secrets) => _protector.Protect(string.Join(' ', secrets.Take(Kept)));

    /// <exception cref="System.Security.Cryptography.CryptographicException">The keys that protected them are gone.</exception>
    public IReadOnlyList<string> Unprotect(string secrets) => _protector.Unprotect(secrets).Split(' ');
}
