using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;

namespace Hark.Web.Features.Settings;

/// <summary>Who the token says one is.</summary>
/// <param name="Teams">Keys of the teams whose cases and words may be seen; null for all.</param>
public sealed record MeView(Guid WorkspaceId, string Workspace, string TimeZone, Guid MemberId, string Email, string Name, Role Role, KeyScope Scope,
    IReadOnlyList<string>? Teams);

internal static class Me
{
    public static void MapMe(this IEndpointRouteBuilder app) =>
        app.MapApi("/me", "Account").MapGet("", (Caller caller) => TypedResults.Ok(View(caller)))
            .Operation("GetMe", "Who the token belongs to and what it may do", Policies.Read);

    private static MeView View(Caller caller) => new(caller.WorkspaceId, caller.Workspace.Workspace.Name, caller.Workspace.Workspace.TimeZone,
        caller.Member!.MemberId, caller.Member.Email, caller.Member.Name, caller.Role, caller.Scope,
        caller.TeamScope?.Select(id => caller.Workspace.TeamById[id].Key).Order(StringComparer.Ordinal).ToList());
}
