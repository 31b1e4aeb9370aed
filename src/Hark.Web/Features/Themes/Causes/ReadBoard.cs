using Hark.Data.Understanding;
using Hark.Data.Workspaces;
using Hark.Domain.Understanding.Causes;
using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure.Auth;

namespace Hark.Web.Features.Themes.Causes;

/// <summary>A topic's root-cause board as one person sees it.</summary>
/// <param name="Seen">The evidence that the person may see; of what they may not see only how much there is.</param>
public sealed record BoardView(string Topic, IReadOnlyList<CauseRead> Chains, SeenEvidence Seen, Caller Caller)
{
    public bool MayWrite => Caller.Role.ReadsWords();

    public bool MayAgree => Caller.Role.Curates();

    public int People => Chains.SelectMany(c => c.People).Distinct(StringComparer.Ordinal).Count();

    public DateTimeOffset? Last => Chains.Count == 0 ? null : Chains.Max(c => c.Chain.ChangedAt);
}

/// <summary>Reads a topic's board, with those of the topics that were merged into it.</summary>
internal sealed class ReadBoard(CauseBoards boards, CauseEvidenceReader evidence)
{
    public async Task<BoardView> RunAsync(Caller caller, string topic, CancellationToken cancellation)
    {
        var merged = WorkspacePolicies.Of(caller.Workspace).Topics.Topics.Where(t => t.MergedInto == topic).Select(t => t.Key);
        var chains = await boards.ReadAsync(caller.WorkspaceId, [topic, .. merged], cancellation);
        return new(topic, chains, await SeenAsync(caller, chains.SelectMany(c => c.Whys), cancellation), caller);
    }

    public Task<SeenEvidence> SeenAsync(Caller caller, IEnumerable<Why> whys, CancellationToken cancellation) =>
        evidence.ReadAsync(caller.WorkspaceId, whys.SelectMany(w => w.Evidence), Scope(caller), cancellation);

    public static EvidenceScope Scope(Caller caller) => new(caller.Words, caller.Cases);
}
