using System.Reflection;
using Hark.Data.Cases;
using Hark.Data.Identity;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Workspaces;
using Hark.Domain.Workspaces;
using Microsoft.AspNetCore.Http.Metadata;

namespace Hark.Web.Infrastructure.Auth;

/// <summary>
/// Who is asking: the workspace, and either the source whose key was sent or the member whose token or signed-in browser it is. Take it as a parameter of an endpoint that
/// requires one of <see cref="Policies"/>.
/// </summary>
public sealed record Caller : IBindableFromHttpContext<Caller>, IEndpointParameterMetadataProvider
{
    public required WorkspaceSnapshot Workspace { get; init; }

    /// <summary>The key or token that was sent; null for a signed-in browser.</summary>
    public AccessKey? Key { get; init; }

    /// <summary>The session of a signed-in browser; null where a key was sent.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>Set for source keys.</summary>
    public Source? Source { get; init; }

    /// <summary>Set for personal tokens and sessions; never a disabled member.</summary>
    public Member? Member { get; init; }

    /// <summary>The key's scope, narrowed to what the member's role allows today; for a session all that the role allows.</summary>
    public required KeyScope Scope { get; init; }

    public Guid WorkspaceId => Workspace.WorkspaceId;

    /// <summary>The member's role; throws for source keys, which have none.</summary>
    public Role Role => Member?.Role ?? throw new InvalidOperationException("A source key has no role.");

    /// <summary>
    /// Teams whose cases and words may be seen; null means all. What belongs to no team is seen only by those who see all. Empty for a role that sees numbers only.
    /// </summary>
    public IReadOnlySet<Guid>? TeamScope { get; init; }

    /// <summary>Whose words may be seen; null for all.</summary>
    public WordScope? Words => WordScope.Of(Workspace, TeamScope);

    /// <summary>Which cases may be seen.</summary>
    public CaseScope Cases => new(Member?.MemberId, TeamScope);

    /// <summary>Which customers may be seen.</summary>
    public PersonScope Persons => new(Cases, Words);

    public bool SeesTeam(Guid? teamId) => TeamScope is null || teamId is { } id && TeamScope.Contains(id);

    public Actor Actor => Member is { } member ? Actor.Member(member.MemberId) : new Actor(ActorKind.Source, Source!.SourceId.ToString());

    /// <summary>The caller of a key, or null when its member or source is gone or disabled.</summary>
    public static Caller? Of(WorkspaceSnapshot workspace, AccessKey key)
    {
        if (key.SourceId is { } sourceId)
            return workspace.SourceById.TryGetValue(sourceId, out var source)
                ? new Caller { Workspace = workspace, Key = key, Source = source, Scope = KeyScope.Send } : null;
        return key.MemberId is { } memberId && Of(workspace, memberId) is { } caller
            ? caller with { Key = key, Scope = key.Scope < caller.Scope ? key.Scope : caller.Scope } : null;
    }

    /// <summary>The caller of a signed-in browser, or null when its member is disabled.</summary>
    public static Caller? Of(WorkspaceSnapshot workspace, MemberSession session) =>
        Of(workspace, session.MemberId) is { } caller ? caller with { SessionId = session.SessionId } : null;

    private static Caller? Of(WorkspaceSnapshot workspace, Guid memberId) =>
        !workspace.MemberById.TryGetValue(memberId, out var member) || member.DisabledAt is not null ? null : new Caller
        {
            Workspace = workspace,
            Member = member,
            Scope = member.Role.WidestScope(),
            TeamScope = member.Role.SeesAllTeams() ? null : member.Role.ReadsWords() ? workspace.TeamsOfMember[memberId].ToHashSet() : new HashSet<Guid>(),
        };

    public static ValueTask<Caller?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(context.Features.Get<Caller>());

    /// <summary>Nothing: the caller comes from the key and is no part of the described input.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
    }
}
