using Hark.Data.Model;
using Hark.Data.Outcomes;
using Hark.Domain.Common;
using Hark.Domain.Targets;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Documents;
using Hark.Web.Infrastructure.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Hark.Web.Features.Outcomes;

/// <summary>What a workspace wants to reach (a versioned document), and its three outcomes, reported day by day and shown on Pulse.</summary>
public static class OutcomesFeature
{
    internal static EditedDocument Targets { get; } = new(DocumentKind.Targets, "/targets", "Outcomes", "Targets", "targets",
        (_, json) => EditedDocument.Checked(TargetSet.Parse(json, out var errors), errors, t => t.ToJson()), _ => TargetSet.Default.ToJson());

    public static IServiceCollection AddOutcomes(this IServiceCollection services) => services.AddSingleton(Targets).AddSingleton<OutcomeDays>().AddSingleton<ReadOutcomes>();

    public static void MapOutcomes(this IEndpointRouteBuilder app)
    {
        app.MapDocument(Targets);
        var group = app.MapApi("/outcomes", "Outcomes");
        group.MapGet("", ListAsync).Operation("ListOutcomes", "List the three outcomes with their numbers", Policies.Read)
            .WithDescription("The 91 days that end with the last reported one, against the 91 before. Shares are 0 to 1, money is by the outcome's \"per\". Intervals are 95 %, with days as the units, since what "
                + "a day has in common counts once.").Produces<IReadOnlyList<OutcomeView>>();
        group.MapPut("/{outcome}/days", ReportAsync).Operation("ReportOutcomeDays", "Report days of an outcome", Policies.Configure)
            .WithDescription("Each day takes the place of what was known of it; a day with count 0 is forgotten. Of a share, count those for whom it was decided on that day (such as those whose 90 days ended) and, "
                + "in sum, those of them who did it.").Produces<ReportedView>();
    }

    private static async Task<IResult> ListAsync(Caller caller, ReadOutcomes outcomes, CancellationToken cancellation) =>
        TypedResults.Ok((await outcomes.RunAsync(caller.Workspace, cancellation)).Select(OutcomeView.Of).ToList());

    private static async Task<IResult> ReportAsync(Caller caller, [FromRoute] string outcome, ReportedDays body, OutcomeDays days, CancellationToken cancellation) =>
        EnumNames<OutcomeKind>.TryParse(outcome, out var kind)
            ? (await days.ReportAsync(caller.WorkspaceId, kind, body.Days, caller.Actor, cancellation)).ToOk(n => new ReportedView(n))
            : Error.NotFound("outcome").ToProblem();
}
