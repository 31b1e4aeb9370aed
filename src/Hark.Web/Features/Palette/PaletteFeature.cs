using Hark.Data.Identity;
using Hark.Web.Infrastructure.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hark.Web.Features.Palette;

/// <summary><c>GET /palette?q=</c>: the list of the palette, as HTML.</summary>
public static class PaletteFeature
{
    public static IServiceCollection AddPalette(this IServiceCollection services) => services.AddSingleton<FindAnything>().AddSingleton<ContactFinder>();

    public static void MapPalette(this IEndpointRouteBuilder app) => app.MapGet("/palette", async (Caller caller, string? q, FindAnything find, CancellationToken cancellation) =>
        (IResult)new RazorComponentResult<PaletteList>(new { Words = q?.Trim() ?? "", Found = await find.RunAsync(caller, q ?? "", cancellation) })).RequireAuthorization(Policies.Read).ExcludeFromDescription();
}
