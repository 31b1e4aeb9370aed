using Hark.Data.Aggregates;
using Hark.Data.Metrics;
using Hark.Domain.Common;
using Hark.Domain.Sla;
using Hark.Web.Features.Signals;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Metrics;

/// <summary>Numbers: metrics by time and group, and how far promises about time were kept.</summary>
public static class MetricsFeature
{
    private static readonly QueryParameter[] Common =
    [
        .. SignalFilterDescription.Period,
        new("zone", "IANA time zone of buckets and dates; the workspace's if left out."),
        new("group_by", $"Up to {MetricQueryReader.MostGroups} dimensions, joined by commas.", Repeats: true),
    ];

    public static IServiceCollection AddMetricQueries(this IServiceCollection services) =>
        services.AddSingleton<MetricReader>().AddSingleton<AttainmentReader>().AddSingleton<AggregateRebuild>();

    public static void MapMetrics(this IEndpointRouteBuilder app)
    {
        app.MapApi("/metrics", "Numbers").MapGet("", GetMetricAsync).Operation("GetMetric", "Get a metric by time and group", Policies.Read)
            .WithDescription("Every group has a row in every bucket. Shares are 0 to 1, NPS −100 to 100, scores 0 to 100, durations seconds of working time. Intervals are 95 %: "
                + "NPS by adjusted Wald, shares by Wilson, means by Student's t. Nothing is rounded. Metrics over cases take the filters and groups "
                + $"{string.Join(", ", CaseDimension.All.Keys)}; response_rate has n 0 until prompts are asked.")
            .WithParameters([
                new("metric", EnumNames<Metric>.Choices, Required: true), .. Common, new("grain", "hour, day, week, month or none (the default)."),
                .. SignalFilterDescription.Filters, .. CaseOnly,
            ]).Produces<MetricAnswer>();
        app.MapApi("/sla/attainment", "Numbers").MapGet("", GetAttainmentAsync).Operation("GetAttainment", "Get how far a promise about time was kept", Policies.Read)
            .WithDescription("Over the clocks that started in the period, by Kaplan-Meier: open cases count for as long as they have been open. With group_by also by group, in rows.")
            .WithParameters([
                new("clock", EnumNames<ClockKind>.Choices, Required: true), .. Common,
                new("targets", "Seconds and share, such as 7200:0.6,21600:0.85; those of the workspace if left out, else 2 h 60 %, 6 h 85 % and 48 h 95 %.", Repeats: true),
                .. CaseDimension.All.Keys.Select(n => new QueryParameter(n, $"Only cases of this {n}; repeat it for several.", Repeats: true)),
            ]).Produces<AttainmentView>();
    }

    /// <summary>Filters of cases that signals do not have.</summary>
    private static IEnumerable<QueryParameter> CaseOnly => CaseDimension.All.Keys.Except(Dimensions.Names)
        .Select(n => new QueryParameter(n, $"For metrics over cases: only cases of this {n}.", Repeats: true));

    private static async Task<IResult> GetMetricAsync(Caller caller, HttpRequest request, MetricReader metrics, TimeProvider time, CancellationToken cancellation)
    {
        var query = MetricQueryReader.Read(request.Parameters(), caller.Workspace, caller.TeamScope, time.Now());
        if (query.Error is { } error) return error.ToProblem();
        return (await metrics.ReadAsync(caller.Workspace, query.Value, cancellation)).ToOk(rows => MetricAnswer.Of(query.Value, rows));
    }

    private static async Task<IResult> GetAttainmentAsync(Caller caller, HttpRequest request, AttainmentReader attainment, TimeProvider time, CancellationToken cancellation)
    {
        var query = MetricQueryReader.ReadAttainment(request.Parameters(), caller.Workspace, time.Now());
        if (query.Error is { } error) return error.ToProblem();
        return (await attainment.ReadAsync(caller.Workspace, query.Value, cancellation)).ToOk(answer => AttainmentView.Of(query.Value, answer));
    }
}
