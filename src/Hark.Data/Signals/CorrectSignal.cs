using Hark.Data.Aggregates;
using Hark.Data.Intake;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Hark.Data.Signals;

/// <summary>
/// Corrects a fact of a signal: the row, its labels, the aggregates, its trail and the audit log move together, in one transaction. What a rule did on the
/// earlier value stays done.
/// </summary>
public sealed class CorrectSignal(HarkStore store, TimeProvider time)
{
    /// <summary>Who corrected, in <see cref="TrailEntry.By"/>, before the id of the member.</summary>
    public const string TrailPrefix = "member:";

    /// <param name="scope">Whose signals the person may see; null for all.</param>
    /// <returns>The signal as it is now; <c>not_found</c> also where it may not be seen; <c>invalid</c>.</returns>
    public async Task<Result<Signal>> RunAsync(WorkspaceSnapshot workspace, Guid signalId, WordScope? scope, SignalCorrection correction, Actor actor, CancellationToken cancellation = default)
    {
        try
        {
            return await store.WriteAsync(db => ApplyAsync(db, workspace, signalId, scope, correction, actor, cancellation), cancellation);
        }
        catch (RefusedException refused)
        {
            return refused.Error;
        }
    }

    private async Task<Signal> ApplyAsync(HarkDbContext db, WorkspaceSnapshot workspace, Guid signalId, WordScope? scope, SignalCorrection correction, Actor actor, CancellationToken cancellation)
    {
        var now = time.Now();
        var before = await LockedSignals.FindAsync(db, store.Dialect, workspace.WorkspaceId, signalId, scope, cancellation) ?? throw new RefusedException(Error.NotFound("signal"));
        var after = SignalFacts.Copy(before);
        if (correction.Apply(after) is { } error) throw new RefusedException(error);
        var (old, right) = (SignalCorrection.Of(before, correction.Field), SignalCorrection.Of(after, correction.Field));
        var field = EnumNames<CorrectedField>.Of(correction.Field);
        var step = new TrailEntry(TrailPrefix + actor.Id, now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
            old == right ? $"confirmed {field}: {right}" : $"corrected {field}: {old} → {right}");
        after.Trail = SignalJson.Write([.. SignalJson.Trail(before.Trail), step]);
        await WriteAsync(db, workspace, before, after, cancellation);
        db.Audit(workspace.WorkspaceId, actor, now, "signal.corrected", "signal", signalId.ToString(), new { field, before = old, after = right });
        await db.SaveChangesAsync(cancellation);
        return after;
    }

    private async Task WriteAsync(HarkDbContext db, WorkspaceSnapshot workspace, Signal before, Signal after, CancellationToken cancellation)
    {
        using var statements = new Statements(db.Database.GetDbConnection(), store.Dialect) { Transaction = db.Database.CurrentTransaction?.GetDbTransaction() };
        var writes = new SignalWrites(time.Now());
        writes.Add(after, null, new StoredSignal(before, null));
        await writes.FlushAsync(statements, cancellation);
        // The last shard is the one that may be shared: its rows are waited for.
        var deltas = new AggregateDeltas(workspace.WorkspaceId, new ZoneDays(workspace.Workspace.TimeZone), store.Dialect.SingleWriter ? 0 : NodeShard.Count - 1);
        deltas.Remove(before);
        deltas.Add(after);
        await statements.InsertAsync(AggregateDeltas.Upsert, deltas.Cells, cancellation);
    }

    /// <summary>Rolls the transaction back; never leaves this class.</summary>
    private sealed class RefusedException(Error error) : Exception(error.Detail)
    {
        public Error Error { get; } = error;
    }
}
