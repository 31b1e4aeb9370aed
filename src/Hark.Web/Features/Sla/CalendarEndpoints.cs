using System.Text;
using System.Text.Json;
using Hark.Data.Model;
using Hark.Domain.Common;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Documents;
using Hark.Web.Infrastructure.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Hark.Web.Features.Sla;

/// <summary>Business calendars: opening hours, holidays, shifts and breaks, as one document.</summary>
internal static class CalendarEndpoints
{
    /// <summary>How far ahead holidays are taken from a file that repeats for ever.</summary>
    private const int YearsAhead = 10;

    public static void MapCalendars(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/calendars", "Clocks");
        group.MapGet("", Current).Operation("GetCalendars", "Read the calendars in force", Policies.Read).Produces<DocumentView>();
        group.MapPut("", SaveAsync).Operation("SaveCalendars", "Save the next version of the calendars", Policies.Configure).Produces<SavedView>();
        group.MapDocumentVersions(DocumentKind.Calendars, "Calendars", "calendars");
        group.MapRestore(DocumentKind.Calendars, "Calendars", "calendars");
        group.MapPost("/{key}/holidays", ImportAsync).Operation("ImportHolidays", "Add the holidays of an iCalendar file to a calendar", Policies.Configure)
            .Accepts<string>("text/calendar").Produces<HolidaysView>();
    }

    private static IResult Current(Caller caller, HttpResponse response)
    {
        var view = DocumentDesk.Current(SlaFeature.Calendars, caller.Workspace);
        response.Headers.ETag = IfMatch.Tag(view.Version);
        return TypedResults.Ok(view);
    }

    private static async Task<IResult> SaveAsync(Caller caller, JsonElement body, PolicyMode apply, IfMatch ifMatch, SlaDocuments documents, CancellationToken cancellation) =>
        apply.Error is { } error ? error.ToProblem()
        : (await documents.SaveCalendarsAsync(caller.Workspace, body, ifMatch.Version, apply.Mode, caller.Actor, cancellation)).ToOk(SavedView.Of);

    private static async Task<IResult> ImportAsync(Caller caller, string key, [FromQuery(Name = "from_year")] int? fromYear, [FromQuery(Name = "to_year")] int? toYear, PolicyMode apply,
        IfMatch ifMatch, HttpRequest request, SlaDocuments documents, TimeProvider time, CancellationToken cancellation)
    {
        if (apply.Error is { } bad) return bad.ToProblem();
        var from = fromYear ?? time.Now().Year;
        var to = toYear ?? from + YearsAhead;
        if (from is < 1970 or > 2200 || to < from || to - from > 100) return Error.Invalid("from_year", "must be 1970 to 2200, and to_year at most a hundred years later").ToProblem();
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var result = await documents.ImportHolidaysAsync(caller.Workspace, key, await reader.ReadToEndAsync(cancellation), from, to, ifMatch.Version, apply.Mode, caller.Actor, cancellation);
        return result.ToOk(r => new HolidaysView(
            r.Saved.Document.Version, r.Import.Holidays.Length, [.. r.Import.Holidays.Select(h => new HolidayView(h.Date, h.Name))],
            [.. r.Import.Errors.Select(e => new HolidayErrorView(e.Line, e.Reason))], AppliedView.Of(r.Saved.Applied)));
    }
}
