using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Hark.Web.Features.Accounts.Providers;

/// <summary>
/// OpenID Connect by the authorization code flow, on the framework's OAuth handler: that brings state, correlation, PKCE and the exchange of the code; here
/// come discovery, nonce, the checks of the id token and the user information.
/// </summary>
/// <remarks>The id token comes straight from the token endpoint over a checked connection, so its signature need not be verified (OpenID Connect Core 3.1.3.7, 6).</remarks>
internal sealed class OpenIdHandler(IOptionsMonitor<OpenIdOptions> options, ILoggerFactory logger, UrlEncoder encoder) : OAuthHandler<OpenIdOptions>(options, logger, encoder)
{
    private const string NonceKey = "nonce";
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await DiscoverAsync();
        await base.HandleChallengeAsync(properties);
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        properties.Items[NonceKey] = nonce; // travels in the protected state
        return QueryHelpers.AddQueryString(base.BuildChallengeUrl(properties, redirectUri), NonceKey, nonce);
    }

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        await DiscoverAsync();
        return await base.ExchangeCodeAsync(context);
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        var endpoints = await Options.Discovery.GetAsync(Backchannel, Context.RequestAborted);
        var subject = tokens.Response!.RootElement.TryGetProperty("id_token", out var idToken) && idToken.ValueKind == JsonValueKind.String
            ? SubjectOf(idToken.GetString()!, endpoints, properties) : null;
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoints.UserInfo);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
        using var answer = await Backchannel.SendAsync(request, Context.RequestAborted);
        answer.EnsureSuccessStatusCode();
        using var user = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Context.RequestAborted));
        var sub = Text(user.RootElement, "sub");
        // Answers about somebody else must not be used (section 5.3.2).
        if (sub is null || subject is not null && subject != sub) throw new AuthenticationFailureException("The user information is about somebody else than the id token.");
        if (user.RootElement.TryGetProperty("nonce", out var nonce) && nonce.GetString() != properties.Items[NonceKey]) throw new AuthenticationFailureException("The nonce is not ours.");
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, sub));
        if (IsTrue(user.RootElement, "email_verified") && Text(user.RootElement, "email") is { } email) identity.AddClaim(new Claim(ClaimTypes.Email, email));
        if (Text(user.RootElement, "name") is { } name) identity.AddClaim(new Claim(ClaimTypes.Name, name));
        return new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name);
    }

    /// <summary>Checks issuer, audience, end and nonce.</summary>
    private string SubjectOf(string token, OpenIdEndpoints endpoints, AuthenticationProperties properties)
    {
        if (token.Split('.') is not [_, var payload, _]) throw new AuthenticationFailureException("The id token is not one.");
        JsonElement claims;
        try
        {
            claims = JsonElement.Parse(Base64Url.DecodeFromChars(payload));
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw new AuthenticationFailureException("The id token cannot be read.", e);
        }
        var audience = claims.TryGetProperty("aud", out var aud) && (aud.ValueKind == JsonValueKind.Array
            ? aud.EnumerateArray().Any(a => a.GetString() == Options.ClientId) : aud.GetString() == Options.ClientId);
        var ends = claims.TryGetProperty("exp", out var exp) && exp.TryGetInt64(out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : DateTimeOffset.MinValue;
        var ours = Text(claims, "nonce") is { } nonce && properties.Items.TryGetValue(NonceKey, out var sent) && nonce == sent;
        if (Text(claims, "iss") != endpoints.Issuer || !audience || ends + ClockSkew < TimeProvider.GetUtcNow() || !ours)
            throw new AuthenticationFailureException("The id token is not for this sign-in.");
        return Text(claims, "sub") ?? throw new AuthenticationFailureException("The id token names nobody.");
    }

    private async Task DiscoverAsync()
    {
        var endpoints = await Options.Discovery.GetAsync(Backchannel, Context.RequestAborted);
        (Options.AuthorizationEndpoint, Options.TokenEndpoint) = (endpoints.Authorization, endpoints.Token); // the same for every request
    }

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Some providers send truth as text.</summary>
    private static bool IsTrue(JsonElement of, string name) => of.TryGetProperty(name, out var value) && (value.ValueKind == JsonValueKind.True || value.ValueKind == JsonValueKind.String && value.ValueEquals("true"));
}
