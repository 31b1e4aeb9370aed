using System.Collections.Frozen;
using Hark.Data.Model;
using Hark.Data.Understanding;
using NodaTime;

namespace Hark.Data.Workspaces;

/// <summary>
/// Everything about a workspace that decisions need and that changes rarely: read from memory by intake, routing and authorisation, replaced as a whole
/// when anything in it was edited.
/// </summary>
public sealed class WorkspaceSnapshot
{
    public required Workspace Workspace { get; init; }
    public required IReadOnlyList<Source> Sources { get; init; }
    public required IReadOnlyList<Team> Teams { get; init; }
    public required IReadOnlyList<Member> Members { get; init; }
    public required IReadOnlyList<TeamMember> TeamMembers { get; init; }
    public required IReadOnlyList<WebhookEndpoint> WebhookEndpoints { get; init; }

    /// <summary>Keys that are neither revoked nor expired when the snapshot was taken.</summary>
    public required IReadOnlyList<AccessKey> Keys { get; init; }

    /// <summary>The newest version of each document; kinds never edited are absent and have defaults.</summary>
    public required IReadOnlyDictionary<DocumentKind, ConfigDocument> Documents { get; init; }

    /// <summary>Every version of the calendars: a running clock keeps the one it was measured by.</summary>
    public required IReadOnlyList<ConfigDocument> CalendarVersions { get; init; }

    /// <summary>The models that its texts taught and that are asked; at most one for each task.</summary>
    public IReadOnlyList<ChampionModel> Champions { get; init; } = [];

    public Guid WorkspaceId => Workspace.WorkspaceId;

    /// <summary>The zone of the workspace's days and hours; UTC where the database of zones of this machine does not know it.</summary>
    public DateTimeZone Zone => field ??= DateTimeZoneProviders.Tzdb.GetZoneOrNull(Workspace.TimeZone) ?? DateTimeZone.Utc;
    public FrozenDictionary<Guid, Source> SourceById => field ??= Sources.ToFrozenDictionary(s => s.SourceId);
    public FrozenDictionary<string, Source> SourceByName => field ??= Sources.ToFrozenDictionary(s => s.Name, StringComparer.OrdinalIgnoreCase);
    public FrozenDictionary<string, Team> TeamByKey => field ??= Teams.ToFrozenDictionary(t => t.Key, StringComparer.OrdinalIgnoreCase);
    public FrozenDictionary<Guid, Team> TeamById => field ??= Teams.ToFrozenDictionary(t => t.TeamId);
    public FrozenDictionary<Guid, Member> MemberById => field ??= Members.ToFrozenDictionary(m => m.MemberId);
    public FrozenDictionary<string, Member> MemberByEmail => field ??= Members.ToFrozenDictionary(m => m.Email, StringComparer.OrdinalIgnoreCase);

    /// <summary>Members of a team, in the order in which they joined Hark.</summary>
    public ILookup<Guid, Member> MembersOfTeam => field ??= TeamMembers.Where(m => MemberById.ContainsKey(m.MemberId))
        .OrderBy(m => m.MemberId).ToLookup(m => m.TeamId, m => MemberById[m.MemberId]);

    /// <summary>Teams of a member.</summary>
    public ILookup<Guid, Guid> TeamsOfMember => field ??= TeamMembers.ToLookup(m => m.MemberId, m => m.TeamId);
}
