using Microsoft.AspNetCore.DataProtection;

namespace Hark.Web.Features.LanguageModels;

/// <summary>Keys of language models as they lie in the store: protected, so that reading a row is not enough to use one.</summary>
/// <remarks>Never call this inside a write: the first use of protection may have to store a new key, which would wait for that write on SQLite.</remarks>
public sealed class ModelKeys(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Hark.LanguageModelKeys.v1");

    public string Protect(string key) => _protector.Protect(key);

    /// <exception cref="System.Security.Cryptography.CryptographicException">The keys that protected it are gone.</exception>
    public string Unprotect(string key) => _protector.Unprotect(key);
}
