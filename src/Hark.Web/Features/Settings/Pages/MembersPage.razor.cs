using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Hark.Web.Features.Accounts;
using Microsoft.AspNetCore.Components;

namespace Hark.Web.Features.Settings.Pages;

/// <summary>Members, and who is invited to become one. Each post does one thing and comes back by a redirect.</summary>
public sealed partial class MembersPage
{
    private WorkspaceSnapshot _workspace = null!;
    private IReadOnlyList<MemberInvitation> _open = [];
    private string? _problem;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "done")]
    private string? Said { get; set; }

    [SupplyParameterFromForm(FormName = "invite", Name = "email")]
    private string? Email { get; set; }

    [SupplyParameterFromForm(Name = "role")]
    private string? ChosenRole { get; set; }

    [SupplyParameterFromForm(FormName = "invite", Name = "team")]
    private string? Team { get; set; }

    [SupplyParameterFromForm(Name = "id")]
    private string? Id { get; set; }

    [SupplyParameterFromForm(Name = "what")]
    private string? What { get; set; }

    private Guid WorkspaceId => _workspace.WorkspaceId;
    private Actor Actor => Viewer.Required.Actor;
    private CancellationToken Cancellation => Http.RequestAborted;

    protected override async Task OnInitializedAsync()
    {
        _workspace = Viewer.Required.Workspace;
        _open = await Invitations.ListAsync(WorkspaceId, Cancellation);
    }

    private async Task InviteAsync()
    {
        if (!EnumNames<Role>.TryParse(ChosenRole, out var role)) return;
        Guid[] teams = Guid.TryParse(Team, out var team) ? [team] : [];
        Answer(await Invitations.InviteAsync(WorkspaceId, Email ?? "", role, teams, Actor, Cancellation), "invited");
    }

    private async Task InvitationAsync()
    {
        if (!Guid.TryParse(Id, out var id)) return;
        if (What == "again") Answer(await Invitations.SendAgainAsync(WorkspaceId, id, Actor, Cancellation), "invited");
        else Answer(await Invitations.RevokeAsync(WorkspaceId, id, Actor, Cancellation), "revoked");
    }

    private async Task MemberAsync()
    {
        if (!Guid.TryParse(Id, out var id) || !EnumNames<Role>.TryParse(ChosenRole, out var role)) return;
        var changed = await Members.UpdateAsync(WorkspaceId, id, m => What switch
        {
            "disable" => m with { Disabled = true },
            "enable" => m with { Disabled = false },
            _ => m with { Role = role },
        }, Actor, Cancellation);
        if (changed.Ok && What == "disable") await Sessions.RevokeAsync(WorkspaceId, id, null, null, Actor, Cancellation);
        Answer(changed, "saved");
    }

    private void Answer<TValue>(Result<TValue> result, string done)
    {
        if (result.Ok) Navigation.NavigateTo("/settings/members?done=" + done);
        else (Http.Response.StatusCode, _problem) = (StatusCodes.Status400BadRequest, result.Error!.Kind == ErrorKind.Conflict ? T[What is null ? "people.problem_member" : "people.problem_last"] : T.Say(result.Error));
    }
}
