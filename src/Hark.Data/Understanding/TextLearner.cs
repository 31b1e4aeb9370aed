using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Understanding;
using Hark.Domain.Understanding.Learning;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Understanding;

/// <summary>What became of learning.</summary>
/// <param name="Version">Null where there was too little to learn from.</param>
/// <param name="Lessons">Labelled texts that there were.</param>
public sealed record LearnOutcome(TextTask Task, int Lessons, TextModelVersion? Version);

/// <summary>
/// Learns from a workspace's own texts: (rating, text) pairs and topics that sources and people gave. New ones are first asked about, then learned from. A new model of sentiment
/// challenges the champion and takes its place once it was at least as right on texts that neither had seen; topics, which people correct and expect to see change, are taken at once
/// unless left-out texts show that they got worse.
/// </summary>
/// <remarks>
/// One learner a workspace, by lease, whatever the number of nodes. Learning runs on a thread of low priority, reads without locks and writes small rows, so intake waits for none of it.
/// What is read is bounded (<see cref="LessonReader.MostLessons"/>), and so are memory (some hundred megabytes while it learns) and time (a minute at most).
/// </remarks>
public sealed class TextLearner(HarkStore store, WorkspaceSnapshots snapshots, LessonReader lessons, ModelStore models, Leases leases, Understander shipped, TimeProvider time, LessonSignal signal)
{
    /// <summary>New labelled texts that are worth a new model: this many, and this share of those the newest one learned from.</summary>
    public const int LeastNew = 50;
    private const double NewShare = 0.1;

    /// <summary>Texts on which a challenger has to prove itself.</summary>
    public const int TrialTexts = 100;

    /// <summary>By how much left-out texts may be told worse before a new model is not taken at once: chance.</summary>
    private const double Tolerance = 0.02;

    /// <summary>Texts looked at in one step, and disagreements that are kept.</summary>
    private const int StepTexts = 2_000, KeptDisagreements = 100;

    private static readonly TimeSpan LeaseFor = TimeSpan.FromMinutes(5);
    private static readonly Actor Actor = Actor.System("learner");
    private readonly string _owner = $"learner {time.NewId():N}";

    /// <summary>Wakes the worker of this process when a person has taught something.</summary>
    public WakeSignal Wake => signal.Wake;

    /// <summary>Learns from everything stored so far and takes the models at once.</summary>
    /// <returns><c>unavailable</c> while another node is learning.</returns>
    public async Task<Result<List<LearnOutcome>>> LearnAsync(Guid workspaceId, Actor actor, CancellationToken cancellation = default)
    {
        if (await leases.TryAcquireAsync(LeaseName(workspaceId), _owner, time.Now(), LeaseFor, cancellation) is not { } lease)
            return new Error(ErrorKind.Unavailable, ErrorCodes.Unavailable, "The workspace is being learned from just now; ask again in a minute.");
        try
        {
            while (await ExamineAsync(workspaceId, cancellation) == StepTexts)
            {
                // Every text is asked about once, before it is learned from.
            }
            return await TrainAsync(workspaceId, [TextTask.Sentiment, TextTask.Topics], atOnce: true, actor, cancellation);
        }
        finally
        {
            await leases.ReleaseAsync(lease, time.Now(), CancellationToken.None);
        }
    }

    /// <summary>Looks at what came in since the last time, and learns where that is worth it. Costs two seeks where nothing came.</summary>
    /// <returns>Texts that were looked at; fewer than there are where another node is at it.</returns>
    public async Task<int> StepAsync(Guid workspaceId, CancellationToken cancellation = default)
    {
        if (!await IsWaitingAsync(workspaceId, cancellation)) return 0;
        if (await leases.TryAcquireAsync(LeaseName(workspaceId), _owner, time.Now(), LeaseFor, cancellation) is not { } lease) return 0;
        try
        {
            var texts = await ExamineAsync(workspaceId, cancellation);
            var state = await StateAsync(workspaceId, cancellation);
            var corrected = await CorrectedAsync(workspaceId, state.CorrectedThrough, cancellation);
            if (corrected is { } through)
            {
                await TrainAsync(workspaceId, [TextTask.Topics], atOnce: true, Actor, cancellation);
                await UpdateAsync(workspaceId, s => s.CorrectedThrough = through, cancellation);
            }
            var known = (await models.ListAsync(workspaceId, cancellation)).Select(m => m.Lessons).DefaultIfEmpty(0).Max();
            if (state.Waiting >= Math.Max(LeastNew, NewShare * known)) await TrainAsync(workspaceId, corrected is null ? [TextTask.Sentiment, TextTask.Topics] : [TextTask.Sentiment], atOnce: false, Actor, cancellation);
            return texts;
        }
        finally
        {
            await leases.ReleaseAsync(lease, time.Now(), CancellationToken.None);
        }
    }

