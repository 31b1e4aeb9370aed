using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hark.Web.Features.Accounts.Providers;

/// <summary>What a provider says about itself (OpenID Connect Discovery 1.0).</summary>
internal sealed record OpenIdEndpoints(
    [property: JsonPropertyName("issuer")] string Issuer,
    [property: JsonPropertyName("authorization_endpoint")] string Authorization,
    [property: JsonPropertyName("token_endpoint")] string Token,
    [property: JsonPropertyName("userinfo_endpoint")] string? UserInfo);

/// <summary>The discovery document of one provider, fetched when first needed and again after a day. A provider that is down keeps nobody from other ways in.</summary>
internal sealed class OpenIdDiscovery(string authority, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromDays(1);
    private readonly SemaphoreSlim _fetching = new(1, 1);
    private (OpenIdEndpoints Endpoints, DateTimeOffset Until)? _known;

    /// <exception cref="HttpRequestException">The provider cannot be reached, or what it says is not what was configured.</exception>
    public async Task<OpenIdEndpoints> GetAsync(HttpClient http, CancellationToken cancellation)
    {
        await _fetching.WaitAsync(cancellation);
        try
        {
            if (_known is { } known && known.Until > time.GetUtcNow()) return known.Endpoints;
            OpenIdEndpoints? found;
            try
            {
                found = await http.GetFromJsonAsync<OpenIdEndpoints>($"{authority}/.well-known/openid-configuration", cancellation);
            }
            catch (JsonException e)
            {
                throw new HttpRequestException($"The discovery document of {authority} is not one.", e);
            }
            // Another issuer, or an endpoint in the clear, would be somebody in between (section 4.3).
            if (found?.Issuer?.TrimEnd('/') != authority) throw new HttpRequestException($"The provider at {authority} calls itself otherwise.");
            if (found.UserInfo is null || !IsSafe(found.Authorization) || !IsSafe(found.Token) || !IsSafe(found.UserInfo))
                throw new HttpRequestException($"The provider at {authority} has endpoints without https, or none for user information.");
            _known = (found, time.GetUtcNow() + FreshFor);
            return found;
        }
        finally
        {
            _fetching.Release();
        }
    }

    /// <summary>https; plain http only on this machine.</summary>
    public static bool IsSafe(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback);

    public void Dispose() => _fetching.Dispose();
}
