using Hark.Data.PostgreSql;
using Hark.Data.Sqlite;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Web.Features.Accounts;
using Hark.Web.Features.Cases;
using Hark.Web.Features.Contacts;
using Hark.Web.Features.Customers;
using Hark.Web.Features.Demo;
using Hark.Web.Features.Health;
using Hark.Web.Features.Imports;
using Hark.Web.Features.Inbox;
using Hark.Web.Features.Insight;
using Hark.Web.Features.Intake;
using Hark.Web.Features.Journeys;
using Hark.Web.Features.LanguageModels;
using Hark.Web.Features.Metrics;
using Hark.Web.Features.Outbox;
using Hark.Web.Features.Outcomes;
using Hark.Web.Features.Palette;
using Hark.Web.Features.Preferences;
using Hark.Web.Features.Pulse;
using Hark.Web.Features.Rules;
using Hark.Web.Features.Settings;
using Hark.Web.Features.Signals;
using Hark.Web.Features.Sla;
using Hark.Web.Features.Themes;
using Hark.Web.Features.Understanding;
using Hark.Web.Features.Verification;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Documents;
using Hark.Web.Infrastructure.Limits;
using Hark.Web.Infrastructure.Live;
using Hark.Web.Infrastructure.OpenApi;
using Hark.Web.Infrastructure.Problems;
using Hark.Web.Infrastructure.Settings;
using Hark.Web.Infrastructure.Staff;
using Hark.Web.Infrastructure.Telemetry;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Hark.Web.Infrastructure.Hosting;

/// <summary>
/// Puts the application together. The server and every command build the same one; commands use its services and never start it.
/// </summary>
public static class HarkHost
{
    /// <param name="args">ASP.NET Core configuration arguments (<c>--urls</c>, <c>--Hark:Roles=web</c>).</param>
    /// <param name="quiet">Only warnings and worse are logged, on standard error: for commands, whose standard output belongs to their result.</param>
    /// <exception cref="SettingsException">The settings are wrong.</exception>
    public static WebApplication Build(string[] args, bool quiet = false)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = ContentRoot(args),
            ApplicationName = typeof(HarkHost).Assembly.GetName().Name, // the list of static files is found by it, whichever program builds the application
        });
        builder.Configuration.AddLocalSettings();
        var options = HarkSettings.Read(builder.Configuration);
        builder.Services.AddSingleton(options);
        if (quiet) builder.Logging.OnlyWarningsToStandardError();
        AddServer(builder, options);
        AddPlatform(builder.Services, options);
        AddFeatures(builder.Services, options);
        builder.AddHarkTelemetry();
        var app = builder.Build();
        UsePipeline(app, options);
        MapFeatures(app, options);
        return app;
    }

    /// <summary>One line for each feature: its services and workers.</summary>
    private static void AddFeatures(IServiceCollection services, HarkOptions options)
    {
        services.AddHealth();
        services.AddOutbox(options);
        services.AddIntake();
        services.AddUnderstanding(options);
        services.AddThemes(options);
        services.AddLanguageModels(options);
        services.AddVerification();
        services.AddCases(options);
        services.AddSla();
        services.AddRules();
        services.AddContacts();
        services.AddSignals(options);
        services.AddCustomers();
        services.AddMetricQueries();
        services.AddDemo(options);
        services.AddAccounts(options);
        services.AddPulse();
        services.AddInbox();
        services.AddJourneys();
        services.AddOutcomes();
        services.AddPalette();
        services.AddImports();
        services.AddInsight(options);
    }

    /// <summary>One line for each feature: its endpoints. A node that only works answers to nothing but health.</summary>
    private static void MapFeatures(WebApplication app, HarkOptions options)
    {
        app.MapHealth();
        if (!options.RunsWeb) return;
        app.MapHarkOpenApi();
        app.MapSettings();
        app.MapIntake();
        app.MapUnderstanding();
        app.MapThemes();
        app.MapLanguageModels();
        app.MapCases();
        app.MapSla();
        app.MapRules();
        app.MapContacts();
        app.MapSignals();
        app.MapCustomers();
        app.MapMetrics();
        app.MapOutbox();
        app.MapVerification();
        app.MapAccounts();
        app.MapStaffInterface();
        app.MapPreferences();
        app.MapLive();
        app.MapPulse();
        app.MapInbox();
        app.MapJourneys();
        app.MapOutcomes();
        app.MapPalette();
        app.MapImports();
        app.MapInsight();
    }

    private static void AddPlatform(IServiceCollection services, HarkOptions options)
    {
        services.AddSingleton(TimeProvider.System);
        if (options.Store == StoreKind.PostgreSql) services.AddPostgreSqlStore(options.ConnectionString);
        else services.AddSqliteStore(options.ConnectionString);
        services.AddDataProtection().SetApplicationName("hark").PersistKeysToDbContext<HarkDbContext>();
        services.AddSingleton<WorkspaceSnapshots>().AddSingleton<SettingsWriter>().AddSingleton<ConfigDocuments>().AddSingleton<DocumentDesk>()
            .AddSingleton<WorkspaceAdmin>().AddSingleton<WorkspaceEditor>().AddSingleton<SourceAdmin>().AddSingleton<TeamAdmin>().AddSingleton<MemberAdmin>().AddSingleton<KeyAdmin>();
        services.AddSingleton<StorePreparation>();
        services.AddHostedService<SnapshotRefresher>();
        services.AddSystemd();
        services.ConfigureHttpJsonOptions(o => HarkJson.Apply(o.SerializerOptions));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.AddAuthentication(Callers.Scheme).AddPolicyScheme(Callers.Scheme, null, o => o.ForwardDefaultSelector = Callers.SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, BearerKeys>(BearerKeys.Scheme, null).AddSessionCookie(options);
        Policies.Add(services.AddAuthorizationBuilder());
        services.AddRequestLimits(options.Limits);
        services.AddHarkOpenApi();
        services.AddStaffInterface();
        if (options.RunsWeb) services.AddLive();
    }

    private static void AddServer(WebApplicationBuilder builder, HarkOptions options)
    {
        // From the build's folders until the files are published beside the program; nothing to do there.
        builder.WebHost.UseStaticWebAssets();
        // Else files that were built and not published are watched and sent without compression, also where nobody edits them.
        if (!builder.Environment.IsDevelopment()) builder.WebHost.UseSetting("ReloadStaticAssetsAtRuntime", "false");
        if (!builder.Configuration.NamesAnAddress()) builder.WebHost.UseUrls(HarkSettings.DefaultAddress);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Limits.BodyBytes;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            // A client that stalls in the middle of a body holds a connection, nothing else; it is cut off below this rate.
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
        });
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(25));
    }

    private static void UsePipeline(WebApplication app, HarkOptions options)
    {
        if (options.TrustedProxies.Count > 0) app.UseForwardedHeaders(Forwarded(options));
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = c => Problem.WriteAsync(c, StatusProblems.Of(500), 500) });
        app.UseSecurityHeaders();
        app.UseResponseCompression();
        app.UseStatusProblems();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseBodyLimits(options.Limits);
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseRefusedForms();
    }

    private static ForwardedHeadersOptions Forwarded(HarkOptions options)
    {
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in options.TrustedProxies) forwarded.KnownIPNetworks.Add(network);
        return forwarded;
    }

    /// <summary>Beside the program, wherever it was started from; a test host names another.</summary>
    private static string? ContentRoot(string[] args) =>
        args.Any(a => a.StartsWith("--contentRoot", StringComparison.OrdinalIgnoreCase)) ? null : AppContext.BaseDirectory;
}
