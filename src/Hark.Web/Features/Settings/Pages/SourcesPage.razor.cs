using System.Globalization;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Workspaces;
using Hark.Web.Features.Accounts;
using Microsoft.AspNetCore.Components;

namespace Hark.Web.Features.Settings.Pages;

/// <summary>Sources with their owners, promises and keys.</summary>
public sealed partial class SourcesPage
{
    private string? _problem, _key;
    private SourceView? _form;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "done")]
    private string? Said { get; set; }

    [SupplyParameterFromForm(Name = "id")]
    private string? Id { get; set; }

    [SupplyParameterFromForm(Name = "name")]
    private string? Name { get; set; }

    [SupplyParameterFromForm(Name = "key")]
    private string? Key { get; set; }

    private WorkspaceSnapshot Workspace => Viewer.Required.Workspace;

    private string Summary(Source source)
    {
        var owner = source.OwnerTeamId is { } team && Workspace.TeamById.TryGetValue(team, out var found) ? found.Name : T["settings.no_owner"];
        string?[] parts =
        [
            T.Name("channel", EnumNames<Channel>.Of(source.Channel)), source.Touchpoint is { } place ? T.Name("touchpoint", place) : null, owner,
            source.ResponseWindowHours is { } hours ? T.Format("settings.answers_within", ("n", hours)) : null,
            source.RetentionDays is { } days ? T.Format("settings.words_kept", ("n", days)) : null,
        ];
        return string.Join(" · ", parts.Where(p => p is not null));
    }

    private async Task SaveAsync()
    {
        var form = await Http.Request.ReadFormAsync(Http.RequestAborted);
        var wrong = new InputErrors();
        var settings = Read(form, wrong);
        var (workspace, actor) = (Workspace.WorkspaceId, Viewer.Required.Actor);
        var result = wrong.Any ? Error.Invalid(wrong)
            : Guid.TryParse(Id, out var id) ? await Sources.UpdateAsync(workspace, id, _ => settings, actor, Http.RequestAborted)
            : await Sources.CreateAsync(workspace, settings, actor, Http.RequestAborted);
        if (result.Ok)
        {
            Navigation.NavigateTo("/settings/sources?done=saved");
            return;
        }
        Refuse(result.Error!);
        _form = new SourceView(Guid.Empty, settings.Name, settings.Channel, settings.Kind, settings.Touchpoint, settings.OwnerTeam, settings.ResponseWindowHours, settings.CadenceDays,
            settings.RetentionDays, default);
    }

    private static SourceSettings Read(IFormCollection form, InputErrors wrong) => new()
    {
        Name = form["name"].ToString(),
        Channel = EnumNames<Channel>.TryParse(form["channel"], out var channel) ? channel : Channel.Web,
        Kind = EnumNames<SignalKind>.TryParse(form["kind"], out var kind) ? kind : SignalKind.Direct,
        Touchpoint = Text(form["touchpoint"]),
        OwnerTeam = Text(form["owner"]),
        ResponseWindowHours = Number(form, "window", "/response_window_hours", wrong),
        CadenceDays = Number(form, "cadence", "/cadence_days", wrong),
        RetentionDays = Number(form, "retention", "/retention_days", wrong),
    };

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static int? Number(IFormCollection form, string name, string pointer, InputErrors wrong)
    {
        if (Text(form[name]) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return value;
        wrong.Add(pointer, "must be a whole number");
        return null;
    }

    private async Task MakeKeyAsync()
    {
        if (!MayKeep(out var source)) return;
        var made = await Keys.CreateSourceKeyAsync(Workspace.WorkspaceId, source, Name ?? "", null, Viewer.Required.Actor, Http.RequestAborted);
        if (made.Ok) _key = made.Value.Text;
        else Refuse(made.Error!);
        Id = null;
    }

    private async Task EndKeyAsync()
    {
        if (!MayKeep(out var source) || !Guid.TryParse(Key, out var key)) return;
        await Keys.RevokeAsync(Workspace.WorkspaceId, key, k => k.SourceId == source, Viewer.Required.Actor, Http.RequestAborted);
        Navigation.NavigateTo("/settings/sources?done=saved");
    }

    /// <summary>Keys are the administrator's, though the page is open to others.</summary>
    private bool MayKeep(out Guid source)
    {
        if (Guid.TryParse(Id, out source) && Viewer.Required.Role.Administers()) return true;
        Http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return false;
    }

    private void Refuse(Error error) =>
        (Http.Response.StatusCode, _problem) = (StatusCodes.Status400BadRequest, error.Kind == ErrorKind.Conflict ? T["people.problem_taken"] : T.Say(error));
}
