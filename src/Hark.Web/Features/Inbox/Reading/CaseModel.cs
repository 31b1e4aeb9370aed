using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Cases.Desk;
using Hark.Web.Components.Shared;
using Hark.Web.Infrastructure.Auth;

namespace Hark.Web.Features.Inbox.Reading;

/// <summary>A case that another says it belongs to.</summary>
public sealed record LinkedCase(Guid CaseId, long Number);

/// <summary>Everything that the case pane shows.</summary>
/// <param name="SeenAt">When the person looked before; null for never. What others did since is new to them.</param>
/// <param name="Clocks">Of the present round.</param>
/// <param name="Links">Cases said to belong to this one.</param>
public sealed record CaseModel(
    Caller Caller, CaseDetails Details, DateTimeOffset Now, DateTimeOffset? SeenAt, IReadOnlyList<ClockView> Clocks, IReadOnlyList<StoryLine> Story, IReadOnlyList<LinkedCase> Links)
{
    /// <summary>What to do about this kind of case; null where no playbook speaks of it.</summary>
    public Playbook? Playbook { get; init; }

    /// <summary>Keys of the steps that were done.</summary>
    public IReadOnlySet<string> Done { get; init; } = new HashSet<string>();

    public Case Case => Details.Case;
    public WorkspaceSnapshot Workspace => Caller.Workspace;

    /// <summary>The signal that opened it with its words; null when it was erased.</summary>
    public (Signal Signal, Verbatim? Words)? First => Details.Signals.Where(s => s.Signal.SignalId == Case.FirstSignalId).Select(s => ((Signal, Verbatim?)?)s).FirstOrDefault();

    public string? Assignee => Case.AssigneeId is { } id ? Workspace.MemberById.GetValueOrDefault(id)?.Name : null;

    public Team? Team => Case.TeamId is { } id ? Workspace.TeamById.GetValueOrDefault(id) : null;

    /// <summary>Whether the person may work on cases at all.</summary>
    public bool MayWork => Caller.Member is { } member && Hark.Domain.Workspaces.RoleRights.WorksOnCases(member.Role);

    /// <summary>What the others did since the person looked before.</summary>
    public int News => Story.Count(l => l.IsNew);

    /// <summary>An address to which a reply goes.</summary>
    public string? ReplyTo => Details.Contact is { ErasedAt: null, Email: { } email } ? email : null;
}
