using Hark.Data.Model;
using Hark.Data.Store;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Cases;

/// <summary>What a line of a list shows beside the case itself.</summary>
/// <param name="Words">The customer's latest words; null where there are none.</param>
/// <param name="Rated">The latest signal with a rating.</param>
/// <param name="Clocks">Of the present round, in order of kind.</param>
public sealed record CaseGlance(string? Words, string? Language, IReadOnlyList<CaseClock> Clocks, Signal? Rated = null);

/// <summary>Reads words and clocks of a few cases. Ask only for cases that the reader may see.</summary>
public sealed class CaseGlances(HarkStore store)
{
    /// <summary>By case; three queries whatever the number of cases.</summary>
    public async Task<IReadOnlyDictionary<Guid, CaseGlance>> ReadAsync(Guid workspaceId, IReadOnlyList<Guid> caseIds, CancellationToken cancellation = default)
    {
        if (caseIds.Count == 0) return new Dictionary<Guid, CaseGlance>();
        await using var db = store.Read();
        var words = await (
            from link in db.CaseSignals
            join signal in db.Signals on new { link.WorkspaceId, link.SignalId } equals new { signal.WorkspaceId, signal.SignalId }
            join verbatim in db.Verbatims on new { link.WorkspaceId, link.SignalId } equals new { verbatim.WorkspaceId, verbatim.SignalId } into verbatims
            from verbatim in verbatims.DefaultIfEmpty()
            where link.WorkspaceId == workspaceId && caseIds.Contains(link.CaseId)
            select new { link.CaseId, Signal = signal, Text = verbatim == null ? null : verbatim.Text }).ToListAsync(cancellation);
        var clocks = await (
            from clock in db.CaseClocks
            join c in db.Cases on new { clock.WorkspaceId, clock.CaseId } equals new { c.WorkspaceId, c.CaseId }
            where clock.WorkspaceId == workspaceId && caseIds.Contains(clock.CaseId) && clock.Round == c.Round
            select clock).ToListAsync(cancellation);
        var (wordsOf, clocksOf) = (words.ToLookup(w => w.CaseId), clocks.ToLookup(c => c.CaseId));
        return caseIds.ToDictionary(id => id, id =>
        {
            var said = wordsOf[id].Where(w => w.Text is not null).MaxBy(w => w.Signal.OccurredAt);
            var rated = wordsOf[id].Where(w => w.Signal.RatingValue is not null).MaxBy(w => w.Signal.OccurredAt);
            return new CaseGlance(said?.Text, said?.Signal.Language, [.. clocksOf[id].OrderBy(c => c.Kind)], rated?.Signal);
        });
    }
}
