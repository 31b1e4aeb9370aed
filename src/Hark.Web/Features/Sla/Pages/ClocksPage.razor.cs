using System.Globalization;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Sla;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace Hark.Web.Features.Sla.Pages;

/// <summary>What is promised, and what that means for a case that opens at a moment one picks.</summary>
public sealed partial class ClocksPage
{
    private const string LocalFormat = "yyyy-MM-dd'T'HH:mm";

    [SupplyParameterFromQuery(Name = "channel")]
    private string? ChannelText { get; set; }

    [SupplyParameterFromQuery(Name = "severity")]
    private string? SeverityText { get; set; }

    /// <summary>When the case opens, on the workspace's clock.</summary>
    [SupplyParameterFromQuery(Name = "at")]
    private string? At { get; set; }

    private WorkspaceSnapshot Workspace => Viewer.Required.Workspace;
    private WorkspacePolicies Promised => WorkspacePolicies.Of(Workspace);
    private Channel Chosen => EnumNames<Channel>.TryParse(ChannelText, out var channel) ? channel : Channel.Web;
    private Severity ChosenSeverity => EnumNames<Severity>.TryParse(SeverityText, out var severity) ? severity : Severity.Routine;

    private DateTimeOffset Opened => DateTime.TryParseExact(At, LocalFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
        ? Workspace.Zone.AtLeniently(LocalDateTime.FromDateTime(local)).ToDateTimeOffset().ToUniversalTime() : Time.Now();

    private string LocalText => Instant.FromDateTimeOffset(Opened).InZone(Workspace.Zone).LocalDateTime.ToDateTimeUnspecified().ToString(LocalFormat, CultureInfo.InvariantCulture);

    private IEnumerable<PreviewClock> Preview => SlaPreview.Of(Promised, Promised.Sla, new PreviewBody(Channel: Chosen, Severity: ChosenSeverity), Opened, Opened);

    private string CalendarName(string key) => key == CalendarRef.Always.Key ? T["settings.around_clock"] : key;

    private string HoldsFor(SlaMatch match)
    {
        string[] parts =
        [
            .. match.Channels.Select(c => T.Name("channel", EnumNames<Channel>.Of(c))), .. match.Severities.Select(s => T[$"severity.{EnumNames<Severity>.Of(s)}"]), .. match.Segments,
        ];
        return parts.Length == 0 ? T["settings.everything"] : string.Join(", ", parts);
    }
}
