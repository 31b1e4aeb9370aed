using System.IO.Compression;
using Hark.Data.Aggregates;
using Hark.Data.Workspaces;
using Hark.Web.Components;
using Hark.Web.Infrastructure.Localisation;
using Microsoft.AspNetCore.ResponseCompression;

namespace Hark.Web.Infrastructure.Staff;

/// <summary>What all staff pages stand on: components, texts, static files, antiforgery.</summary>
internal static class StaffInterface
{
    public static IServiceCollection AddStaffInterface(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddAntiforgery(o =>
        {
            o.HeaderName = StaffForms.HeaderName;
            o.Cookie.Name = "hark_antiforgery";
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.SuppressXFrameOptionsHeader = true; // frame-ancestors of our policy says it
        });
        // Only pages: tokens in them are masked anew each time, which is what an attack on compressed answers would need to be still.
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.MimeTypes = ["text/html"];
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.AddSingleton<AssetLinks>();
        services.AddScoped<Viewer>().AddScoped<Places>();
        return services.AddScoped(p => p.GetRequiredService<Viewer>() is var viewer
            ? new Texts(viewer.Preferences.LanguageFor(viewer.Request, viewer.Caller?.Workspace.Workspace.DefaultLanguage), viewer.Caller?.Workspace.Workspace.TimeZone ?? "UTC", NamesOf(viewer))
            : null!);
    }

    /// <summary>Topics are called as the workspace calls them.</summary>
    private static Func<string, string, string?>? NamesOf(Viewer viewer) => viewer.Caller is not { } caller ? null : (vocabulary, value) =>
        vocabulary == Dimensions.Topic ? WorkspacePolicies.Of(caller.Workspace).Topics.Name(value, viewer.Preferences.LanguageFor(viewer.Request, caller.Workspace.Workspace.DefaultLanguage)) : null;

    public static void MapStaffInterface(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous().ExcludeFromDescription();
        app.MapRazorComponents<App>().WithStaticAssets();
    }
}
