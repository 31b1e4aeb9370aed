using Hark.Data.Model;
using Hark.Data.Store;

namespace Hark.Data.Signals;

/// <summary>Reads a signal that the transaction is about to change, and keeps others from changing it meanwhile.</summary>
internal static class LockedSignals
{
    /// <summary>Null where it is not there or may not be seen.</summary>
    public static async Task<Signal?> FindAsync(HarkDbContext db, ISqlDialect dialect, Guid workspaceId, Guid signalId, WordScope? scope, CancellationToken cancellation)
    {
        var sql = await new SignalFilter { Scope = scope }.ToSqlAsync(db, dialect, workspaceId, cancellation);
        sql.Add($"s.signal_id = {sql.Value(signalId)}");
        await using var command = await db.CommandAsync($"SELECT {SignalColumns.Select} FROM signals s WHERE s.workspace_id = @workspace{sql} {dialect.ForUpdate}", cancellation);
        dialect.Add(command, "workspace", workspaceId);
        sql.Bind(command);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? SignalColumns.Read(reader, dialect) : null;
    }
}
