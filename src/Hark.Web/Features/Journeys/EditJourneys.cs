using System.Globalization;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Journeys;
using Hark.Web.Infrastructure.Auth;

namespace Hark.Web.Features.Journeys;

/// <summary>Changes the map by one step of a form, on the version that the form was made from; and maps a source to a touchpoint.</summary>
internal sealed class EditJourneys(ConfigDocuments documents, SourceAdmin sources, TimeProvider time)
{
    /// <param name="field">The fields of the form; empty where one is missing.</param>
    /// <returns>Null when it is saved.</returns>
    public async Task<Error?> RunAsync(Caller caller, Func<string, string> field, CancellationToken cancellation)
    {
        if (field("what") == "source") return await MapSourceAsync(caller, field, cancellation);
        var changed = Change(caller, WorkspacePolicies.Of(caller.Workspace).Journeys, field);
        if (changed.Error is { } error) return error;
        // Parsed anew: what a form can say is checked as what the API is sent.
        var stored = JourneyMap.Parse(changed.Value.ToJson(), [.. caller.Workspace.TeamByKey.Keys]);
        if (stored.Error is { } refused) return refused;
        if (!long.TryParse(field("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return Error.Invalid("/version", "is required");
        return (await documents.PutAsync(caller.WorkspaceId, DocumentKind.Journeys, stored.Value.ToJson(), version, caller.Actor, cancellation)).Error;
    }

    private Result<JourneyMap> Change(Caller caller, JourneyMap map, Func<string, string> field)
    {
        var (key, stage) = (field("key"), field("stage"));
        var place = int.TryParse(field("place"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
        return field("what") switch
        {
            "add-stage" => map.AddStage(field("name")),
            "rename-stage" => map.RenameStage(stage, field("name")),
            "remove-stage" => map.RemoveStage(stage),
            "move-stage" => map.MoveStage(stage, place),
            "add" => map.Add(stage, new Touchpoint(field("name").Trim(), Owner: OwnerOf(caller, field("name").Trim()))),
            "move" => map.Move(key, stage, place),
            "remove" => map.Remove(key),
            "edit" => map.Edit(key, t => t with { Name = Filled(field("name")), Owner = Filled(field("owner")), Target = Target(field("target")) ?? Kept(t) }),
            "map" => map.Map(field("name"), key),
            "unmap" => map.Edit(key, t => t with { Aliases = [.. (t.Aliases ?? []).Where(a => a != field("name"))] }),
            _ => Error.Invalid("/what", "is no change of journeys"),
        };

        // A field left empty takes the target away, one that is no number keeps what it was and is refused.
        TouchpointTarget? Kept(Touchpoint t) => field("target").Trim().Length == 0 ? null : new TouchpointTarget(Year(caller), double.NaN);
        TouchpointTarget? Target(string text) => double.TryParse(text.Trim().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var score) ? new TouchpointTarget(Year(caller), score) : null;
    }

    private int Year(Caller caller) => JourneyPeriods.Of(caller.Workspace.Workspace.TimeZone, time.Now()).Year;

    /// <summary>The team that owns a source of this touchpoint: a first guess.</summary>
    private static string? OwnerOf(Caller caller, string touchpoint) =>
        caller.Workspace.Sources.FirstOrDefault(s => s.Touchpoint == touchpoint && s.OwnerTeamId is not null)?.OwnerTeamId is { } team ? caller.Workspace.TeamById.GetValueOrDefault(team)?.Key : null;

    private async Task<Error?> MapSourceAsync(Caller caller, Func<string, string> field, CancellationToken cancellation)
    {
        if (!Guid.TryParse(field("source"), out var id)) return Error.NotFound("source");
        var key = Filled(field("key"));
        if (key is not null && WorkspacePolicies.Of(caller.Workspace).Journeys.Find(key) is null) return Error.NotFound("touchpoint");
        return (await sources.UpdateAsync(caller.WorkspaceId, id, s => s with { Touchpoint = key }, caller.Actor, cancellation)).Error;
    }

    private static string? Filled(string text) => text.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
