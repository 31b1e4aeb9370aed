using Hark.Web.Infrastructure.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Hark.Web.Features.Preferences;

/// <summary><c>POST /preferences</c>: language and theme of this browser, also before signing in.</summary>
public static class PreferencesFeature
{
    public static void MapPreferences(this IEndpointRouteBuilder app) => app.MapPost("/preferences", Save).AllowAnonymous().ExcludeFromDescription();

    private static IResult Save(HttpResponse response, [FromForm] string? language, [FromForm] Theme? theme, [FromForm(Name = "return")] string? back)
    {
        Infrastructure.Staff.Preferences.Save(response, language, theme);
        return TypedResults.LocalRedirect(StaffForms.LocalOr(back, "/"));
    }
}
