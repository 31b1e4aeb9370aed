using Hark.Data.Signals;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Hosting;
using Hark.Web.Infrastructure.Paging;
using Hark.Web.Infrastructure.Settings;
using Hark.Web.Infrastructure.Workers;

namespace Hark.Web.Features.Signals;

/// <summary>Reading signals: the list with its filters and search, and the single signal. They come in by the intake feature.</summary>
public static class SignalsFeature
{
    public static IServiceCollection AddSignals(this IServiceCollection services, HarkOptions options)
    {
        services.AddSingleton<SignalReader>().AddSingleton<SearchIndexer>();
        services.AddWorker<SearchIndexWorker>(options);
        return services.AddSingleton<Worker>(p => p.GetRequiredService<SearchIndexWorker>());
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
    }
}