    private static string LeaseName(Guid workspaceId) => $"learning:{workspaceId:N}";

    private async Task<bool> IsWaitingAsync(Guid workspaceId, CancellationToken cancellation)
    {
        var state = await StateAsync(workspaceId, cancellation);
        return await CorrectedAsync(workspaceId, state.CorrectedThrough, cancellation) is not null || (await lessons.AfterAsync(workspaceId, state.LearnedThrough, 1, cancellation)).Count > 0;
    }

    /// <summary>Tests: asks about the next texts, and writes down how right that was.</summary>
    private async Task<int> ExamineAsync(Guid workspaceId, CancellationToken cancellation)
    {
        var state = await StateAsync(workspaceId, cancellation);
        var texts = await lessons.AfterAsync(workspaceId, state.LearnedThrough, StepTexts, cancellation);
        if (texts.Count == 0) return 0;
        var snapshot = await snapshots.GetAsync(workspaceId, cancellation);
        var challenger = await models.ChallengerAsync(workspaceId, TextTask.Sentiment, cancellation);
        var examination = await SpareTime.RunAsync(() =>
        {
            var tried = challenger is null ? null : new WorkspaceUnderstanding(WorkspacePolicies.Of(snapshot).Topics, 0, WorkspacePolicies.Of(snapshot).Understanding, new ChampionModel(challenger).Sentiment);
            var examination = new Examination(shipped, WorkspaceUnderstandings.Of(snapshot), tried, VersionOf(snapshot, TextTask.Sentiment), VersionOf(snapshot, TextTask.Topics));
            foreach (var text in texts) examination.Take(text);
            return examination;
        });
        await store.WriteAsync(db => SaveAsync(db, workspaceId, examination, texts[^1].Signal.SignalId, cancellation), cancellation);
        if (challenger is not null) await JudgeAsync(challenger, examination, cancellation);
        return texts.Count;
    }

    private static long VersionOf(WorkspaceSnapshot snapshot, TextTask task) => snapshot.Champions.FirstOrDefault(c => c.Task == task)?.Version ?? 0;

    private static async Task SaveAsync(HarkDbContext db, Guid workspaceId, Examination examination, Guid through, CancellationToken cancellation)
    {
        var state = await TrackedAsync(db, workspaceId, cancellation);
        state.LearnedThrough = through;
        state.Waiting += examination.Labelled;
        foreach (var score in examination.Scores)
        {
            if (await db.TextModelScores.FindAsync([score.WorkspaceId, score.Task, score.DayAt, score.Language], cancellation) is { } known)
                (known.Texts, known.Right, known.ShippedRight) = (known.Texts + score.Texts, known.Right + score.Right, known.ShippedRight + score.ShippedRight);
            else db.TextModelScores.Add(score);
        }
        foreach (var task in Enum.GetValues<TextTask>())
        {
            var newest = examination.Disagreements.Where(d => d.Task == task).TakeLast(KeptDisagreements).ToList();
            if (newest.Count == 0) continue;
            var kept = await db.TextDisagreements.Where(d => d.WorkspaceId == workspaceId && d.Task == task).OrderByDescending(d => d.At).ToListAsync(cancellation);
            var ids = newest.Select(d => d.SignalId).ToHashSet();
            db.TextDisagreements.RemoveRange(kept.Where((d, i) => i >= KeptDisagreements - newest.Count || ids.Contains(d.SignalId)));
            await db.SaveChangesAsync(cancellation);
            db.TextDisagreements.AddRange(newest.DistinctBy(d => d.SignalId));
        }
        await db.SaveChangesAsync(cancellation);
    }

