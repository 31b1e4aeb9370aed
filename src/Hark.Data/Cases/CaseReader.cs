using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Cases;

/// <summary>Everything about one case.</summary>
/// <param name="Signals">With their words, oldest first.</param>
/// <param name="Clocks">Of all rounds.</param>
/// <param name="Timeline">Oldest first, with the lines of cases merged into this one.</param>
public sealed record CaseDetails(
    Case Case, Contact? Contact, IReadOnlyList<(Signal Signal, Verbatim? Words)> Signals, IReadOnlyList<CaseClock> Clocks, IReadOnlyList<CaseEvent> Timeline,
    IReadOnlyList<Verification> Questions, IReadOnlyList<CallBack> CallBacks);

/// <summary>Reads single cases, within what the reader may see.</summary>
public sealed class CaseReader(HarkStore store, TimeProvider time)
{
    /// <summary>Newest signals beyond this many are left out of the details; the signal list has them all.</summary>
    public const int MostSignals = 200;

    /// <summary>The case with all that belongs to it. Reading a customer's words is written to the audit log. <c>not_found</c> when it is not there or not theirs.</summary>
    public async Task<Result<CaseDetails>> FindAsync(Guid workspaceId, Guid caseId, CaseScope scope, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var c = await db.Cases.SingleOrDefaultAsync(x => x.WorkspaceId == workspaceId && x.CaseId == caseId, cancellation);
        if (c is null || !scope.Sees(c)) return Error.NotFound("case");
        var links = await db.CaseSignals.Where(s => s.WorkspaceId == workspaceId && s.CaseId == caseId).OrderBy(s => s.SignalId).Take(MostSignals).ToListAsync(cancellation);
        var ids = links.ConvertAll(l => l.SignalId);
        var signals = await db.Signals.Where(s => s.WorkspaceId == workspaceId && ids.Contains(s.SignalId)).OrderBy(s => s.OccurredAt).ToListAsync(cancellation);
        var words = await db.Verbatims.Where(v => v.WorkspaceId == workspaceId && ids.Contains(v.SignalId)).ToDictionaryAsync(v => v.SignalId, cancellation);
        List<Guid> told = [caseId, .. links.Select(l => l.FromCaseId).OfType<Guid>().Distinct()];
        var details = new CaseDetails(
            c,
            await db.Contacts.SingleOrDefaultAsync(p => p.WorkspaceId == workspaceId && p.ContactId == c.ContactId, cancellation),
            [.. signals.Select(s => (s, words.GetValueOrDefault(s.SignalId)))],
            await db.CaseClocks.Where(k => k.WorkspaceId == workspaceId && k.CaseId == caseId).OrderBy(k => k.Round).ThenBy(k => k.StartedAt).ToListAsync(cancellation),
            await db.CaseEvents.Where(e => e.WorkspaceId == workspaceId && told.Contains(e.CaseId)).OrderBy(e => e.EventId).ToListAsync(cancellation),
            await db.Verifications.Where(v => v.WorkspaceId == workspaceId && v.CaseId == caseId).OrderBy(v => v.Round).ToListAsync(cancellation),
            await db.CallBacks.Where(b => b.WorkspaceId == workspaceId && b.CaseId == caseId).OrderBy(b => b.SlotStart).ToListAsync(cancellation));
        await AuditAsync(workspaceId, caseId, actor, cancellation);
        return details;
    }

    /// <summary>The id behind a case number; null where there is none. Says nothing of whether it may be seen. One index seek.</summary>
    public async Task<Guid?> IdOfAsync(Guid workspaceId, long number, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await db.Cases.Where(c => c.WorkspaceId == workspaceId && c.Number == number).Select(c => (Guid?)c.CaseId).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>The number of a case; null where there is none. Says nothing of whether it may be seen.</summary>
    public async Task<long?> NumberOfAsync(Guid workspaceId, Guid caseId, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await db.Cases.Where(c => c.WorkspaceId == workspaceId && c.CaseId == caseId).Select(c => (long?)c.Number).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>The case alone, without anybody's words: no reading that is written down. Null also where it may not be seen.</summary>
    public async Task<Case?> FindCaseAsync(Guid workspaceId, long number, CaseScope scope, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var found = await db.Cases.SingleOrDefaultAsync(c => c.WorkspaceId == workspaceId && c.Number == number, cancellation);
        return found is not null && scope.Sees(found) ? found : null;
    }

    /// <summary>A page of the timeline, oldest first.</summary>
    public async Task<Result<IReadOnlyList<CaseEvent>>> TimelineAsync(Guid workspaceId, Guid caseId, CaseScope scope, Guid? after, int take, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var c = await db.Cases.SingleOrDefaultAsync(x => x.WorkspaceId == workspaceId && x.CaseId == caseId, cancellation);
        if (c is null || !scope.Sees(c)) return Error.NotFound("case");
        var origins = await db.CaseSignals.Where(s => s.WorkspaceId == workspaceId && s.CaseId == caseId && s.FromCaseId != null)
            .Select(s => s.FromCaseId!.Value).Distinct().ToListAsync(cancellation);
        List<Guid> told = [caseId, .. origins];
        var start = after ?? Guid.Empty;
        return await db.CaseEvents.Where(e => e.WorkspaceId == workspaceId && told.Contains(e.CaseId) && e.EventId > start)
            .OrderBy(e => e.EventId).Take(take).ToListAsync(cancellation);
    }

    private Task AuditAsync(Guid workspaceId, Guid caseId, Actor actor, CancellationToken cancellation) => store.WriteAsync(db =>
    {
        db.Audit(workspaceId, actor, time.Now(), "case.read", "case", caseId.ToString());
        return db.SaveChangesAsync(cancellation);
    }, cancellation);
}
