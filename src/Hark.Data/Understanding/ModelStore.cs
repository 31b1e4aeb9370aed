using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Understanding;

/// <summary>A model just trained.</summary>
/// <param name="LeftOut">Share of its lessons that it told right while they were left out.</param>
/// <param name="LeftOutBefore">The same of what it is to be better than.</param>
public sealed record TrainedModel(TextTask Task, byte[] Content, int Lessons, double LeftOut, double LeftOutBefore);

/// <summary>The versions of a workspace's models. A change of champion is a change of settings: every node loads it within a second, and the audit log says who made it.</summary>
public sealed class ModelStore(HarkStore store, SettingsWriter writer)
{
    /// <summary>So many of the newest versions of a task can come back; older ones keep their numbers only.</summary>
    public const int Kept = 5;

    /// <summary>Everything but the tables, newest first.</summary>
    public async Task<List<TextModelVersion>> ListAsync(Guid workspaceId, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await db.TextModels.Where(m => m.WorkspaceId == workspaceId).OrderBy(m => m.Task).ThenByDescending(m => m.Version).Select(m => new TextModelVersion
        {
            WorkspaceId = m.WorkspaceId,
            Task = m.Task,
            Version = m.Version,
            State = m.State,
            Lessons = m.Lessons,
            LeftOut = m.LeftOut,
            LeftOutBefore = m.LeftOutBefore,
            Trial = m.Trial,
            TrialRight = m.TrialRight,
            TrialChampionRight = m.TrialChampionRight,
            CreatedAt = m.CreatedAt,
        }).ToListAsync(cancellation);
    }

    /// <summary>The newest challenger of a task with its tables; null where there is none.</summary>
    public async Task<TextModelVersion?> ChallengerAsync(Guid workspaceId, TextTask task, CancellationToken cancellation)
    {
        await using var db = store.Read();
        return await db.TextModels.Where(m => m.WorkspaceId == workspaceId && m.Task == task && m.State == ModelState.Challenger).OrderByDescending(m => m.Version).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Keeps a trained model as the next version.</summary>
    /// <param name="asChampion">At once; else it has to prove itself first.</param>
    public async Task<TextModelVersion> AddAsync(Guid workspaceId, TrainedModel trained, bool asChampion, Actor actor, CancellationToken cancellation) =>
        (await writer.ChangeAsync<TextModelVersion>(workspaceId, actor, async change =>
        {
            var all = await VersionsAsync(change.Db, workspaceId, trained.Task, cancellation);
            var next = new TextModelVersion
            {
                WorkspaceId = workspaceId,
                Task = trained.Task,
                Version = all.Count == 0 ? 1 : all[0].Version + 1,
                State = asChampion ? ModelState.Champion : ModelState.Challenger,
                Content = trained.Content,
                Lessons = trained.Lessons,
                LeftOut = trained.LeftOut,
                LeftOutBefore = trained.LeftOutBefore,
                CreatedAt = change.Now,
            };
            // One challenger at a time; a new champion ends the trial, too.
            foreach (var old in all.Where(m => m.State == ModelState.Challenger || asChampion)) old.State = ModelState.Retired;
            foreach (var old in all.Skip(Kept - 1).Where(m => m.State == ModelState.Retired)) old.Content = null;
            change.Db.TextModels.Add(next);
            if (asChampion) Audit(change, trained.Task, next.Version);
            return next;
        }, cancellation)).Value;

    /// <summary>Asks this version from now on; 0 for what ships with Hark. <c>not_found</c> for one that was not kept.</summary>
    public Task<Result<long>> PromoteAsync(Guid workspaceId, TextTask task, long version, Actor actor, CancellationToken cancellation = default) =>
        writer.ChangeAsync<long>(workspaceId, actor, async change =>
        {
            var all = await VersionsAsync(change.Db, workspaceId, task, cancellation);
            var wanted = all.Find(m => m.Version == version);
            if (version != 0 && wanted is not { Content: not null }) return Error.NotFound("version");
            foreach (var other in all.Where(m => m.State != ModelState.Retired)) other.State = ModelState.Retired;
            if (wanted is not null) wanted.State = ModelState.Champion;
            Audit(change, task, version);
            return version;
        }, cancellation);

    /// <summary>Adds what a trial showed; ends one that failed.</summary>
    public Task TriedAsync(TextModelVersion challenger, int texts, int right, int championRight, bool failed, CancellationToken cancellation) => store.WriteAsync(
        db => db.TextModels.Where(m => m.WorkspaceId == challenger.WorkspaceId && m.Task == challenger.Task && m.Version == challenger.Version && m.State == ModelState.Challenger)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.Trial, m => m.Trial + texts).SetProperty(m => m.TrialRight, m => m.TrialRight + right)
                .SetProperty(m => m.TrialChampionRight, m => m.TrialChampionRight + championRight).SetProperty(m => m.State, failed ? ModelState.Retired : ModelState.Challenger), cancellation), cancellation);

    private static Task<List<TextModelVersion>> VersionsAsync(HarkDbContext db, Guid workspaceId, TextTask task, CancellationToken cancellation) =>
        db.TextModels.Where(m => m.WorkspaceId == workspaceId && m.Task == task).OrderByDescending(m => m.Version).ToListAsync(cancellation);

    private static void Audit(SettingsChange change, TextTask task, long version) => change.Audit("model.promoted", "text_model", EnumNames<TextTask>.Of(task), new { version });
}
