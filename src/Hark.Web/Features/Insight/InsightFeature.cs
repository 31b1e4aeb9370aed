using Hark.Data.Alerts;
using Hark.Data.Facts;
using Hark.Data.Insight;
using Hark.Data.Work;
using Hark.Web.Features.Insight.Api;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Hosting;
using Hark.Web.Infrastructure.Settings;
using Hark.Web.Infrastructure.Workers;

namespace Hark.Web.Features.Insight;

/// <summary>The sums explained: what drives a score, where something is concentrated, whether a change is real.</summary>
public static class InsightFeature
{
    public static IServiceCollection AddInsight(this IServiceCollection services, HarkOptions options) => services
        .AddSingleton<FactStore>().AddSingleton<FactQuery>().AddSingleton<ConcentrationReader>().AddSingleton<DriverReader>().AddSingleton<ControlChartReader>().AddSingleton<AlertReader>()
        .AddSingleton<QualityReader>().AddSingleton<StratifiedReader>().AddSingleton<RiskReader>().AddSingleton<SuggestSubjects>()
        .AddSingleton(p => new AlertSweep(p.GetRequiredService<Data.Store.HarkStore>(), p.GetRequiredService<Leases>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<NodeName>().Value))
        .AddWorker<AlertWorker>(options);

    public static void MapInsight(this IEndpointRouteBuilder app)
    {
        app.MapConcentrations();
        app.MapDrivers();
        app.MapAlerts();
        app.MapControlCharts();
        app.MapQuality();
        app.MapStratified();
        app.MapBenchmarks();
        app.MapRisk();
        var pages = app.MapGroup("/pulse").RequireAuthorization(Policies.Read).ExcludeFromDescription();
        pages.MapGet("/where.csv", ConcentrationEndpoints.CsvAsync);
        pages.MapGet("/where.svg", ConcentrationEndpoints.SvgAsync);
        pages.MapGet("/drivers.csv", DriverEndpoints.CsvAsync);
        pages.MapGet("/drivers.svg", DriverEndpoints.SvgAsync);
        pages.MapGet("/control.csv", ControlChartEndpoints.CsvAsync);
        pages.MapGet("/control.svg", ControlChartEndpoints.SvgAsync);
        pages.MapGet("/quality.csv", QualityEndpoints.CsvAsync);
        pages.MapGet("/quality.svg", QualityEndpoints.SvgAsync);
        pages.MapGet("/weighted.csv", StratifiedEndpoints.CsvAsync);
        pages.MapGet("/weighted.svg", StratifiedEndpoints.SvgAsync);
        pages.MapGet("/risk.csv", RiskEndpoints.CsvAsync);
    }
}
