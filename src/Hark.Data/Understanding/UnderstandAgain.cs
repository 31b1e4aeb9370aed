using Hark.Data.Intake;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Understanding;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Understanding;

/// <summary>
/// Understands texts anew when the taxonomy or a model changed: from the newest to the oldest, a few hundred at a time, going on where it stopped after a restart. Labels, rows and aggregates of
/// a signal move in one transaction, so numbers are exact throughout; what a source or a person said stays; a label that comes out the same keeps the version that gave it.
/// </summary>
/// <remarks>
/// One node a workspace, by lease. Texts are read and understood without locks; only signals of which something changes are locked, looked at again and written. Cases and what rules did stay as they were.
/// </remarks>
public sealed class UnderstandAgain(HarkStore store, WorkspaceSnapshots snapshots, LessonReader lessons, Leases leases, Understander understander, TimeProvider time)
{
    /// <summary>Texts of one step; most of them change in a pass after an edit of the taxonomy, and intake waits for one step's write.</summary>
    public const int StepTexts = 200;

    /// <summary>A value that moved by less is the same.</summary>
    private const double SameValue = 0.05;

    private static readonly TimeSpan LeaseFor = TimeSpan.FromMinutes(1);
    private readonly string _owner = $"understanding {time.NewId():N}";

    /// <returns>Texts that were looked at; 0 when there is nothing to do.</returns>
    public async Task<int> StepAsync(Guid workspaceId, CancellationToken cancellation = default)
    {
        var snapshot = await snapshots.GetAsync(workspaceId, cancellation);
        var target = WorkspaceUnderstandings.Of(snapshot).Signature(understander);
        if (await StateAsync(workspaceId, cancellation) is { } state && state.PassTarget == target && state.PassFinishedAt is not null) return 0;
        if (await leases.TryAcquireAsync($"understanding:{workspaceId:N}", _owner, time.Now(), LeaseFor, cancellation) is not { } lease) return 0;
        try
        {
            return await StepAsync(snapshot, target, lease, cancellation);
        }
        finally
        {
            await leases.ReleaseAsync(lease, time.Now(), CancellationToken.None);
        }
    }

    public async Task<TextLearning?> StateAsync(Guid workspaceId, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await db.TextLearning.SingleOrDefaultAsync(s => s.WorkspaceId == workspaceId, cancellation);
    }

    private async Task<int> StepAsync(WorkspaceSnapshot snapshot, string target, Lease lease, CancellationToken cancellation)
    {
        var begun = await BeginAsync(snapshot.WorkspaceId, target, cancellation);
        if (begun.PassFinishedAt is not null) return 0;
        var texts = await lessons.BeforeAsync(snapshot.WorkspaceId, begun.PassBefore, StepTexts, cancellation);
        var understanding = WorkspaceUnderstandings.Of(snapshot);
        var changing = texts.Where(t => Again(t, understanding) is not null).Select(t => t.Signal.SignalId).ToList();
        await store.WriteAsync(async db =>
        {
            if (!await Leases.GuardAsync(db, store.Dialect, lease, cancellation)) return;
            var changes = await ChangesAsync(db, snapshot.WorkspaceId, changing, understanding, cancellation);
            if (changes.Count > 0) await SignalRewrite.WriteAsync(db, store.Dialect, snapshot, changes, time.Now(), cancellation);
            var state = await TextLearner.TrackedAsync(db, snapshot.WorkspaceId, cancellation);
            (state.PassTexts, state.PassChanged) = (state.PassTexts + texts.Count, state.PassChanged + changes.Count);
            if (texts.Count > 0) state.PassBefore = texts[^1].Signal.SignalId;
            if (texts.Count < StepTexts) state.PassFinishedAt = time.Now();
            await db.SaveChangesAsync(cancellation);
        }, cancellation);
        return texts.Count;
    }

