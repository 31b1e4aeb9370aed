using Hark.Data.Store;
using Hark.Domain.Common;

namespace Hark.Data.Cases;

/// <summary>Makes a case part of another: its signals move there, its clocks end. See <see cref="UndoMerge"/>.</summary>
public sealed class MergeCase(CaseWriter cases, HarkStore store)
{
    private const string MoveSql = """
        UPDATE case_signals SET case_id = @into, from_case_id = COALESCE(from_case_id, @case) WHERE workspace_id = @workspace AND case_id = @case
        """;

    private const string PointSql = """
        UPDATE signals SET case_id = @into
        WHERE workspace_id = @workspace AND signal_id IN (SELECT signal_id FROM case_signals WHERE workspace_id = @workspace AND case_id = @into)
        """;

    /// <param name="into">The case that stays; <c>not_found</c> when the actor may not see it.</param>
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, Guid into, CancellationToken cancellation = default) => cases.ChangeAsync(
        command, (_, _) => Task.FromResult<IReadOnlyCollection<Guid>>([into]), async (file, visible) =>
        {
            if (!visible.TryGetValue(into, out var target)) return Error.NotFound("case to merge into");
            var merge = file.Case.MergeInto(target.Case, command.Actor, file.Now);
            if (merge.Error is { } error) return error;
            await file.ApplyAsync(merge.Value.Merged, cancellation);
            await target.ApplyAsync(merge.Value.Into, cancellation);
            foreach (var sql in (string[])[MoveSql, PointSql])
            {
                await using var move = await file.Db.CommandAsync(sql, cancellation);
                store.Dialect.Add(move, "workspace", command.WorkspaceId);
                store.Dialect.Add(move, "into", into);
                if (sql == MoveSql) store.Dialect.Add(move, "case", command.CaseId);
                await move.ExecuteNonQueryAsync(cancellation);
            }
            return null;
        }, cancellation);
}
