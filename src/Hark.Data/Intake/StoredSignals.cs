using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Store;
using Hark.Domain.Signals;

namespace Hark.Data.Intake;

/// <summary>A signal that was here before, with its words.</summary>
internal sealed record StoredSignal(Signal Facts, Verbatim? Words);

/// <summary>
/// Finds the signals of a group that were stored before: one query for the whole group. Their rows stay locked until the commit, because a person may be correcting
/// one of them just then, and the aggregates move by what was there before.
/// </summary>
internal static class StoredSignals
{
    public static async Task<Dictionary<Guid, StoredSignal>> FindAsync(Statements db, Guid workspaceId, IReadOnlyCollection<PreparedSignal> signals,
        CancellationToken cancellation)
    {
        var dialect = db.Dialect;
        var found = new Dictionary<Guid, StoredSignal>();
        var sql = $"""
            SELECT {SignalColumns.Select}, v.text, v.answers
            FROM {dialect.Seek("signals", "s", "keys", ColumnType.Uuid, key => $"s.workspace_id = @workspace AND s.dedupe_key = {key}", forUpdate: true)}
            LEFT JOIN verbatims v ON v.workspace_id = s.workspace_id AND v.signal_id = s.signal_id
            """;
        await db.QueryAsync(sql, command =>
        {
            dialect.Add(command, "workspace", workspaceId);
            dialect.AddArray(command, "keys", ColumnType.Uuid, [.. signals.Select(s => s.DedupeKey)]);
        }, row =>
        {
            var facts = SignalColumns.Read(row, dialect);
            found[facts.DedupeKey] = new StoredSignal(facts, WordsOf(row, dialect));
        }, cancellation);
        return found;
    }

    /// <summary>The words of a row that has them after the columns of the signal; null when there are none.</summary>
    public static Verbatim? WordsOf(System.Data.Common.DbDataReader row, ISqlDialect dialect)
    {
        var (text, answers) = (row.Text(SignalColumns.Count), row.Text(SignalColumns.Count + 1));
        if (text is null && answers is null) return null;
        return new Verbatim { WorkspaceId = dialect.ReadGuid(row, 0), SignalId = dialect.ReadGuid(row, 1), Text = text, Answers = answers };
    }
}
