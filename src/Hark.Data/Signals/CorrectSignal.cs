using Hark.Data.Intake;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Understanding;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Workspaces;

namespace Hark.Data.Signals;

/// <summary>
/// Corrects a fact of a signal: the row, its labels, the aggregates, its trail and the audit log move together, in one transaction. What a rule did on the
/// earlier value stays done.
/// </summary>
public sealed class CorrectSignal(HarkStore store, TimeProvider time, LessonSignal lessons)
{
    /// <param name="scope">Whose signals the person may see; null for all.</param>
    /// <returns>The signal as it is now; <c>not_found</c> also where it may not be seen; <c>invalid</c>.</returns>
    public async Task<Result<Signal>> RunAsync(WorkspaceSnapshot workspace, Guid signalId, WordScope? scope, SignalCorrection correction, Actor actor, CancellationToken cancellation = default)
    {
        try
        {
            var corrected = await store.WriteAsync(db => ApplyAsync(db, workspace, signalId, scope, correction, actor, cancellation), cancellation);
            if (correction.Field is CorrectedField.Topics or CorrectedField.Sentiment) lessons.Notify();
            return corrected;
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
        var step = new TrailEntry(SignalCorrection.TrailPrefix + actor.Id, now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture), SignalCorrection.Concluded(correction.Field, old, right));
        after.Trail = SignalJson.Write([.. SignalJson.Trail(before.Trail), step]);
        await SignalRewrite.WriteAsync(db, store.Dialect, workspace, [(before, after)], now, cancellation);
        if (correction.Field is CorrectedField.Topics or CorrectedField.Sentiment) await TeachAsync(db, workspace.WorkspaceId, signalId, now, cancellation);
        db.Audit(workspace.WorkspaceId, actor, now, "signal.corrected", "signal", signalId.ToString(), new { field, before = old, after = right });
        await db.SaveChangesAsync(cancellation);
        return after;
    }

    /// <summary>What a person said is learned from.</summary>
    private static async Task TeachAsync(HarkDbContext db, Guid workspaceId, Guid signalId, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await db.TextLessons.FindAsync([workspaceId, signalId], cancellation) is { } known) known.At = now;
        else db.TextLessons.Add(new TextLesson { WorkspaceId = workspaceId, SignalId = signalId, At = now });
    }

    /// <summary>Rolls the transaction back; never leaves this class.</summary>
    private sealed class RefusedException(Error error) : Exception(error.Detail)
    {
        public Error Error { get; } = error;
    }
}
