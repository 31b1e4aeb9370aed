using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hark.Pages.Tests.Accounts;

/// <summary>
/// A small but real OpenID provider on a free port: discovery, authorization codes that work once and only with their PKCE verifier, an id token with the
/// nonce, user information. It signs in whoever <see cref="Email"/> says.
/// </summary>
internal sealed class OpenIdServer : IAsyncDisposable
{
    public const string ClientId = "hark", ClientSecret = "a secret of the test";
    private readonly WebApplication _app;
    private readonly Dictionary<string, (string Challenge, string? Nonce, string Redirect)> _codes = [];
    private readonly HashSet<string> _tokens = [];

    private OpenIdServer(WebApplication app) => _app = app;

    public string Authority => _app.Urls.First();
    public string Subject { get; set; } = "person-1";
    public string Email { get; set; } = "somebody@corp.example";
    public bool Verified { get; set; } = true;

    /// <summary>Put in place of the nonce that was sent.</summary>
    public string? WrongNonce { get; set; }
    public TimeProvider Time { get; set; } = TimeProvider.System;

    public static async Task<OpenIdServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new OpenIdServer(builder.Build());
        server._app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, string>
        {
            ["issuer"] = server.Authority,
            ["authorization_endpoint"] = server.Authority + "/authorize",
            ["token_endpoint"] = server.Authority + "/token",
            ["userinfo_endpoint"] = server.Authority + "/me",
        }));
        server._app.MapGet("/authorize", server.Authorize);
        server._app.MapPost("/token", server.TokenAsync);
        server._app.MapGet("/me", server.Me);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256" || !query["scope"].ToString().Contains("openid", StringComparison.Ordinal))
            return Results.BadRequest();
        var code = RandomNumberGenerator.GetHexString(20);
        _codes[code] = (query["code_challenge"]!, query["nonce"], query["redirect_uri"]!);
        return Results.Redirect($"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"]!)}");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (!_codes.Remove(form["code"].ToString(), out var asked) || form["client_secret"] != ClientSecret || form["redirect_uri"] != asked.Redirect
            || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != asked.Challenge) return Results.BadRequest(new { error = "invalid_grant" });
        var token = RandomNumberGenerator.GetHexString(20);
        _tokens.Add(token);
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = Authority,
            ["aud"] = ClientId,
            ["sub"] = Subject,
            ["nonce"] = WrongNonce ?? asked.Nonce,
            ["exp"] = Time.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds(),
        };
        var id = $"{Base64Url.EncodeToString("{}"u8)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}.{Base64Url.EncodeToString("s"u8)}";
        return Results.Json(new Dictionary<string, object> { ["access_token"] = token, ["token_type"] = "Bearer", ["expires_in"] = 300, ["id_token"] = id });
    }

    private IResult Me(HttpRequest request) => _tokens.Contains(request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal))
        ? Results.Json(new Dictionary<string, object> { ["sub"] = Subject, ["email"] = Email, ["email_verified"] = Verified, ["name"] = "Some Body" }) : Results.Unauthorized();
}
