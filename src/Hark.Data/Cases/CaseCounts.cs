using System.Globalization;
using Hark.Data.Store;

namespace Hark.Data.Cases;

/// <summary>Open cases that a person may see: all, and of those that do not wait for the customer the ones past their due time and due soon.</summary>
public sealed record DueCounts(long Open, long Over, long Soon);

/// <summary>What stands out among open cases, for pages that show more than a list: counts, clocks and the words behind a few lines.</summary>
public sealed class CaseCounts(HarkStore store)
{
    /// <summary>One range of the index of open cases, and one of those that wait; costs as much as there are open ones.</summary>
    /// <param name="soon">Until when a due time is soon.</param>
    public async Task<DueCounts> DueAsync(Guid workspaceId, CaseScope scope, DateTimeOffset now, DateTimeOffset soon, CancellationToken cancellation = default)
    {
        var sql = store.Dialect;
        await using var db = store.Read();
        var mine = scope.Teams is null ? "" : string.Create(CultureInfo.InvariantCulture, $" AND ({sql.AnyOf("c.team_id", "my_teams", ColumnType.Uuid)} OR c.assignee_id = @me)");
        const string Counts = "COUNT(*) AS n, COUNT(CASE WHEN c.due_at <= @now THEN 1 END) AS late, COUNT(CASE WHEN c.due_at > @now AND c.due_at <= @soon THEN 1 END) AS near";
        // What waits is taken off instead of left out: so both parts are answered by an index alone.
        await using var command = await db.CommandAsync($"""
            SELECT a.n, a.late - w.late, a.near - w.near
            FROM (SELECT {Counts} FROM cases c WHERE c.workspace_id = @workspace AND c.is_open = @open{mine}) a,
                (SELECT {Counts} FROM cases c WHERE c.workspace_id = @workspace AND c.state = 'waiting'{mine}) w
            """, cancellation);
        sql.Add(command, "workspace", workspaceId);
        sql.Add(command, "open", true);
        sql.Add(command, "now", now);
        sql.Add(command, "soon", soon);
        if (scope.Teams is { } teams)
        {
            sql.AddArray(command, "my_teams", ColumnType.Uuid, teams);
            sql.Add(command, "me", scope.MemberId ?? Guid.Empty);
        }
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }
}
