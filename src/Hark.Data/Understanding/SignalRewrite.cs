using Hark.Data.Aggregates;
using Hark.Data.Intake;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Hark.Data.Understanding;

/// <summary>Writes changed facts of signals that the transaction has locked: rows, labels and aggregates move together, by the difference.</summary>
internal static class SignalRewrite
{
    public static async Task WriteAsync(HarkDbContext db, ISqlDialect dialect, WorkspaceSnapshot workspace, IReadOnlyCollection<(Signal Before, Signal After)> changes, DateTimeOffset now, CancellationToken cancellation)
    {
        using var statements = new Statements(db.Database.GetDbConnection(), dialect) { Transaction = db.Database.CurrentTransaction?.GetDbTransaction() };
        var writes = new SignalWrites(now);
        // The last shard is the one that may be shared: its rows are waited for.
        var deltas = new AggregateDeltas(workspace.WorkspaceId, new ZoneDays(workspace.Workspace.TimeZone), dialect.SingleWriter ? 0 : NodeShard.Count - 1);
        foreach (var (before, after) in changes)
        {
            writes.Add(after, null, new StoredSignal(before, null));
            deltas.Remove(before);
            deltas.Add(after);
        }
        await writes.FlushAsync(statements, cancellation);
        await statements.InsertAsync(AggregateDeltas.Upsert, deltas.Cells, cancellation);
    }
}
