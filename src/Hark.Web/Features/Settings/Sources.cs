using System.Text.Json;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Signals;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Paging;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Settings;

/// <summary>A source as the API shows it.</summary>
/// <param name="OwnerTeam">Key of the owning team.</param>
public sealed record SourceView(Guid SourceId, string Name, Channel Channel, SignalKind Kind, string? Touchpoint, string? OwnerTeam, int? ResponseWindowHours,
    int? CadenceDays, int? RetentionDays, DateTimeOffset CreatedAt)
{
    public static SourceView Of(WorkspaceSnapshot workspace, Source s) => new(s.SourceId, s.Name, s.Channel, s.Kind, s.Touchpoint,
        s.OwnerTeamId is { } team && workspace.TeamById.TryGetValue(team, out var owner) ? owner.Key : null,
        s.ResponseWindowHours, s.CadenceDays, s.RetentionDays, s.CreatedAt);
}

/// <summary>Sources: listed, made, changed.</summary>
internal static class Sources
{
    private const string List = "sources";

    public static void MapSources(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/sources", "Sources");
        group.MapGet("", ListAsync).Operation("ListSources", "List the sources by name", Policies.Read).Produces<Page<SourceView>>();
        group.MapGet("/{source_id:guid}", Get).Operation("GetSource", "Get a source", Policies.Read).Produces<SourceView>();
        group.MapPost("", CreateAsync).Operation("CreateSource", "Make a source", Policies.Configure).Produces<SourceView>(StatusCodes.Status201Created);
        group.MapPatch("/{source_id:guid}", UpdateAsync).Operation("UpdateSource", "Change a source; what is absent stays, null takes a value away", Policies.Configure)
            .Accepts<SourceChanges>(MergePatch.ContentType, "application/json").Produces<SourceView>();
    }

    private static IResult ListAsync(Caller caller, string? cursor, int? limit) =>
        NamedPages.Page(List, caller.Workspace.Sources, s => s.Name, s => s.SourceId, s => SourceView.Of(caller.Workspace, s), cursor, limit);

    private static IResult Get(Caller caller, [Microsoft.AspNetCore.Mvc.FromRoute(Name = "source_id")] Guid sourceId) =>
        caller.Workspace.SourceById.TryGetValue(sourceId, out var source)
            ? TypedResults.Ok(SourceView.Of(caller.Workspace, source)) : Hark.Domain.Common.Error.NotFound("source").ToProblem();

    private static async Task<IResult> CreateAsync(Caller caller, SourceSettings settings, SourceAdmin sources, WorkspaceSnapshots snapshots, CancellationToken cancellation)
    {
        var made = await sources.CreateAsync(caller.WorkspaceId, settings, caller.Actor, cancellation);
        var workspace = await snapshots.GetAsync(caller.WorkspaceId, cancellation);
        return made.ToCreated(s => $"{ApiRoutes.Prefix}/sources/{s.SourceId}", s => SourceView.Of(workspace, s));
    }

    private static async Task<IResult> UpdateAsync(Caller caller, [Microsoft.AspNetCore.Mvc.FromRoute(Name = "source_id")] Guid sourceId, JsonElement patch,
        SourceAdmin sources, WorkspaceSnapshots snapshots, CancellationToken cancellation)
    {
        var changed = await sources.UpdateAsync(caller.WorkspaceId, sourceId, s => MergePatch.Apply(s, patch), caller.Actor, cancellation);
        var workspace = await snapshots.GetAsync(caller.WorkspaceId, cancellation);
        return changed.ToOk(s => SourceView.Of(workspace, s));
    }
}

/// <summary>What a change of a source may name; see <see cref="SourceSettings"/>.</summary>
internal sealed record SourceChanges(string? Name, Channel? Channel, SignalKind? Kind, string? Touchpoint, string? OwnerTeam, int? ResponseWindowHours,
    int? CadenceDays, int? RetentionDays);
