using Hark.Data.Insight;
using Hark.Domain.Common;
using Hark.Web.Features.Insight.Drawings;
using Hark.Web.Features.Signals;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Insight.Api;

/// <summary>Where is it?</summary>
internal static class ConcentrationEndpoints
{
    private static readonly QueryParameter[] Parameters =
    [
        new("metric", $"{EnumNames<ConcentrationMetric>.Choices}; negative_rate if left out. share counts the asked {string.Join(", ", ConcentrationQuestion.Outcomes)} among the signals of the other filters; negative_share only those of them that speak against it."),
        .. SignalFilterDescription.Period, new("zone", "IANA time zone of dates; the workspace's if left out."), .. SignalFilterDescription.Filters,
    ];

    public static void MapConcentrations(this IEndpointRouteBuilder app)
    {
        app.MapApi("/concentrations", "Insight").MapGet("", JsonAsync).Operation("GetConcentrations", "Find where a metric is unusually bad", Policies.Read)
            .WithDescription("Looks at every segment of one or two dimensions or attributes that has enough signals, holds the false discovery rate over all of them (Benjamini-Hochberg), and folds into each finding "
                + "what is unusual only because of it. Whom and what a signal is about is compared within the same source and touchpoint. 90 days if no period is given.")
            .WithParameters(Parameters).Produces<ConcentrationAnswer>();
        app.MapApi("/concentrations.csv", "Insight").MapGet("", CsvAsync).Operation("ExportConcentrations", "Export where a metric is unusually bad as CSV", Policies.Read)
            .WithParameters(Parameters).Produces<string>(contentType: "text/csv");
        app.MapApi("/concentrations.svg", "Insight").MapGet("", SvgAsync).Operation("DrawConcentrations", "Draw where a metric is unusually bad", Policies.Read)
            .WithParameters(Parameters).Produces<string>(contentType: "image/svg+xml");
    }

    private static async Task<IResult> JsonAsync(Caller caller, HttpRequest http, ConcentrationReader reader, TimeProvider time, CancellationToken cancellation) =>
        (await ReadAsync(caller, http, reader, time, cancellation)).ToOk();

    internal static async Task<IResult> CsvAsync(Caller caller, HttpRequest http, ConcentrationReader reader, TimeProvider time, CancellationToken cancellation) =>
        (await ReadAsync(caller, http, reader, time, cancellation)).ToCsv(a => a.ToCsv(), "concentrations.csv");

    internal static async Task<IResult> SvgAsync(Caller caller, HttpRequest http, ConcentrationReader reader, TimeProvider time, CancellationToken cancellation) =>
        (await ReadAsync(caller, http, reader, time, cancellation)).ToSvg(InsightDrawings.Of, "concentrations.svg");

    private static async Task<Result<ConcentrationAnswer>> ReadAsync(Caller caller, HttpRequest http, ConcentrationReader reader, TimeProvider time, CancellationToken cancellation)
    {
        var question = ConcentrationQuestion.Read(http.Parameters(), caller.Workspace, caller.TeamScope, time.Now());
        if (question.Error is { } error) return error;
        return ConcentrationAnswer.Of(question.Value, await reader.ReadAsync(caller.Workspace, question.Value, cancellation), caller.Workspace.Workspace.MinimumCount);
    }
}
