namespace Hark.Web.Features.Sla;

/// <summary>The promises and the calendars they count in: documents in versions, and their application to clocks that run.</summary>
public static class SlaFeature
{
    public static IServiceCollection AddSla(this IServiceCollection services) => services.AddSingleton<SlaDocuments>();

    public static void MapSla(this IEndpointRouteBuilder app)
    {
        app.MapSlaPolicies();
        app.MapCalendars();
    }
}
