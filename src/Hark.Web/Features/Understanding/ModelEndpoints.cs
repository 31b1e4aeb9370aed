using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Understanding;
using Hark.Domain.Common;
using Hark.Domain.Understanding;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Features.Understanding;

/// <summary>The models of a workspace: versions, how right they are, learning, and going back.</summary>
internal static class ModelEndpoints
{
    public const int ShownDays = 90;

    public static void MapModels(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/models", "Understanding");
        group.MapGet("", ReadAsync).Operation("ListModels", "List the workspace's models with how right they are", Policies.Read)
            .WithDescription("Accuracy is measured on texts before anything was learned from them: against their ratings, and the topics that sources and people gave.").Produces<ModelsView>();
        group.MapPost("/learn", LearnAsync).Operation("LearnModels", "Learn from everything stored so far", Policies.Configure)
            .WithDescription("Answers when it is done, which takes up to a minute. What was learned is asked at once, where left-out texts show that it is better.").Produces<LearnedViews>();
        group.MapPost("/{task}/versions/{version:long}/promote", PromoteAsync).Operation("PromoteModel", "Ask this version of a model from now on; 0 is what ships with Hark", Policies.Configure)
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ReadAsync(Caller caller, ModelStore models, HarkStore store, Understander shipped, TimeProvider time, CancellationToken cancellation) =>
        TypedResults.Ok(await ViewAsync(caller, models, store, shipped, time, cancellation));

    public static async Task<ModelsView> ViewAsync(Caller caller, ModelStore models, HarkStore store, Understander shipped, TimeProvider time, CancellationToken cancellation)
    {
        await using var db = store.Read();
        var since = time.Now().AddDays(-ShownDays);
        var scores = await db.TextModelScores.Where(s => s.WorkspaceId == caller.WorkspaceId && s.DayAt >= since).OrderBy(s => s.DayAt).ThenBy(s => s.Language).ToListAsync(cancellation);
        var state = await db.TextLearning.SingleOrDefaultAsync(s => s.WorkspaceId == caller.WorkspaceId, cancellation);
        return new ModelsView(shipped.Version, [.. (await models.ListAsync(caller.WorkspaceId, cancellation)).Select(ModelVersionView.Of)], null,
            [.. scores.Select(s => new ModelScoreView(s.Task, s.DayAt, s.Language, s.Texts, s.Right, s.ShippedRight))],
            state?.PassTarget is { } target ? new PassView(target, state.PassStartedAt, state.PassFinishedAt, state.PassTexts, state.PassChanged) : null);
    }

    private static async Task<IResult> LearnAsync(Caller caller, TextLearner learner, CancellationToken cancellation) =>
        (await learner.LearnAsync(caller.WorkspaceId, caller.Actor, cancellation)).ToOk(o => new LearnedViews([.. o.Select(l => new LearnedView(l.Task, l.Lessons, l.Version is { } v ? ModelVersionView.Of(v) : null))]));

    private static async Task<IResult> PromoteAsync(Caller caller, [FromRoute] string task, [FromRoute] long version, ModelStore models, CancellationToken cancellation) =>
        EnumNames<TextTask>.TryParse(task, out var known) ? (await models.PromoteAsync(caller.WorkspaceId, known, version, caller.Actor, cancellation)).ToNoContent() : Error.NotFound("task").ToProblem();
}
