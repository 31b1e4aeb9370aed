using Hark.Domain.Cases;
using Hark.Domain.Workspaces;

namespace Hark.Data.Cases;

/// <summary>
/// Which cases may be seen: those of one's teams and those one is assigned to. A case of no team is seen by its assignee and by those who see all.
/// </summary>
/// <param name="MemberId">Who looks; null for the system itself.</param>
/// <param name="Teams">Null for all.</param>
public sealed record CaseScope(Guid? MemberId, IReadOnlySet<Guid>? Teams)
{
    public static CaseScope All { get; } = new(null, null);

    public bool Sees(Case c) => Teams is null || (c.TeamId is { } team && Teams.Contains(team)) || (MemberId is not null && c.AssigneeId == MemberId);
}

/// <summary>Which case, who acts, and what they may see.</summary>
/// <param name="IfMatch">The version that the actor saw; null acts on whatever it is now.</param>
/// <param name="Hold">How long the messages of the change wait before they leave, so that it can be taken back; see <see cref="UndoChange"/>.</param>
public sealed record CaseCommand(Guid WorkspaceId, Guid CaseId, CaseScope Scope, Actor Actor, long? IfMatch = null, TimeSpan Hold = default);
