using Hark.Data.Alerts;
using Hark.Data.Model;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Paging;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Insight.Api;

/// <summary>What rose beyond what was usual.</summary>
internal static class AlertEndpoints
{
    private const string List = "alerts";

    public static void MapAlerts(this IEndpointRouteBuilder app)
    {
        app.MapApi("/alerts", "Insight").MapGet("", ListAsync).Operation("ListAlerts", "List what rose beyond what was usual, newest first", Policies.Read)
            .WithDescription("Looked for every minute in negative rates by touchpoint, location, article and source, in issues and in negative topics: the last 1, 3 and 7 days against eight weeks, by weekday, by an exact "
                + "test. An alert fires once and stays open until a whole week is usual again. open=true lists only those that last, open=false only those that are over.")
            .Produces<Page<AlertView>>();
        app.MapApi("/alerts.csv", "Insight").MapGet("", CsvAsync).Operation("ExportAlerts", "Export the newest alerts as CSV", Policies.Read).Produces<string>(contentType: "text/csv");
    }

    private static async Task<IResult> ListAsync(Caller caller, bool? open, string? cursor, int? limit, AlertReader alerts, CancellationToken cancellation)
    {
        var request = PageRequest.Read(List, 2, cursor, limit);
        if (request.Error is { } error) return error.ToProblem();
        (DateTimeOffset, Guid)? after = request.Value.After is { } key ? (key.Time(0), key.Id(1)) : null;
        var rows = await alerts.ListAsync(caller.WorkspaceId, open, after, request.Value.Take, cancellation);
        return TypedResults.Ok(request.Value.Cut(List, rows, (Alert a) => AlertView.Of(caller.Workspace, a), a => [a.OpenedAt, a.AlertId]));
    }

    private static async Task<IResult> CsvAsync(Caller caller, bool? open, AlertReader alerts, CancellationToken cancellation)
    {
        var rows = await alerts.ListAsync(caller.WorkspaceId, open, null, PageRequest.MostLimit, cancellation);
        return Answers.Csv(AlertView.CsvHead + string.Concat(rows.Select(a => AlertView.Of(caller.Workspace, a).ToCsv())), "alerts.csv");
    }
}
