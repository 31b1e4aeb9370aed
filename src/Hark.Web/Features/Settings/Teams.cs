using System.Text.Json;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Paging;
using Hark.Web.Infrastructure.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Hark.Web.Features.Settings;

/// <summary>A team as the API shows it.</summary>
/// <param name="Key">Its name in rules; never changes.</param>
public sealed record TeamView(Guid TeamId, string Key, string Name, string? Email, IReadOnlyList<TeamPlace> Members, DateTimeOffset CreatedAt)
{
    public static TeamView Of(WorkspaceSnapshot workspace, Team t) => new(t.TeamId, t.Key, t.Name, t.Email,
        [.. workspace.TeamMembers.Where(m => m.TeamId == t.TeamId).OrderBy(m => m.MemberId).Select(m => new TeamPlace(m.MemberId, m.Lead))], t.CreatedAt);
}

/// <summary>Teams and who is in them.</summary>
internal static class Teams
{
    internal sealed record NewTeam(string Key, string Name, string? Email = null);

    internal sealed record TeamChanges(string? Name, string? Email);

    internal sealed record TeamPlaces(IReadOnlyList<TeamPlace> Members);

    public static void MapTeams(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/teams", "Teams");
        group.MapGet("", (Caller caller, string? cursor, int? limit) =>
                NamedPages.Page("teams", caller.Workspace.Teams, t => t.Key, t => t.TeamId, t => TeamView.Of(caller.Workspace, t), cursor, limit))
            .Operation("ListTeams", "List the teams by key, with their members", Policies.Read).Produces<Page<TeamView>>();
        group.MapPost("", CreateAsync).Operation("CreateTeam", "Make a team", Policies.Configure).Produces<TeamView>(StatusCodes.Status201Created);
        group.MapPatch("/{team_id:guid}", UpdateAsync).Operation("UpdateTeam", "Change a team; what is absent stays, null takes a value away", Policies.Configure)
            .Accepts<TeamChanges>(MergePatch.ContentType, "application/json").Produces<TeamView>();
        group.MapPut("/{team_id:guid}/members", SetMembersAsync).Operation("SetTeamMembers", "Say who is in a team: the whole list", Policies.Configure)
            .Produces<TeamPlaces>();
    }

    private static async Task<IResult> CreateAsync(Caller caller, NewTeam request, TeamAdmin teams, WorkspaceSnapshots snapshots, CancellationToken cancellation)
    {
        var made = await teams.CreateAsync(caller.WorkspaceId, request.Key, new TeamSettings(request.Name, request.Email), caller.Actor, cancellation);
        var workspace = await snapshots.GetAsync(caller.WorkspaceId, cancellation);
        return made.ToCreated(t => $"{ApiRoutes.Prefix}/teams/{t.TeamId}", t => TeamView.Of(workspace, t));
    }

    private static async Task<IResult> UpdateAsync(Caller caller, [FromRoute(Name = "team_id")] Guid teamId, JsonElement patch, TeamAdmin teams,
        WorkspaceSnapshots snapshots, CancellationToken cancellation)
    {
        var changed = await teams.UpdateAsync(caller.WorkspaceId, teamId, t => MergePatch.Apply(t, patch), caller.Actor, cancellation);
        var workspace = await snapshots.GetAsync(caller.WorkspaceId, cancellation);
        return changed.ToOk(t => TeamView.Of(workspace, t));
    }

    private static async Task<IResult> SetMembersAsync(Caller caller, [FromRoute(Name = "team_id")] Guid teamId, TeamPlaces request, TeamAdmin teams,
        CancellationToken cancellation) =>
        (await teams.SetMembersAsync(caller.WorkspaceId, teamId, request.Members, caller.Actor, cancellation)).ToOk(m => new TeamPlaces(m));
}
