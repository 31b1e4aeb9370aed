using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hark.Web.Features.Accounts;

/// <summary>Where somebody goes after signing in.</summary>
internal sealed class Landing(EndpointDataSource endpoints)
{
    private readonly Lazy<HashSet<string>> _pages = new(() => endpoints.Endpoints.OfType<RouteEndpoint>()
        .Select(e => "/" + e.RoutePattern.RawText?.Trim('/')).ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>The page that was asked for, if it is one of ours; else the first page of the role.</summary>
    /// <param name="wanted">From the address, so anything: another host is never followed.</param>
    public string Of(Role role, string? wanted) => IsOurs(wanted) ? wanted! : First(role);

    /// <summary>A path on this host. Not the sign-in itself, which would go round and round.</summary>
    public static bool IsOurs(string? path) => path is { Length: > 1 and < 2000 } && RedirectHttpResult.IsLocalUrl(path) && path[0] == '/'
        && !path.Any(c => char.IsControl(c) || c == '\\') && !path.StartsWith(SessionCookie.SignInPath, StringComparison.OrdinalIgnoreCase);

    /// <summary>Who works on cases begins at them, everybody else at the numbers.</summary>
    public string First(Role role)
    {
        if (role is Role.Agent or Role.TeamLead && _pages.Value.Contains("/inbox")) return "/inbox";
        return _pages.Value.Contains("/pulse") ? "/pulse" : "/account";
    }
}
