using System.Security.Claims;
using System.Text.Encodings.Web;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Web.Infrastructure.Limits;
using Hark.Web.Infrastructure.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Hark.Web.Infrastructure.Auth;

/// <summary>
/// Authenticates <c>Authorization: Bearer</c> with a source key or personal token. A key this node knows costs one hash and one look-up in memory; an
/// unknown one asks the store, at most so often for each address.
/// </summary>
internal sealed class BearerKeys(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    WorkspaceSnapshots snapshots, FailedAuthentications failures) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Bearer";
    private int? _retryAfter;
    private bool _wrongKey;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0) return AuthenticateResult.NoResult();
        if (!header.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var text = header[(Scheme.Length + 1)..].Trim();
        if (KeyText.LooksRight(text) && KeyText.Hash(text) is var hash && snapshots.KnownKey(hash) is { } known)
            return Accept(Caller.Of(known.Workspace, known.Key));
        var address = Context.Connection.RemoteIpAddress;
        if (failures.RetryAfter(address) is { } wait)
        {
            _retryAfter = wait;
            return AuthenticateResult.Fail("Too many wrong keys.");
        }
        if (!KeyText.LooksRight(text) || await snapshots.FindKeyAsync(KeyText.Hash(text), Context.RequestAborted) is not { } found)
        {
            failures.Count(address);
            return Accept(null);
        }
        return Accept(Caller.Of(found.Workspace, found.Key));
    }

    private AuthenticateResult Accept(Caller? caller)
    {
        if (caller is null)
        {
            _wrongKey = true;
            return AuthenticateResult.Fail("Unknown, revoked or expired key.");
        }
        Context.Features.Set(caller);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.Actor.Id)], Scheme);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync();
        if (_retryAfter is { } wait)
        {
            await Problem.WriteAsync(Context, new Error(ErrorKind.Limited, ErrorCodes.RateLimited, "Too many wrong keys from this address; wait, then check the key."), retryAfter: wait);
            return;
        }
        Response.Headers.WWWAuthenticate = _wrongKey ? "Bearer realm=\"hark\", error=\"invalid_token\"" : "Bearer realm=\"hark\"";
        await Problem.WriteAsync(Context, _wrongKey
            ? new Error(ErrorKind.Unauthorised, ErrorCodes.Unauthorised, "The key is unknown, revoked or expired; make a new one.")
            : StatusProblems.Of(StatusCodes.Status401Unauthorized));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"hark\", error=\"insufficient_scope\"";
        var policy = Context.GetEndpoint() is { } endpoint ? ApiRoutes.PolicyOf(endpoint.Metadata) : null;
        return Problem.WriteAsync(Context, new Error(ErrorKind.Forbidden, ErrorCodes.Forbidden, Policies.Explain(policy)));
    }
}
