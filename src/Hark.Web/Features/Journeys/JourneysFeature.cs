using Hark.Data.Metrics;
using Hark.Data.Model;
using Hark.Domain.Common;
using Hark.Domain.Journeys;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Documents;
using Hark.Web.Infrastructure.Staff;

namespace Hark.Web.Features.Journeys;

/// <summary>The place of journeys: stages and touchpoints with health, volume, targets and owners, what is not mapped yet, and where nobody listens. The map is a versioned document, by API too.</summary>
public static class JourneysFeature
{
    public static IServiceCollection AddJourneys(this IServiceCollection services) => services
        .AddSingleton(new Place("journeys", "/journeys", "route", 70)).AddSingleton<ValueSums>().AddSingleton<ReadJourneys>().AddSingleton<EditJourneys>();

    public static void MapJourneys(this IEndpointRouteBuilder app)
    {
        app.MapDocument(new EditedDocument(DocumentKind.Journeys, "/journeys", "Journeys", "Journeys", "journeys",
            (workspace, json) => JourneyMap.Parse(json, [.. workspace.TeamByKey.Keys]) is var read && read.Error is { } error ? error : read.Value.ToJson(), _ => JourneyMap.Default.ToJson()));
        app.MapPost("/journeys/edit", EditAsync).RequireAuthorization(Policies.Configure).RequireAntiforgery().ExcludeFromDescription();
    }

    /// <summary>One change, from a form or from a drag; back to the map, which says what came of it.</summary>
    private static async Task<IResult> EditAsync(Caller caller, HttpRequest http, EditJourneys edit, CancellationToken cancellation)
    {
        var form = await http.ReadFormAsync(cancellation);
        var error = await edit.RunAsync(caller, name => form[name].ToString(), cancellation);
        var said = error switch { null => "done=saved", { Kind: ErrorKind.Conflict } => "problem=conflict", { Kind: ErrorKind.NotFound } => "problem=gone", _ => "problem=value" };
        return TypedResults.LocalRedirect($"/journeys?edit=1&{said}{(form["at"].ToString() is { Length: > 0 and < 200 } at ? "#" + Uri.EscapeDataString(at) : "")}");
    }
}
