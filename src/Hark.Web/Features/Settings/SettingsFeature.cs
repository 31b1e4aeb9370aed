using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure.Auth;

namespace Hark.Web.Features.Settings;

/// <summary>Sources and their keys, teams, members, tokens and the audit log. Its services are the administration of <c>Hark.Data/Workspaces</c>.</summary>
public static class SettingsFeature
{
    public static void MapSettings(this WebApplication app)
    {
        // Members are the administrator's; whoever else configures begins with the teams.
        app.MapGet("/settings", (Caller caller) => TypedResults.LocalRedirect(caller.Role.Administers() ? "/settings/members" : "/settings/teams"))
            .RequireAuthorization(Policies.Configure).ExcludeFromDescription();
        app.MapMe();
        app.MapSources();
        app.MapSourceKeys();
        app.MapTeams();
        app.MapMembers();
        app.MapTokens();
        app.MapAudit();
    }
}
