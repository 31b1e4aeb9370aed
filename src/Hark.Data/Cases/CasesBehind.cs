using System.Globalization;
using Hark.Data.Signals;
using Hark.Data.Store;

namespace Hark.Data.Cases;

/// <summary>An open case that one of the signals of a filter opened.</summary>
public sealed record CaseBehind(Guid CaseId, long Number);

/// <summary>Cases to be worked on now that certain signals opened: from a number to the people who wait because of it.</summary>
public sealed class CasesBehind(HarkStore store)
{
    /// <summary>
    /// So many cases, the most urgent ones, are looked at: whoever has more work than that begins with these anyway, and the cost does not grow with what waits.
    /// </summary>
    public const int Looked = 2000;

    /// <summary>In due order, the earliest first. One range of the index of open cases and one seek for the signal of each.</summary>
    /// <param name="most">No more than so many.</param>
    public async Task<IReadOnlyList<CaseBehind>> ReadAsync(Guid workspaceId, CaseScope scope, SignalFilter filter, int most, CancellationToken cancellation = default)
    {
        var dialect = store.Dialect;
        await using var db = store.Read();
        var signals = await filter.ToSqlAsync(db, dialect, workspaceId, cancellation);
        var open = $"c.workspace_id = @workspace AND c.is_open = {signals.Value(true)} AND c.due_at IS NOT NULL AND c.state <> 'waiting' AND c.snoozed_until IS NULL";
        if (scope.Teams is { } teams) open += $" AND ({signals.AnyOf("c.team_id", ColumnType.Uuid, teams)} OR c.assignee_id = {signals.Value(scope.MemberId ?? Guid.Empty)})";
        await using var command = await db.CommandAsync(string.Create(CultureInfo.InvariantCulture, $"""
            SELECT d.case_id, d.number
            FROM (SELECT c.case_id, c.number, c.due_at, c.first_signal_id FROM cases c WHERE {open} ORDER BY c.due_at, c.case_id LIMIT {Looked}) d
            JOIN signals s ON s.workspace_id = @workspace AND s.signal_id = d.first_signal_id
            WHERE TRUE{signals}
            ORDER BY d.due_at, d.case_id LIMIT {most}
            """), cancellation);
        dialect.Add(command, "workspace", workspaceId);
        signals.Bind(command);
        var found = new List<CaseBehind>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) found.Add(new(dialect.ReadGuid(reader, 0), reader.GetInt64(1)));
        return found;
    }
}
