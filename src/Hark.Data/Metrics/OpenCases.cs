using System.Data.Common;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Common;

namespace Hark.Data.Metrics;

/// <summary>
/// When cases were open: from opening to resolution, and again from each reopening. Read from the case where it tells everything (never reopened nor merged), else
/// from its timeline.
/// </summary>
internal static class OpenCases
{
    private const string Simple = "c.round = 1 AND c.merged_into IS NULL";

    /// <summary>Calls <paramref name="each"/> for every stretch that may touch the period: opened, and closed (null: still open).</summary>
    public static async Task ReadAsync(HarkDbContext db, ISqlDialect dialect, WorkspaceSnapshot workspace, MetricQuery query, List<CaseDimension> dimensions,
        Action<GroupKey, DateTimeOffset, DateTimeOffset?> each, CancellationToken cancellation)
    {
        var columns = string.Concat(dimensions.Select(d => $", c.{d.Column}"));
        await RowsAsync($"""
            SELECT c.opened_at, c.resolved_at{columns} FROM cases c
            WHERE c.workspace_id = @workspace AND c.opened_at < @to AND {Simple} AND (c.resolved_at IS NULL OR c.resolved_at >= @from)
            """, "", reader => each(CaseGroups.Read(reader, dialect, workspace, dimensions, 2), dialect.ReadTime(reader, 0), dialect.Time(reader, 1)));
        var stretch = new Stretch(each);
        await RowsAsync($"""
            SELECT c.case_id, e.kind, e.at{columns} FROM cases c JOIN case_events e ON e.workspace_id = c.workspace_id AND e.case_id = c.case_id
            WHERE c.workspace_id = @workspace AND c.opened_at < @to AND NOT ({Simple})
              AND (e.kind IN ('opened', 'resolved', 'reopened') OR (e.kind = 'merged' AND c.merged_into IS NOT NULL))
            """, "ORDER BY c.case_id, e.at, e.event_id",
            reader => stretch.Add(dialect.ReadGuid(reader, 0), EnumNames<CaseEventKind>.Parse(reader.GetString(1)), dialect.ReadTime(reader, 2),
                CaseGroups.Read(reader, dialect, workspace, dimensions, 3)));
        stretch.Finish();

        async Task RowsAsync(string sql, string order, Action<DbDataReader> row)
        {
            var conditions = query.Cases.ToSql(dialect);
            await using var command = await db.CommandAsync($"{sql}{conditions}\n{order}", cancellation);
            dialect.Add(command, "workspace", query.WorkspaceId);
            if (sql.Contains("@from", StringComparison.Ordinal)) dialect.Add(command, "from", query.From);
            dialect.Add(command, "to", query.To);
            conditions.Bind(command);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) row(reader);
        }
    }

    /// <summary>Puts a case's events, in order, together to stretches.</summary>
    private sealed class Stretch(Action<GroupKey, DateTimeOffset, DateTimeOffset?> each)
    {
        private Guid _case;
        private GroupKey _group;
        private DateTimeOffset? _opened;
        private DateTimeOffset? _merged;

        public void Add(Guid caseId, CaseEventKind kind, DateTimeOffset at, GroupKey group)
        {
            if (caseId != _case) Finish();
            (_case, _group) = (caseId, group);
            if (kind == CaseEventKind.Merged) _merged = at; // the last one ended it: those before took others in
            else if (kind != CaseEventKind.Resolved) _opened ??= at;
            else if (_opened is { } opened)
            {
                each(group, opened, at);
                _opened = null;
            }
        }

        public void Finish()
        {
            if (_opened is { } opened) each(_group, opened, _merged > opened ? _merged : null);
            (_opened, _merged) = (null, null);
        }
    }
}
