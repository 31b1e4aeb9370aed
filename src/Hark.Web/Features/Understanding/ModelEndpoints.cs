using Hark.Data.Model;
using Hark.Data.Understanding;
using Hark.Domain.Common;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Hark.Web.Features.Understanding;

/// <summary>The models of a workspace: versions, how right they are, learning, and going back.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/models", "Understanding");
        group.MapGet("", async (Caller caller, ReadModels models, CancellationToken cancellation) => TypedResults.Ok(await models.RunAsync(caller.WorkspaceId, cancellation)))
            .Operation("ListModels", "List the workspace's models with how right they are", Policies.Read)
            .WithDescription("Accuracy is measured on texts before anything was learned from them: against their ratings, and the topics that sources and people gave.").Produces<ModelsView>();
        group.MapPost("/learn", LearnAsync).Operation("LearnModels", "Learn from everything stored so far", Policies.Configure)
            .WithDescription("Answers when it is done, which takes up to a minute. What was learned is asked at once, where left-out texts show that it is better.").Produces<LearnedViews>();
        group.MapPost("/{task}/versions/{version:long}/promote", PromoteAsync).Operation("PromoteModel", "Ask this version of a model from now on; 0 is what ships with Hark", Policies.Configure)
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> LearnAsync(Caller caller, TextLearner learner, CancellationToken cancellation) =>
        (await learner.LearnAsync(caller.WorkspaceId, caller.Actor, cancellation)).ToOk(o => new LearnedViews([.. o.Select(l => new LearnedView(l.Task, l.Lessons, l.Version is { } v ? ModelVersionView.Of(v) : null))]));

    private static async Task<IResult> PromoteAsync(Caller caller, [FromRoute] string task, [FromRoute] long version, ModelStore models, CancellationToken cancellation) =>
        EnumNames<TextTask>.TryParse(task, out var known) ? (await models.PromoteAsync(caller.WorkspaceId, known, version, caller.Actor, cancellation)).ToNoContent() : Error.NotFound("task").ToProblem();
}
