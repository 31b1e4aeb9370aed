using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Hark.Web.Features.Accounts;

/// <summary>What must survive from one request of a browser to its next for a few minutes: encrypted, signed, with an end of its own.</summary>
internal sealed class SealedCookies(IDataProtectionProvider protection, TimeProvider time)
{
    private sealed record Sealed<T>(T Value, DateTimeOffset Until);

    public void Put<T>(HttpContext context, string name, T value, TimeSpan validFor)
    {
        var content = JsonSerializer.Serialize(new Sealed<T>(value, time.GetUtcNow() + validFor));
        context.Response.Cookies.Append(name, Protector(name).Protect(content), Options(context));
    }

    /// <summary>What was put; null when there is nothing, when it is too old, or when it is not ours.</summary>
    public T? Read<T>(HttpContext context, string name) where T : class
    {
        if (context.Request.Cookies[name] is not { } text) return null;
        try
        {
            var content = JsonSerializer.Deserialize<Sealed<T>>(Protector(name).Unprotect(text));
            return content is not null && content.Until > time.GetUtcNow() ? content.Value : null;
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>What was put, which the browser then forgets.</summary>
    public T? Take<T>(HttpContext context, string name) where T : class
    {
        var value = Read<T>(context, name);
        Forget(context, name);
        return value;
    }

    public static void Forget(HttpContext context, string name) => context.Response.Cookies.Delete(name, Options(context));

    private IDataProtector Protector(string name) => protection.CreateProtector("Hark.SealedCookies.v1", name);

    private static CookieOptions Options(HttpContext context) => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/", IsEssential = true };
}
