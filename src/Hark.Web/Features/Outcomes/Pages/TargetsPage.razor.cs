using System.Globalization;
using Hark.Data.Model;
using Hark.Data.Outcomes;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Sla;
using Hark.Domain.Targets;
using Hark.Web.Features.Accounts;
using Hark.Web.Infrastructure.Documents;
using Hark.Web.Infrastructure.Staff;
using Microsoft.AspNetCore.Components;

namespace Hark.Web.Features.Outcomes.Pages;

/// <summary>What the workspace wants to reach, by form; and the days of its outcomes, pasted from a table.</summary>
public sealed partial class TargetsPage
{
    private const string Path = "/settings/targets";

    private TargetSet _shown = TargetSet.Default;
    private readonly List<(OutcomeKind Kind, int Days, DateOnly? Last)> _known = [];
    private IReadOnlyDictionary<string, string[]>? _errors;
    private string? _problem;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private Viewer Viewer { get; set; } = null!;

    [Inject]
    private OutcomeDays Days { get; set; } = null!;

    [Inject]
    private DocumentDesk Desk { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "done")]
    private string? Said { get; set; }

    [SupplyParameterFromForm(FormName = "targets", Name = "version")]
    private long? Seen { get; set; }

    [SupplyParameterFromForm(FormName = "days", Name = "outcome")]
    private string? Reported { get; set; }

    [SupplyParameterFromForm(FormName = "days", Name = "lines")]
    private string? Lines { get; set; }

    private WorkspaceSnapshot Workspace => Viewer.Required.Workspace;
    private WorkspacePolicies Policies => WorkspacePolicies.Of(Workspace);
    private long Version => Workspace.Documents.GetValueOrDefault(DocumentKind.Targets)?.Version ?? 0;

    private string? Done => Said == "saved" ? T["people.done_saved"] : int.TryParse(Said, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? T.Count("outcomes.stored", days) : null;

    protected override async Task OnInitializedAsync()
    {
        _shown = Policies.Targets;
        foreach (var kind in Enum.GetValues<OutcomeKind>())
        {
            var (days, last) = await Days.KnownAsync(Workspace.WorkspaceId, kind, Http.RequestAborted);
            _known.Add((kind, days, last));
        }
    }

    private async Task SaveAsync()
    {
        var form = Http.Request.Form;
        if (Spread(form) is not { } spread) return;
        _shown = new(spread, [.. Policies.Targets.Outcomes.Select(o => Read(form, o))]);
        Answer((await Desk.SaveAsync(OutcomesFeature.Targets, Workspace, _shown.ToJson(), Seen, Viewer.Required.Actor, Http.RequestAborted)).Error, "saved");
    }

    private async Task ReportAsync()
    {
        var read = ReportedDays.Parse(Lines ?? "");
        if (read.Error is { } unreadable) Answer(unreadable, "");
        else if (!EnumNames<OutcomeKind>.TryParse(Reported, out var kind)) Answer(Error.NotFound("outcome"), "");
        else
        {
            var stored = await Days.ReportAsync(Workspace.WorkspaceId, kind, read.Value.Days, Viewer.Required.Actor, Http.RequestAborted);
            Answer(stored.Error, stored.Ok ? stored.Value.ToString(CultureInfo.InvariantCulture) : "");
        }
    }

    /// <summary>The rows that were filled in; null when one is no time or no share, which is told.</summary>
    private List<DistributionTarget>? Spread(IFormCollection form)
    {
        var (targets, errors) = (new List<DistributionTarget>(), new InputErrors());
        for (var i = 0; i < TargetSet.MostAttainment; i++)
        {
            if (string.IsNullOrWhiteSpace(form[$"within-{i}"])) continue;
            var share = Number(form, $"share-{i}");
            if (!Durations.TryParse(form[$"within-{i}"].ToString().Trim(), out var within)) errors.Add($"/within-{i}", T["settings.duration_form"]);
            if (share is null) errors.Add($"/share-{i}", T["outcomes.share_form"]);
            if (EnumNames<ClockKind>.TryParse(form[$"clock-{i}"].ToString(), out var clock) && share is { } percent) targets.Add(new(clock, within, percent / 100));
        }
        if (!errors.Any) return targets;
        Answer(Error.Invalid(errors), "");
        return null;
    }

    private static Outcome Read(IFormCollection form, Outcome outcome)
    {
        var key = EnumNames<OutcomeKind>.Of(outcome.Kind);
        return outcome with
        {
            About = Filled(form[$"about-{key}"]),
            Per = outcome.IsShare ? outcome.Per : Number(form, $"per-{key}") ?? outcome.Per,
            Unit = outcome.IsShare ? null : Filled(form[$"unit-{key}"]),
            Target = Number(form, $"year-{key}") is { } year && Number(form, $"value-{key}") is { } value ? new((int)year, value) : null,
            Stages = [.. form[$"stages-{key}"].OfType<string>()],
        };
    }

    private void Answer(Error? error, string done)
    {
        if (error is null) Navigation.NavigateTo($"{Path}?done={done}");
        else (Http.Response.StatusCode, _problem, _errors) = (StatusCodes.Status400BadRequest, error.Code == ErrorCodes.VersionConflict ? T["desk.conflict"] : T.Say(error), error.Fields);
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static double? Number(IFormCollection form, string name) =>
        double.TryParse(form[name].ToString().Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
