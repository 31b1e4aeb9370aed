using Hark.Data.Cases;
using Hark.Data.Signals;
using Hark.Web.Infrastructure.Paging;

namespace Hark.Web.Features.Signals;

/// <summary>A page of what was said.</summary>
/// <param name="Endings">How the cases of these signals stand, by case.</param>
/// <param name="LookedSince">Where the look ended before a page was full; null where it did not.</param>
public sealed record SignalLines(IReadOnlyList<SignalRead> Lines, string? NextCursor, IReadOnlyDictionary<Guid, CaseEnding> Endings, DateTimeOffset? LookedSince);

/// <summary>What the place of signals shows.</summary>
/// <param name="Total">Signals that match; of a part of the period where <paramref name="Sample"/> is not whole and <paramref name="TotalIsWhole"/> is false.</param>
/// <param name="People">Null where not all were looked at.</param>
public sealed record SignalsView(long Total, bool TotalIsWhole, long? People, SignalSample Sample, IReadOnlyList<Facet> Facets, IReadOnlyList<ScoreBand> Scores, SignalChart Chart, SignalLines Said);

/// <summary>Reads the place of signals: one bounded look, and what the aggregates know.</summary>
internal sealed class ReadSignals(ReadSample samples, SignalSampler sampler, SignalFacets facets, ReadChart chart, SignalReader signals, CaseEndings endings)
{
    public const int PageSize = 30;
    private const string List = "said";

    public async Task<SignalsView> RunAsync(SignalsRequest request, CancellationToken cancellation)
    {
        var sample = await samples.RunAsync(request, cancellation);
        var drawn = await chart.RunAsync(request, sample, cancellation);
        var whole = sample.IsWhole || drawn.Bars.All(b => b.N is not null);
        return new(sample.IsWhole ? sample.Signals.Count : whole ? drawn.Bars.Sum(b => b.N!.Value) : sample.Signals.Count, whole,
            sample.IsWhole ? sample.Signals.Select(s => s.ContactId).OfType<Guid>().Distinct().Count() : null,
            sample, await facets.ReadAsync(request, sample, cancellation), SignalFacets.Scores(request, sample), drawn, await LinesAsync(request, null, cancellation));
    }

    /// <summary>A page of what was said, newest first, of signals that the person may see.</summary>
    /// <param name="cursor">Of the page before; one that is none begins at the first page.</param>
    public async Task<SignalLines> LinesAsync(SignalsRequest request, string? cursor, CancellationToken cancellation)
    {
        var (workspace, filter) = (request.Workspace, request.Words);
        if (filter.Scope is { Teams.Count: 0 }) return new([], null, new Dictionary<Guid, CaseEnding>(), null);
        if (filter.Contact is { } contact) await signals.AuditContactAsync(workspace.WorkspaceId, request.Caller.Actor, contact, cancellation);
        (DateTimeOffset At, Guid Id)? after = PageRequest.Read(List, 2, cursor, PageSize) is { Ok: true, Value.After: { } a } ? (a.Time(0), a.Id(1)) : null;
        var edge = await sampler.EdgeAsync(workspace.WorkspaceId, request.From, after?.At ?? request.To, filter, cancellation);
        var rows = await signals.ListAsync(new SignalListQuery(workspace.WorkspaceId, edge ?? request.From, request.To, filter, after, PageSize + 1), cancellation);
        var page = new PageRequest(PageSize, null).Cut(List, rows, r => r, r => [r.Signal.OccurredAt, r.Signal.SignalId]);
        var cases = page.Items.Select(l => l.Signal.CaseId).OfType<Guid>().Distinct().ToList();
        return new(page.Items, page.NextCursor, await endings.ReadAsync(workspace.WorkspaceId, cases, request.Caller.Cases, cancellation), page.NextCursor is null ? edge : null);
    }
}
