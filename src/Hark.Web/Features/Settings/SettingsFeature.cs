namespace Hark.Web.Features.Settings;

/// <summary>Sources and their keys, teams, members, tokens and the audit log.</summary>
public static class SettingsFeature
{
    public static void MapSettings(this WebApplication app)
    {
    }
}