    private async Task JudgeAsync(TextModelVersion challenger, Examination examination, CancellationToken cancellation)
    {
        if (!examination.Trials.TryGetValue(challenger.Task, out var trial)) return;
        var (texts, right, champion) = (challenger.Trial + trial.Texts, challenger.TrialRight + trial.Right, challenger.TrialChampionRight + trial.ChampionRight);
        await models.TriedAsync(challenger, trial.Texts, trial.Right, trial.ChampionRight, failed: texts >= TrialTexts && right < champion, cancellation);
        if (texts >= TrialTexts && right >= champion) await models.PromoteAsync(challenger.WorkspaceId, challenger.Task, challenger.Version, Actor, cancellation);
    }

    /// <summary>Trains: from everything that is kept of the newest texts.</summary>
    private async Task<List<LearnOutcome>> TrainAsync(Guid workspaceId, IReadOnlyList<TextTask> tasks, bool atOnce, Actor actor, CancellationToken cancellation)
    {
        var snapshot = await snapshots.GetAsync(workspaceId, cancellation);
        var workspace = WorkspaceUnderstandings.Of(snapshot);
        var texts = await lessons.NewestAsync(workspaceId, workspace, cancellation);
        var outcomes = new List<LearnOutcome>();
        foreach (var task in tasks)
        {
            var (trained, count) = await SpareTime.RunAsync(() => task == TextTask.Sentiment ? Sentiment(texts) : Topics(texts));
            var all = await models.ListAsync(workspaceId, cancellation);
            var champion = all.Find(m => m.Task == task && m.State == ModelState.Champion);
            if (trained is null)
            {
                outcomes.Add(new(task, count, null));
                continue;
            }
            var isGood = trained.LeftOut >= Math.Max(trained.LeftOutBefore, (champion?.LeftOut ?? 0) - Tolerance);
            var takes = isGood && (atOnce || champion is null || task == TextTask.Topics);
            outcomes.Add(new(task, count, await models.AddAsync(workspaceId, trained, takes, actor, cancellation)));
        }
        if (tasks.Contains(TextTask.Sentiment)) await UpdateAsync(workspaceId, s => s.Waiting = 0, cancellation);
        return outcomes;
    }

    private (TrainedModel? Model, int Lessons) Sentiment(List<TaughtText> texts)
    {
        var all = LessonReader.Sentiment(texts);
        return (LearnedSentiment.Learn(shipped, all) is var (model, leftOut, before) ? new TrainedModel(TextTask.Sentiment, model.ToBytes(), all.Count, leftOut, before) : null, all.Count);
    }

    private (TrainedModel? Model, int Lessons) Topics(List<TaughtText> texts)
    {
        var all = LessonReader.Topics(texts);
        var labelled = all.Count(l => l.Topics.Count > 0);
        return (TopicsLearner.Learn(shipped, all, LessonReader.Phrases(texts)) is { } learned ? new TrainedModel(TextTask.Topics, learned.Model.ToBytes(), labelled, learned.LeftOut, 0) : null, labelled);
    }

    private async Task<TextLearning> StateAsync(Guid workspaceId, CancellationToken cancellation)
    {
        await using var db = store.Read();
        return await db.TextLearning.SingleOrDefaultAsync(s => s.WorkspaceId == workspaceId, cancellation) ?? new TextLearning { WorkspaceId = workspaceId };
    }

    /// <summary>The newest correction since a moment; null for none.</summary>
    private async Task<DateTimeOffset?> CorrectedAsync(Guid workspaceId, DateTimeOffset since, CancellationToken cancellation)
    {
        await using var db = store.Read();
        return await db.TextLessons.Where(l => l.WorkspaceId == workspaceId && l.At > since).OrderByDescending(l => l.At).Select(l => (DateTimeOffset?)l.At).FirstOrDefaultAsync(cancellation);
    }

    private Task UpdateAsync(Guid workspaceId, Action<TextLearning> change, CancellationToken cancellation) => store.WriteAsync(async db =>
    {
        change(await TrackedAsync(db, workspaceId, cancellation));
        await db.SaveChangesAsync(cancellation);
    }, cancellation);

    internal static async Task<TextLearning> TrackedAsync(HarkDbContext db, Guid workspaceId, CancellationToken cancellation)
    {
        if (await db.TextLearning.SingleOrDefaultAsync(s => s.WorkspaceId == workspaceId, cancellation) is { } state) return state;
        return db.TextLearning.Add(new TextLearning { WorkspaceId = workspaceId }).Entity;
    }
}
