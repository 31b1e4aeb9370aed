using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Understanding;
using Hark.Domain.Common;
using Hark.Domain.Understanding;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Features.Understanding;

/// <summary>Reads the models of a workspace with how right they are, for the API and for the page.</summary>
internal sealed class ReadModels(HarkStore store, ModelStore models, Understander shipped, TimeProvider time)
{
    public const int ShownDays = 90;

    public async Task<ModelsView> RunAsync(Guid workspaceId, CancellationToken cancellation)
    {
        await using var db = store.Read();
        var since = time.Now().AddDays(-ShownDays);
        var scores = await db.TextModelScores.Where(s => s.WorkspaceId == workspaceId && s.DayAt >= since).OrderBy(s => s.DayAt).ThenBy(s => s.Language).ToListAsync(cancellation);
        var state = await db.TextLearning.SingleOrDefaultAsync(s => s.WorkspaceId == workspaceId, cancellation);
        return new ModelsView(shipped.Version, [.. (await models.ListAsync(workspaceId, cancellation)).Select(ModelVersionView.Of)], null,
            [.. scores.Select(s => new ModelScoreView(s.Task, s.DayAt, s.Language, s.Texts, s.Right, s.ShippedRight))],
            state?.PassTarget is { } target ? new PassView(target, state.PassStartedAt, state.PassFinishedAt, state.PassTexts, state.PassChanged) : null);
    }

    /// <summary>Texts that were told wrong, newest first.</summary>
    public async Task<IReadOnlyList<TextDisagreement>> DisagreementsAsync(Guid workspaceId, CancellationToken cancellation)
    {
        await using var db = store.Read();
        return await db.TextDisagreements.Where(d => d.WorkspaceId == workspaceId).OrderByDescending(d => d.At).ToListAsync(cancellation);
    }
}
