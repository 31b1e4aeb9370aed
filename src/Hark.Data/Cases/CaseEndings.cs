using Hark.Data.Store;
using Hark.Domain.Cases;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Cases;

/// <summary>How the case of a signal stands, for lists of signals: every signal leads to an outcome.</summary>
/// <param name="Visible">The reader may open it.</param>
public sealed record CaseEnding(Guid CaseId, long Number, CaseState State, CaseOutcome? Outcome, bool Visible);

/// <summary>Reads how a few cases stand: one query whatever their number.</summary>
public sealed class CaseEndings(HarkStore store)
{
    public async Task<IReadOnlyDictionary<Guid, CaseEnding>> ReadAsync(Guid workspaceId, IReadOnlyCollection<Guid> caseIds, CaseScope scope, CancellationToken cancellation = default)
    {
        if (caseIds.Count == 0) return new Dictionary<Guid, CaseEnding>();
        await using var db = store.Read();
        var cases = await db.Cases.Where(c => c.WorkspaceId == workspaceId && caseIds.Contains(c.CaseId)).ToListAsync(cancellation);
        return cases.ToDictionary(c => c.CaseId, c => new CaseEnding(c.CaseId, c.Number, c.State, c.Outcome, scope.Sees(c)));
    }
}
