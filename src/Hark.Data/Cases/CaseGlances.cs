using Hark.Data.Model;
using Hark.Data.Store;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Cases;

/// <summary>What a line of a list shows beside the case itself.</summary>
/// <param name="Words">The customer's latest words; null where there are none.</param>
/// <param name="Clocks">Of the present round, in order of kind.</param>
public sealed record CaseGlance(string? Words, string? Language, IReadOnlyList<CaseClock> Clocks);

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
            join verbatim in db.Verbatims on new { link.WorkspaceId, link.SignalId } equals new { verbatim.WorkspaceId, verbatim.SignalId }
            join signal in db.Signals on new { link.WorkspaceId, link.SignalId } equals new { signal.WorkspaceId, signal.SignalId }
            where link.WorkspaceId == workspaceId && caseIds.Contains(link.CaseId) && verbatim.Text != null
            select new { link.CaseId, signal.OccurredAt, verbatim.Text, signal.Language }).ToListAsync(cancellation);
        var clocks = await (
            from clock in db.CaseClocks
            join c in db.Cases on new { clock.WorkspaceId, clock.CaseId } equals new { c.WorkspaceId, c.CaseId }
            where clock.WorkspaceId == workspaceId && caseIds.Contains(clock.CaseId) && clock.Round == c.Round
            select clock).ToListAsync(cancellation);
        var (wordsOf, clocksOf) = (words.ToLookup(w => w.CaseId), clocks.ToLookup(c => c.CaseId));
        return caseIds.ToDictionary(id => id, id => wordsOf[id].MaxBy(w => w.OccurredAt) is var latest
            ? new CaseGlance(latest?.Text, latest?.Language, [.. clocksOf[id].OrderBy(c => c.Kind)]) : null!);
    }
}
