using Hark.Data.Model;
using Hark.Domain.Sla;
using Hark.Web.Infrastructure.Documents;

namespace Hark.Web.Features.Sla;

/// <summary>The promises and the calendars they count in: documents in versions, and their application to clocks that run.</summary>
public static class SlaFeature
{
    internal static readonly EditedDocument Promises =
        new(DocumentKind.SlaPolicies, "/sla-policies", "Clocks", "SlaPolicies", "policies", SlaDocuments.CheckPolicies, _ => SlaPolicyJson.Write(SlaPolicySet.Default));

    internal static readonly EditedDocument Calendars =
        new(DocumentKind.Calendars, "/calendars", "Clocks", "Calendars", "calendars", SlaDocuments.CheckCalendars, _ => SlaDocuments.Write([]));

    public static IServiceCollection AddSla(this IServiceCollection services) => services.AddSingleton<SlaDocuments>().AddSingleton(Promises).AddSingleton(Calendars);

    public static void MapSla(this IEndpointRouteBuilder app)
    {
        app.MapSlaPolicies();
        app.MapCalendars();
    }
}
