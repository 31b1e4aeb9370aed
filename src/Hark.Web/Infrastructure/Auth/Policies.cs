using Hark.Domain.Workspaces;
using Microsoft.AspNetCore.Authorization;

namespace Hark.Web.Infrastructure.Auth;

/// <summary>Who may call an endpoint or see a page: a token of a scope, or a signed-in member whose role has that scope. What a role may do beyond its scope is for the use case to ask (<see cref="RoleRights"/>).</summary>
public static class Policies
{
    /// <summary>Source keys only.</summary>
    public const string Send = "send";

    /// <summary>Tokens of any scope.</summary>
    public const string Read = "read";

    /// <summary>Tokens of scope write or admin.</summary>
    public const string Write = "write";

    /// <summary>Tokens of scope admin, of a role that changes settings (administrator, programme owner).</summary>
    public const string Configure = "configure";

    /// <summary>Tokens of scope admin, of administrators: members, keys, the audit log.</summary>
    public const string Admin = "admin";

    internal static void Add(AuthorizationBuilder authorization)
    {
        Policy(Send, c => c.Scope == KeyScope.Send);
        Policy(Read, c => c.Scope >= KeyScope.Read);
        Policy(Write, c => c.Scope >= KeyScope.Write);
        Policy(Configure, c => c.Scope == KeyScope.Admin && c.Role.Configures());
        Policy(Admin, c => c.Scope == KeyScope.Admin && c.Role.Administers());

        void Policy(string name, Func<Caller, bool> allows) => authorization.AddPolicy(name, p => p
            .RequireAuthenticatedUser()
            .RequireAssertion(c => c.Resource is HttpContext http && http.Features.Get<Caller>() is { } caller && allows(caller)));
    }

    /// <summary>What a 403 tells: which keys the endpoint takes.</summary>
    internal static string Explain(string? policy) => policy switch
    {
        Send => "Only a source key may do this; make one with: keys create --source NAME.",
        Read => "Only a personal token may do this; a source key can only send signals.",
        Write => "This needs a token of scope write or admin, and a role that allows it.",
        Configure => "This needs a token of scope admin, of an administrator or programme owner.",
        Admin => "This needs a token of scope admin, of an administrator.",
        _ => "This key may not do that.",
    };
}
