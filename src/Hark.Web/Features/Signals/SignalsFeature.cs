using Hark.Data.Cases;
using Hark.Data.Metrics;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Hark.Web.Features.Signals.Parts;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Hosting;
using Hark.Web.Infrastructure.Paging;
using Hark.Web.Infrastructure.Problems;
using Hark.Web.Infrastructure.Settings;
using Hark.Web.Infrastructure.Staff;
using Hark.Web.Infrastructure.Workers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hark.Web.Features.Signals;

/// <summary>Reading signals: the list with its filters and search, and the single signal, by API and as a place of the interface. They come in by the intake feature.</summary>
public static class SignalsFeature
{
    public static IServiceCollection AddSignals(this IServiceCollection services, HarkOptions options)
    {
        services.AddSingleton<SignalReader>().AddSingleton<SearchIndexer>();
        services.AddSingleton(new Place("signals", SignalsRequest.Path, "antenna-bars-5", 30));
        services.AddSingleton<SignalSampler>().AddSingleton<ValueCounts>().AddSingleton<CaseEndings>().AddSingleton<CorrectSignal>().AddSingleton<OpenCaseByHand>();
        services.AddSingleton<SignalFacets>().AddSingleton<ReadSample>().AddSingleton<ReadChart>().AddSingleton<ReadSignals>().AddSingleton<ExportSignals>();
        services.AddWorker<SearchIndexWorker>(options).AddSingleton<Worker>(p => p.GetRequiredService<SearchIndexWorker>());
        services.AddSingleton<OldWords>().AddWorker<RetentionWorker>(options).AddSingleton<Worker>(p => p.GetRequiredService<RetentionWorker>());
        return services;
    }

    public static void MapSignals(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/signals", "Signals");
        group.MapGet("", ListSignals.HandleAsync).Operation("ListSignals", "List signals, newest first", Policies.Read)
            .WithDescription("Members who do not see all teams see signals of sources their teams own and of cases their teams work on.")
            .WithParameters([
                .. SignalFilterDescription.Period, .. SignalFilterDescription.Filters,
                new("cursor", "The next_cursor of the page before."), new("limit", $"Most items, 1 to {PageRequest.MostLimit}; {PageRequest.UsualLimit} if left out."),
            ]).Produces<Page<SignalView>>();
        group.MapGet("/{signal_id:guid}", GetSignal.HandleAsync).Operation("GetSignal", "Get a signal", Policies.Read)
            .WithDescription("With what was concluded from it and by what. That it was read is written to the audit log.").Produces<SignalView>();
        MapParts(app);
    }

    private static void MapParts(IEndpointRouteBuilder app)
    {
        var parts = app.MapGroup(SignalsRequest.Path).RequireAuthorization(Policies.Read).ExcludeFromDescription();
        parts.MapGet("/more", MoreAsync);
        parts.MapGet("/{signal_id:guid}/why", WhyAsync);
        parts.MapPost("/{signal_id:guid}/topics", TopicsAsync).RequireAntiforgery();
        parts.MapGet("/export.csv", (Caller caller, HttpRequest http, ExportSignals export, CancellationToken cancellation) => export.CsvAsync(caller, http, cancellation));
        parts.MapGet("/export.json", (Caller caller, HttpRequest http, ExportSignals export, CancellationToken cancellation) => export.JsonAsync(caller, http, cancellation));
        parts.MapGet("/chart.csv", ChartAsync);
    }

    /// <summary>The next page of what was said.</summary>
    private static async Task<IResult> MoreAsync(Caller caller, HttpRequest http, ReadSignals read, TimeProvider time, CancellationToken cancellation)
    {
        var request = SignalsRequest.Read(http.Parameters(), caller, time.Now());
        if (request.Error is { } error) return error.ToProblem();
        return new RazorComponentResult<SignalRows>(new { Request = request.Value, Model = await read.LinesAsync(request.Value, http.Query["cursor"], cancellation) });
    }

    private static async Task<IResult> WhyAsync(Caller caller, [Microsoft.AspNetCore.Mvc.FromRoute(Name = "signal_id")] Guid signalId, SignalReader signals, CancellationToken cancellation)
    {
        var found = await signals.GetAsync(caller.WorkspaceId, signalId, caller.Words, caller.Actor, cancellation);
        return found.Error is { } error ? error.ToProblem() : new RazorComponentResult<WhyTrail>(new { found.Value.Signal });
    }

    /// <summary>Takes a topic away or adds one, with one press; then the signal, which says so.</summary>
    private static async Task<IResult> TopicsAsync(Caller caller, [Microsoft.AspNetCore.Mvc.FromRoute(Name = "signal_id")] Guid signalId, HttpRequest http, SignalReader signals, CorrectSignal corrections, CancellationToken cancellation)
    {
        if (!caller.Role.Curates()) return StatusProblems.Of(StatusCodes.Status403Forbidden).ToProblem();
        var found = await signals.GetAsync(caller.WorkspaceId, signalId, caller.Words, caller.Actor, cancellation);
        if (found.Error is { } missing) return missing.ToProblem();
        var form = await http.ReadFormAsync(cancellation);
        var keys = SignalJson.TopicKeys(found.Value.Signal.Topics).Where(k => k != form["remove"]).Concat(form["add"].OfType<string>().Where(k => k.Length > 0)).Distinct(StringComparer.Ordinal);
        var corrected = await corrections.RunAsync(caller.Workspace, signalId, caller.Words, new SignalCorrection(CorrectedField.Topics, string.Join(',', keys)), caller.Actor, cancellation);
        return corrected.Error is { } error ? error.ToProblem() : TypedResults.LocalRedirect($"/signals/{signalId}?done=corrected");
    }

    /// <summary>The chart as a table.</summary>
    private static async Task<IResult> ChartAsync(Caller caller, HttpRequest http, ReadSample samples, ReadChart chart, TimeProvider time, CancellationToken cancellation)
    {
        var read = SignalsRequest.Read(http.Parameters(), caller, time.Now());
        if (read.Error is { } error) return error.ToProblem();
        var request = read.Value;
        var sample = await samples.RunAsync(request, cancellation);
        var drawn = await chart.RunAsync(request, sample, cancellation);
        var lines = drawn.Bars.Select(b => CsvText.Line(b.At, b.N, b.Negative, b.Value?.Value, b.Value?.Low, b.Value?.High));
        var csv = string.Concat([CsvText.Line("from", "signals", "negative", EnumNames<SignalMeasure>.Of(request.Show), "low", "high"), .. lines]);
        return TypedResults.File(System.Text.Encoding.UTF8.GetBytes(csv), "text/csv; charset=utf-8", "chart.csv");
    }
}
