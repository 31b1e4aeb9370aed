using Hark.Data.Workspaces;
using Hark.Domain.Routing;

namespace Hark.Web.Features.Settings;

/// <summary>Something that a team answers for.</summary>
/// <param name="Kind">source, touchpoint or segment.</param>
/// <param name="Name">As people call it; of a touchpoint without a name its key.</param>
/// <param name="Team">Key of the team; null where nobody answers for it.</param>
/// <param name="Path">Where it is changed.</param>
public sealed record OwnedThing(string Kind, string Name, string? Team, string Path);

/// <summary>A rule that opens cases.</summary>
/// <param name="Teams">Keys of the teams for which it opens them; empty where that is whoever owns the source or touchpoint.</param>
public sealed record OwnedRule(string Id, string Name, IReadOnlyList<string> Teams);

/// <summary>Who answers for what: read from sources, journeys, segments and rules, each of which keeps its own owner; nothing is stored twice.</summary>
public sealed record OwnershipMap(IReadOnlyList<(string Key, string Name)> Teams, IReadOnlyList<OwnedThing> Things, IReadOnlyList<OwnedRule> Rules)
{
    public int Orphans => Things.Count(t => t.Team is null);

    public static OwnershipMap Of(WorkspaceSnapshot workspace)
    {
        var policies = WorkspacePolicies.Of(workspace);
        var things = workspace.Sources.OrderBy(s => s.Name, StringComparer.CurrentCultureIgnoreCase)
            .Select(s => new OwnedThing("source", s.Name, s.OwnerTeamId is { } id ? workspace.TeamById.GetValueOrDefault(id)?.Key : null, "/settings/sources"))
            .Concat(policies.Journeys.Touchpoints.Select(t => new OwnedThing("touchpoint", t.Name ?? t.Key, Known(t.Owner), "/journeys")))
            .Concat(policies.Segments.Segments.Select(s => new OwnedThing("segment", s.Name, Known(s.Owner), "/settings/documents/segments")));
        var rules = policies.Rules.Rules.Where(r => r.Enabled && r.Then.Any(a => a is OpenCase))
            .Select(r => new OwnedRule(r.Id, r.Name, [.. r.Then.OfType<OpenCase>().Select(o => Known(o.Team)).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)]));
        var teams = workspace.Teams.OrderBy(t => t.Name, StringComparer.CurrentCultureIgnoreCase).Select(t => (t.Key, t.Name)).ToList();
        // In the order of the teams, so that the lines of the picture cross as little as can be; what nobody answers for at the end.
        return new(teams, [.. things.OrderBy(t => Place(t.Team))], [.. rules.OrderBy(r => Place(r.Teams is [var first, ..] ? first : null))]);

        int Place(string? key) => key is null ? teams.Count : teams.FindIndex(t => t.Key == key);

        string? Known(string? key) => key is not null && workspace.TeamByKey.TryGetValue(key, out var team) ? team.Key : null;
    }
}
