namespace Hark.Web.Features.Settings;

/// <summary>Sources and their keys, teams, members, tokens and the audit log. Its services are the administration of <c>Hark.Data/Workspaces</c>.</summary>
public static class SettingsFeature
{
    public static void MapSettings(this WebApplication app)
    {
        app.MapMe();
        app.MapSources();
        app.MapSourceKeys();
        app.MapTeams();
        app.MapMembers();
        app.MapTokens();
        app.MapAudit();
    }
}
