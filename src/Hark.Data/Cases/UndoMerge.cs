using Hark.Data.Store;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Cases;

/// <summary>
/// Takes a case out of the one it was merged into: it stands as it stood, with its own signals and those of cases merged into it earlier. Works too when
/// the other case was itself merged further meanwhile; the actor must see all of them.
/// </summary>
public sealed class UndoMerge(CaseWriter cases, HarkStore store)
{
    /// <summary>Signals go back with their origin kept where they came from a case that stays merged into this one.</summary>
    private string MoveSql => $"""
        UPDATE case_signals SET case_id = @case, from_case_id = CASE WHEN from_case_id = @case THEN NULL ELSE from_case_id END
        WHERE workspace_id = @workspace AND case_id = @holder AND {store.Dialect.AnyOf("from_case_id", "origins", ColumnType.Uuid)}
        """;

    private const string PointSql = """
        UPDATE signals SET case_id = @case
        WHERE workspace_id = @workspace AND signal_id IN (SELECT signal_id FROM case_signals WHERE workspace_id = @workspace AND case_id = @case)
        """;

    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, CancellationToken cancellation = default) => cases.ChangeAsync(
        command, async (db, token) => await PathAsync(db, command.WorkspaceId, command.CaseId, token), async (file, all) =>
        {
            // Read again now that the rows are locked.
            var chain = await PathAsync(file.Db, command.WorkspaceId, command.CaseId, cancellation);
            if (chain.Count == 0) return file.Case.UndoMerge(new CaseDetail(), null, [], command.Actor, file.Now).Error;
            if (!chain.TrueForAll(all.ContainsKey)) return Error.NotFound("case that holds this one");
            var holders = chain.ConvertAll(id => all[id]);
            var before = await file.ClosingAsync(cancellation) ?? throw new InvalidOperationException($"Case {command.CaseId} is merged and its timeline does not say so.");
            var changes = file.Case.UndoMerge(before, await file.FreeJoinKeyAsync(cancellation), [.. holders.Select(h => h.Case)], command.Actor, file.Now);
            if (changes.Error is { } error) return error;
            await file.ApplyAsync(changes.Value[0], cancellation);
            for (var i = 0; i < holders.Count; i++) await holders[i].ApplyAsync(changes.Value[i + 1], cancellation);
            await MoveBackAsync(file, chain[^1], cancellation);
            return null;
        }, cancellation);

    private async Task MoveBackAsync(CaseFile file, Guid holder, CancellationToken cancellation)
    {
        var (workspaceId, caseId) = (file.Case.WorkspaceId, file.Case.CaseId);
        await using var move = await file.Db.CommandAsync(MoveSql, cancellation);
        store.Dialect.Add(move, "workspace", workspaceId);
        store.Dialect.Add(move, "case", caseId);
        store.Dialect.Add(move, "holder", holder);
        store.Dialect.AddArray(move, "origins", ColumnType.Uuid, await OriginsAsync(file, holder, cancellation));
        await move.ExecuteNonQueryAsync(cancellation);
        await using var point = await file.Db.CommandAsync(PointSql, cancellation);
        store.Dialect.Add(point, "workspace", workspaceId);
        store.Dialect.Add(point, "case", caseId);
        await point.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The case itself and those of the holder's origins that reached the holder through it.</summary>
    private static async Task<IReadOnlyCollection<Guid>> OriginsAsync(CaseFile file, Guid holder, CancellationToken cancellation)
    {
        var (workspaceId, caseId) = (file.Case.WorkspaceId, file.Case.CaseId);
        var origins = await file.Db.CaseSignals.Where(s => s.WorkspaceId == workspaceId && s.CaseId == holder && s.FromCaseId != null)
            .Select(s => s.FromCaseId!.Value).Distinct().ToListAsync(cancellation);
        var through = new List<Guid> { caseId };
        foreach (var origin in origins.Where(o => o != caseId))
        {
            var path = await PathAsync(file.Db, workspaceId, origin, cancellation);
            if (path.Contains(caseId)) through.Add(origin);
        }
        return through;
    }

    /// <summary>The cases that a case was merged into, nearest first; merges make no circle, because only open cases take others in.</summary>
    private static async Task<List<Guid>> PathAsync(HarkDbContext db, Guid workspaceId, Guid caseId, CancellationToken cancellation)
    {
        var path = new List<Guid>();
        for (Guid? at = caseId; at is { } id;)
        {
            at = await db.Cases.AsNoTracking().Where(c => c.WorkspaceId == workspaceId && c.CaseId == id).Select(c => c.MergedInto).SingleOrDefaultAsync(cancellation);
            if (at is { } next) path.Add(next);
        }
        return path;
    }
}