    /// <summary>Starts a pass where the target is another than before. Of a workspace that was never asked about there is nothing to do over: its texts were understood as they came.</summary>
    private Task<TextLearning> BeginAsync(Guid workspaceId, string target, CancellationToken cancellation) => store.WriteAsync(async db =>
    {
        var state = await TextLearner.TrackedAsync(db, workspaceId, cancellation);
        if (state.PassTarget == target) return state;
        var isFirst = state.PassTarget is null && !await db.TextModels.AnyAsync(m => m.WorkspaceId == workspaceId, cancellation)
            && !await db.ConfigDocuments.AnyAsync(d => d.WorkspaceId == workspaceId && d.Kind == DocumentKind.Topics, cancellation);
        (state.PassTarget, state.PassBefore, state.PassStartedAt, state.PassTexts, state.PassChanged) = (target, Guid.AllBitsSet, time.Now(), 0, 0);
        state.PassFinishedAt = isFirst ? time.Now() : null;
        await db.SaveChangesAsync(cancellation);
        return state;
    }, cancellation);

    private async Task<List<(Signal, Signal)>> ChangesAsync(HarkDbContext db, Guid workspaceId, List<Guid> ids, WorkspaceUnderstanding understanding, CancellationToken cancellation)
    {
        var changes = new List<(Signal, Signal)>();
        if (ids.Count == 0) return changes;
        await using var command = await db.CommandAsync($"""
            SELECT {SignalColumns.Select}, v.text, v.answers
            FROM {store.Dialect.Seek("signals", "s", "keys", ColumnType.Uuid, key => $"s.workspace_id = @workspace AND s.signal_id = {key}", forUpdate: true)}
            JOIN verbatims v ON v.workspace_id = s.workspace_id AND v.signal_id = s.signal_id
            """, cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        store.Dialect.AddArray(command, "keys", ColumnType.Uuid, ids);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var before = SignalColumns.Read(reader, store.Dialect);
            if (StoredSignals.WordsOf(reader, store.Dialect)?.Text is { } text && Again(new(before, text), understanding) is { } after) changes.Add((before, after));
        }
        return changes;
    }

    /// <summary>The signal as it is understood now; null where nothing changes.</summary>
    private Signal? Again(SpokenSignal spoken, WorkspaceUnderstanding understanding)
    {
        var (before, trail) = (spoken.Signal, SignalJson.Trail(spoken.Signal.Trail));
        var corrected = SignalCorrection.Made(trail);
        var labels = SignalJson.Topics(before.Topics);
        var understood = understander.Understand(spoken.Text, before.Language, understanding, [.. labels.Where(l => l.IsGiven)]);
        var after = SignalFacts.Copy(before);
        IReadOnlyList<TopicLabel> topics = corrected.Contains(CorrectedField.Topics) ? [.. labels.Select(l => understanding.Meant(l)).DistinctBy(l => l.Key)] : understood.Topics;
        var changed = !Same(labels, topics);
        if (changed) after.Topics = SignalJson.Write(topics);
        if (before.SentimentLabel is not null && !corrected.Contains(CorrectedField.Sentiment) && !Same(before, understood.Sentiment))
        {
            changed = true;
            (after.SentimentLabel, after.SentimentValue, after.SentimentConfidence) = (understood.Sentiment.Label, understood.Sentiment.Value, understood.Sentiment.Confidence);
            if (before.RatingScale is null) after.Negative = understood.Sentiment.Label == SentimentLabel.Unknown ? null : understood.Sentiment.Label == SentimentLabel.Negative;
            after.Trail = SignalJson.Write([.. trail.Where(t => t.By != "sentiment"), new TrailEntry("sentiment", understanding.SentimentVersion ?? understander.Version, EnumNames<SentimentLabel>.Of(understood.Sentiment.Label))]);
        }
        return changed ? after : null;
    }

    private static bool Same(Signal before, Sentiment now) => before.SentimentLabel == now.Label && Math.Abs((before.SentimentValue ?? 0) - now.Value) < SameValue;

    private static bool Same(IReadOnlyList<TopicLabel> before, IReadOnlyList<TopicLabel> now) =>
        before.Select(l => (l.Key, l.By, l.Sent)).ToHashSet().SetEquals(now.Select(l => (l.Key, l.By, l.Sent)));
}
