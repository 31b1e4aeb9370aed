using Hark.Data.Insight;
using Hark.Domain.Common;
using Hark.Web.Features.Insight.Drawings;
using Hark.Web.Features.Signals;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Insight.Api;

/// <summary>Signal or noise?</summary>
internal static class ControlChartEndpoints
{
    private static readonly QueryParameter[] Parameters =
    [
        new("metric", "negative_rate (the usual one) or count."), .. SignalFilterDescription.Period, new("zone", "IANA time zone of days; the workspace's if left out."), .. SignalFilterDescription.Filters,
    ];

    public static void MapControlCharts(this IEndpointRouteBuilder app)
    {
        app.MapApi("/control-charts", "Insight").MapGet("", JsonAsync).Operation("GetControlChart", "Get a control chart of a metric by days", Policies.Read)
            .WithDescription("A p-chart of the negative rate or a u-chart of counts, with limits that know the weekday; EWMA (0.2) and CUSUM (0.5, 5) of the standardised values; and where the level changed. 90 days if no period is given.")
            .WithParameters(Parameters).Produces<ControlChartAnswer>();
        app.MapApi("/control-charts.csv", "Insight").MapGet("", CsvAsync).Operation("ExportControlChart", "Export a control chart as CSV", Policies.Read)
            .WithParameters(Parameters).Produces<string>(contentType: "text/csv");
        app.MapApi("/control-charts.svg", "Insight").MapGet("", SvgAsync).Operation("DrawControlChart", "Draw a control chart", Policies.Read)
            .WithParameters(Parameters).Produces<string>(contentType: "image/svg+xml");
    }

    private static async Task<IResult> JsonAsync(Caller caller, HttpRequest http, ControlChartReader charts, TimeProvider time, CancellationToken cancellation) =>
        (await ReadAsync(caller, http, charts, time, cancellation)).ToOk();

    internal static async Task<IResult> CsvAsync(Caller caller, HttpRequest http, ControlChartReader charts, TimeProvider time, CancellationToken cancellation) =>
        (await ReadAsync(caller, http, charts, time, cancellation)).ToCsv(a => a.ToCsv(), "control-chart.csv");

    internal static async Task<IResult> SvgAsync(Caller caller, HttpRequest http, ControlChartReader charts, TimeProvider time, CancellationToken cancellation) =>
        (await ReadAsync(caller, http, charts, time, cancellation)).ToSvg(InsightDrawings.Of, "control-chart.svg");

    internal static async Task<Result<ControlChartAnswer>> ReadAsync(Caller caller, HttpRequest http, ControlChartReader charts, TimeProvider time, CancellationToken cancellation)
    {
        var query = ControlChartQuestion.Read(http.Parameters(), caller.Workspace, caller.TeamScope, time.Now());
        if (query.Error is { } error) return error;
        var series = await charts.ReadAsync(caller.Workspace, query.Value, cancellation);
        return series.Error is { } failed ? failed : ControlChartAnswer.Of(series.Value);
    }
}
