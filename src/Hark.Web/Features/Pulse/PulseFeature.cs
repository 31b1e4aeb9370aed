using Hark.Data.Cases;
using Hark.Domain.Common;
using Hark.Web.Features.Outcomes;
using Hark.Web.Features.Outcomes.Parts;
using Hark.Web.Features.Pulse.Parts;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;
using Hark.Web.Infrastructure.Staff;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hark.Web.Features.Pulse;

/// <summary>Pulse: how it stands now, in five things. The page and its parts, each of which a live page asks for anew by itself.</summary>
public static class PulseFeature
{
    public static IServiceCollection AddPulse(this IServiceCollection services) => services
        .AddSingleton(new Place("pulse", "/pulse", "activity", 10))
        .AddSingleton<CaseCounts>().AddSingleton<CaseGlances>().AddSingleton<CasesBehind>().AddSingleton<ReadWorst>().AddSingleton<ReadAlerts>()
        .AddSingleton<ReadFigures>().AddSingleton<ReadClocks>().AddSingleton<ReadDue>().AddSingleton<ReadRising>().AddSingleton<ReadMoments>().AddSingleton<ReadFilters>();

    public static void MapPulse(this IEndpointRouteBuilder app)
    {
        var parts = app.MapGroup("/pulse").RequireAuthorization(Policies.Read).ExcludeFromDescription();
        Part<FiguresPart, ReadFigures, PulseFigures>("figures", (h, r, c) => h.RunAsync(r, c));
        Part<WorstPart, ReadWorst, PulseWorst>("worst", (h, r, c) => h.RunAsync(r, c));
        Part<AlertsPart, ReadAlerts, PulseAlerts>("alerts", (h, r, c) => h.RunAsync(r, c));
        Part<ClocksPart, ReadClocks, PulseClocks>("clocks", (h, r, c) => h.RunAsync(r, c));
        Part<DuePart, ReadDue, PulseDue>("due", (h, r, c) => h.RunAsync(r, c));
        Part<RisingPart, ReadRising, IReadOnlyList<RisingSubject>>("rising", (h, r, c) => h.RunAsync(r, c));
        Part<MomentsPart, ReadMoments, IReadOnlyList<KeyMoment>>("moments", (h, r, c) => h.RunAsync(r, c));
        Part<OutcomesPart, ReadOutcomes, IReadOnlyList<OutcomeFigure>>("outcomes", (h, r, c) => h.RunAsync(r.Workspace, c));
        parts.MapGet("/filters", FiltersAsync);
        parts.MapGet("/clocks.csv", ClocksCsvAsync);

        void Part<TPart, THandler, TModel>(string name, Func<THandler, PulseRequest, CancellationToken, Task<TModel>> run)
            where TPart : IComponent where THandler : notnull where TModel : class =>
            parts.MapGet("/" + name, async (Caller caller, HttpRequest http, TimeProvider time, CancellationToken cancellation) =>
            {
                var request = PulseRequest.Read(http.Parameters(), caller, time.Now());
                if (request.Error is { } error) return error.ToProblem();
                var model = await run(http.HttpContext.RequestServices.GetRequiredService<THandler>(), request.Value, cancellation);
                return (IResult)new RazorComponentResult<TPart>(new { Request = request.Value, Model = model });
            });
    }

    private static async Task<IResult> FiltersAsync(Caller caller, HttpRequest http, ReadFilters filters, TimeProvider time, CancellationToken cancellation)
    {
        var request = PulseRequest.Read(http.Parameters(), caller, time.Now());
        if (request.Error is { } error) return error.ToProblem();
        return new RazorComponentResult<FilterChoices>(new { Request = request.Value, Model = await filters.RunAsync(request.Value, cancellation) });
    }

    /// <summary>The curves as a table: hours, then share, low and high of each.</summary>
    private static async Task<IResult> ClocksCsvAsync(Caller caller, HttpRequest http, ReadClocks clocks, TimeProvider time, CancellationToken cancellation)
    {
        var request = PulseRequest.Read(http.Parameters(), caller, time.Now());
        if (request.Error is { } error) return error.ToProblem();
        var model = await clocks.RunAsync(request.Value, cancellation);
        var lines = model.Acknowledged.Points.Zip(model.Closed.Points, (a, c) =>
            string.Join(',', new double?[] { a.Time / 3_600_000.0, a.Done?.Value, a.Done?.Low, a.Done?.High, c.Done?.Value, c.Done?.Low, c.Done?.High }
                .Select(v => v?.ToString("0.#####", System.Globalization.CultureInfo.InvariantCulture))));
        var csv = string.Join("\r\n", ["hours,acknowledged,acknowledged_low,acknowledged_high,closed,closed_low,closed_high", .. lines, ""]);
        return TypedResults.File(System.Text.Encoding.UTF8.GetBytes(csv), "text/csv; charset=utf-8", "clocks.csv");
    }
}
