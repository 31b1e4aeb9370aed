using System.Globalization;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Workspaces;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Hark.Web.Features.Settings.Pages;

/// <summary>The audit log, newest first. Filters and place are in the address.</summary>
public sealed partial class AuditPage
{
    private const int PageSize = 50;

    /// <summary>Kinds of things that people look for; everything else is found by its action.</summary>
    private static readonly string[] Kinds = ["member", "session", "invitation", "team", "source", "key", "webhook", "config_document", "contact", "case", "signal", "workspace"];

    private List<AuditEntry> _entries = [];
    private Guid? _more;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "by")]
    private string? By { get; set; }

    [SupplyParameterFromQuery(Name = "about")]
    private string? About { get; set; }

    [SupplyParameterFromQuery(Name = "action")]
    private string? Action { get; set; }

    /// <summary>The last day to show, in the workspace's zone.</summary>
    [SupplyParameterFromQuery(Name = "day")]
    private string? Day { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    private string? Before { get; set; }

    private WorkspaceSnapshot Workspace => Viewer.Required.Workspace;

    private string More => QueryHelpers.AddQueryString("/settings/audit",
        new Dictionary<string, string?> { ["by"] = By, ["about"] = About, ["action"] = Action, ["day"] = Day, ["before"] = _more.ToString() }.Where(p => !string.IsNullOrEmpty(p.Value)));

    protected override async Task OnInitializedAsync()
    {
        await using var db = Store.Read();
        var entries = db.AuditEntries.Where(e => e.WorkspaceId == Workspace.WorkspaceId);
        if (!string.IsNullOrEmpty(By)) entries = entries.Where(e => e.ActorId == By);
        if (!string.IsNullOrEmpty(About)) entries = entries.Where(e => e.TargetKind == About);
        if (!string.IsNullOrWhiteSpace(Action)) entries = entries.Where(e => e.Action == Action.Trim());
        if (EndOfDay() is { } end) entries = entries.Where(e => e.At < end);
        if (Guid.TryParse(Before, out var before)) entries = entries.Where(e => e.EntryId < before);
        _entries = await entries.OrderByDescending(e => e.EntryId).Take(PageSize + 1).ToListAsync(Http.RequestAborted);
        if (_entries.Count <= PageSize) return;
        _entries.RemoveAt(PageSize);
        _more = _entries[^1].EntryId;
    }

    private DateTimeOffset? EndOfDay()
    {
        if (!DateOnly.TryParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return null;
        return LocalDate.FromDateOnly(day).PlusDays(1).AtStartOfDayInZone(Workspace.Zone).ToDateTimeOffset().ToUniversalTime();
    }

    private string Who(AuditEntry entry) => entry.ActorKind == ActorKind.Member ? Name(entry.ActorId) ?? entry.ActorId
        : entry.ActorKind == ActorKind.Source && Guid.TryParse(entry.ActorId, out var id) && Workspace.SourceById.TryGetValue(id, out var source) ? source.Name : entry.ActorId;

    private string Target(AuditEntry entry) => entry.TargetKind switch
    {
        "member" => Name(entry.TargetId),
        "team" => Guid.TryParse(entry.TargetId, out var id) && Workspace.TeamById.TryGetValue(id, out var team) ? team.Name : null,
        "source" => Guid.TryParse(entry.TargetId, out var id) && Workspace.SourceById.TryGetValue(id, out var source) ? source.Name : null,
        _ => null,
    } ?? (T.Find($"people.about_{entry.TargetKind}") ?? entry.TargetKind);

    private string? Name(string? memberId) => Guid.TryParse(memberId, out var id) && Workspace.MemberById.TryGetValue(id, out var member) ? member.Name : null;
}
