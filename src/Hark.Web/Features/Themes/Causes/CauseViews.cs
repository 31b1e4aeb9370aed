using Hark.Data.Model;
using Hark.Data.Understanding;
using Hark.Domain.Understanding.Causes;

namespace Hark.Web.Features.Themes.Causes;

/// <summary>Why a topic is spoken of, and why that is so, down to the root: the last answer.</summary>
/// <param name="Version">Send it back in <c>If-Match</c>.</param>
/// <param name="People">How many worked on it.</param>
public sealed record CauseChainView(Guid ChainId, string Topic, long Version, CauseState State, IReadOnlyList<WhyView> Whys, DateTimeOffset ChangedAt, string ChangedBy, int People)
{
    internal static CauseChainView Of(CauseRead read, SeenEvidence seen) => Of(read.Chain, read.Whys, read.People.Count, seen);

    internal static CauseChainView Of(CauseChain chain, IReadOnlyList<Why> whys, int people, SeenEvidence seen) =>
        new(chain.ChainId, chain.Topic, chain.Version, chain.State, [.. whys.Select(w => WhyView.Of(w, seen))], chain.ChangedAt, chain.ChangedBy, people);
}

/// <summary>One answer to "why?".</summary>
/// <param name="Evidence">What the caller may see of what it rests on.</param>
/// <param name="Unseen">How much more it rests on.</param>
public sealed record WhyView(Guid WhyId, string Text, IReadOnlyList<EvidenceView> Evidence, int Unseen)
{
    internal static WhyView Of(Why why, SeenEvidence seen)
    {
        var shown = why.Evidence.Where(seen.Has).Select(e => e.Kind == EvidenceKind.Signal ? new EvidenceView(e.Id, null, null) : new EvidenceView(null, e.Id, seen.Cases[e.Id])).ToList();
        return new(why.WhyId, why.Text, shown, why.Evidence.Count - shown.Count);
    }
}

/// <summary>A signal, or a case with its number.</summary>
public sealed record EvidenceView(Guid? SignalId, Guid? CaseId, long? Number);

public sealed record CauseChainViews(IReadOnlyList<CauseChainView> Items, string? NextCursor);

/// <summary>A chain as somebody wants it.</summary>
/// <param name="Whys">The first answer first; the last is the root.</param>
/// <param name="State">draft if left out.</param>
public sealed record CauseChainBody(IReadOnlyList<WhyBody> Whys, CauseState State = CauseState.Draft);

/// <param name="WhyId">Of an answer that is there already; left out for a new one.</param>
/// <param name="Signals">Ids of signals that bear it out.</param>
/// <param name="Cases">Ids of cases that bear it out.</param>
public sealed record WhyBody(string Text, Guid? WhyId = null, IReadOnlyList<Guid>? Signals = null, IReadOnlyList<Guid>? Cases = null)
{
    internal Why ToWhy(Func<Guid> newId) => new(WhyId ?? newId(), Text.Trim(),
        [.. (Signals ?? []).Select(s => new CauseEvidence(EvidenceKind.Signal, s)), .. (Cases ?? []).Select(c => new CauseEvidence(EvidenceKind.Case, c))]);
}
