using Hark.Data.Insight;
using Hark.Domain.Common;
using Hark.Web.Features.Insight.Drawings;
using Hark.Web.Features.Signals;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Insight.Api;

/// <summary>What goes with the score?</summary>
internal static class DriverEndpoints
{
    private static readonly QueryParameter[] Parameters =
    [
        new("target", $"{EnumNames<DriverTarget>.Choices}; nps if left out."),
        new("by", $"What may drive it, joined by commas: {EnumNames<DriverGroup>.Choices}; topic and attribute if left out.", Repeats: true),
        new("unit", $"What the best quartile is of: one of {string.Join(", ", DriverQuestion.Units)}; the first that most answers have if left out."),
        .. SignalFilterDescription.Period, new("zone", "IANA time zone of dates; the workspace's if left out."), .. SignalFilterDescription.Filters,
    ];

    public static void MapDrivers(this IEndpointRouteBuilder app)
    {
        app.MapApi("/drivers", "Insight").MapGet("", JsonAsync).Operation("GetDrivers", "Get what goes with a score", Policies.Read)
            .WithDescription("Shares of R squared by Shapley values (exact to 15 drivers, Johnson's relative weights beside and above), with bootstrap intervals, and what would be gained if a driver came to the level of "
                + "the best quarter of units. Topics count where a comment is negative. This is association: a driver may be a cause, or only go along with one. 90 days if no period is given.")
            .WithParameters(Parameters).Produces<DriversAnswer>();
        app.MapApi("/drivers.csv", "Insight").MapGet("", CsvAsync).Operation("ExportDrivers", "Export what goes with a score as CSV", Policies.Read)
            .WithParameters(Parameters).Produces<string>(contentType: "text/csv");
        app.MapApi("/drivers.svg", "Insight").MapGet("", SvgAsync).Operation("DrawDrivers", "Draw importance and level of what goes with a score", Policies.Read)
            .WithParameters(Parameters).Produces<string>(contentType: "image/svg+xml");
    }

    private static async Task<IResult> JsonAsync(Caller caller, HttpRequest http, DriverReader reader, TimeProvider time, CancellationToken cancellation) =>
        (await ReadAsync(caller, http, reader, time, cancellation)).ToOk();

    internal static async Task<IResult> CsvAsync(Caller caller, HttpRequest http, DriverReader reader, TimeProvider time, CancellationToken cancellation) =>
        (await ReadAsync(caller, http, reader, time, cancellation)).ToCsv(a => a.ToCsv(), "drivers.csv");

    internal static async Task<IResult> SvgAsync(Caller caller, HttpRequest http, DriverReader reader, TimeProvider time, CancellationToken cancellation) =>
        (await ReadAsync(caller, http, reader, time, cancellation)).ToSvg(InsightDrawings.Of, "drivers.svg");

    private static async Task<Result<DriversAnswer>> ReadAsync(Caller caller, HttpRequest http, DriverReader reader, TimeProvider time, CancellationToken cancellation)
    {
        var question = DriverQuestion.Read(http.Parameters(), caller.Workspace, caller.TeamScope, time.Now());
        if (question.Error is { } error) return error;
        return DriversAnswer.Of(question.Value, await reader.ReadAsync(caller.Workspace, question.Value, cancellation));
    }
}
