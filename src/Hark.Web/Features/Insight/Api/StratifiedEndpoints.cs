using Hark.Data.Insight;
using Hark.Data.Metrics;
using Hark.Domain.Common;
using Hark.Domain.Insight;
using Hark.Domain.Statistics;
using Hark.Web.Features.Insight.Drawings;
using Hark.Web.Features.Signals;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Insight.Api;

/// <summary>A metric weighted to the customer base, with what the weights cost and the figures of competitors beside.</summary>
/// <param name="Weighted">Null where nothing is to say, or too few answered.</param>
/// <param name="DesignEffect">How many times the variance of equal weights (Kish).</param>
/// <param name="EffectiveN">As many equal answers would tell as much.</param>
/// <param name="Collapsed">Values of the base of which nobody answered.</param>
/// <param name="Capped">Values whose weight was cut to 0.3 to 3.</param>
public sealed record StratifiedAnswer(Metric Metric, DateTimeOffset From, DateTimeOffset To, string Dimension, long N, IntervalView? Weighted, IntervalView? Unweighted, bool Suppressed,
    double? DesignEffect, double? EffectiveN, IReadOnlyList<StratumView> Strata, IReadOnlyList<string> Collapsed, IReadOnlyList<string> Capped, IReadOnlyList<Benchmark> Benchmarks)
{
    internal string ToCsv() => string.Concat(
    [
        CsvText.Line("value", "n", "population", "weight", "metric", "low", "high"),
        .. Strata.Select(s => CsvText.Line(s.Value, s.N, s.Population, s.Weight, s.Metric, null, null)),
        CsvText.Line("(weighted)", EffectiveN, null, null, Weighted?.Value, Weighted?.Low, Weighted?.High),
        CsvText.Line("(unweighted)", N, null, null, Unweighted?.Value, Unweighted?.Low, Unweighted?.High),
        .. Benchmarks.Select(b => CsvText.Line(b.Competitor, b.N, null, null, b.Value, null, null)),
    ]);
}

/// <summary>One part of the customers; the metric is null where too few answered.</summary>
public sealed record StratumView(string? Value, long N, double Population, double Weight, double? Metric);

internal static class StratifiedEndpoints
{
    private static readonly QueryParameter[] Parameters =
    [
        new("metric", $"one of {string.Join(", ", StratifiedReader.Metrics.Select(EnumNames<Metric>.Of))}; nps if left out."),
        .. SignalFilterDescription.Period, new("zone", "IANA time zone of dates; the workspace's if left out."), .. SignalFilterDescription.Filters,
    ];

    public static void MapStratified(this IEndpointRouteBuilder app)
    {
        app.MapApi("/stratified", "Insight").MapGet("", JsonAsync).Operation("GetStratified", "Get a metric weighted to the customer base", Policies.Read)
            .WithDescription("Post-stratification to /customer-base, weights cut to 0.3 to 3. Needs the customer base to be saved.").WithParameters(Parameters).Produces<StratifiedAnswer>();
        app.MapApi("/stratified.csv", "Insight").MapGet("", CsvAsync).Operation("ExportStratified", "Export a metric weighted to the customer base as CSV", Policies.Read)
            .WithParameters(Parameters).Produces<string>(contentType: "text/csv");
        app.MapApi("/stratified.svg", "Insight").MapGet("", SvgAsync).Operation("DrawStratified", "Draw a metric weighted to the customer base beside those of competitors", Policies.Read)
            .WithParameters(Parameters).Produces<string>(contentType: "image/svg+xml");
    }

    private static async Task<IResult> JsonAsync(Caller caller, HttpRequest http, StratifiedReader reader, TimeProvider time, CancellationToken cancellation) =>
        (await ReadAsync(caller, http, reader, time, cancellation)).ToOk();

    internal static async Task<IResult> CsvAsync(Caller caller, HttpRequest http, StratifiedReader reader, TimeProvider time, CancellationToken cancellation) =>
        (await ReadAsync(caller, http, reader, time, cancellation)).ToCsv(a => a.ToCsv(), "stratified.csv");

    internal static async Task<IResult> SvgAsync(Caller caller, HttpRequest http, StratifiedReader reader, TimeProvider time, CancellationToken cancellation) =>
        (await ReadAsync(caller, http, reader, time, cancellation)).ToSvg(InsightDrawings.Of, "stratified.svg");

    internal static async Task<Result<StratifiedAnswer>> ReadAsync(Caller caller, HttpRequest http, StratifiedReader reader, TimeProvider time, CancellationToken cancellation)
    {
        var query = http.Parameters();
        var metric = Metric.Nps;
        if (query.One("metric") is { } name && (!EnumNames<Metric>.TryParse(name, out metric) || !StratifiedReader.Metrics.Contains(metric)))
            query.Errors.Add("metric", $"must be one of {string.Join(", ", StratifiedReader.Metrics.Select(EnumNames<Metric>.Of))}");
        var period = InsightPeriod.Read(query, caller.Workspace, caller.TeamScope, time.Now());
        query.RefuseUnknown();
        if (query.Error is { } error) return error;
        var value = await reader.ReadAsync(caller.Workspace, Query(caller, period, metric, time.Now()), cancellation);
        return value.Error is { } failed ? failed : Answer(caller, period, metric, value.Value);
    }

    private static StratifiedAnswer Answer(Caller caller, InsightPeriod period, Metric metric, StratifiedValue value) => new(
        metric, period.From, period.To, StratifiedReader.BaseOf(caller.Workspace).Dimension, value.N, value.Weighted is { } weighted ? IntervalView.Of(weighted) : null,
        value.Plain is { } plain ? IntervalView.Of(plain) : null, value.N > 0 && value.Plain is null, value.DesignEffect, value.EffectiveN,
        [.. value.Strata.Select(s => new StratumView(s.Value, s.N, s.Population, s.Weight, s.Metric))], value.Weights.Collapsed, value.Weights.Capped, BenchmarkEndpoints.Of(caller.Workspace, metric));

    private static MetricQuery Query(Caller caller, InsightPeriod period, Metric metric, DateTimeOffset now) => new()
    {
        WorkspaceId = caller.WorkspaceId,
        Metric = metric,
        Buckets = [new TimeBucket(period.From, period.To, period.From)],
        WorkspaceZone = caller.Workspace.Workspace.TimeZone,
        Filter = period.Filter,
        MinimumCount = caller.Workspace.Workspace.MinimumCount,
        Now = now,
    };
}
