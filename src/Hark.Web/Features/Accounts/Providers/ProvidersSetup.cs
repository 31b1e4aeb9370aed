using System.Security.Claims;
using Hark.Data.Accounts;
using Hark.Data.Model;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Settings;
using Microsoft.AspNetCore.Authentication;

namespace Hark.Web.Features.Accounts.Providers;

/// <summary>Registers the providers of the settings, and takes in who comes back from one.</summary>
internal static class ProvidersSetup
{
    /// <summary>What the sign-in page is told when it did not work, whatever it was; the log says more.</summary>
    public const string FailedPath = SessionCookie.SignInPath + "?problem=provider";

    public static string SchemeOf(SignInProvider provider) => "Provider." + provider.Key;

    public static IServiceCollection AddSignInProviders(this IServiceCollection services, HarkOptions options)
    {
        foreach (var provider in options.SignInProviders)
        {
            services.AddAuthentication().AddOAuth<OpenIdOptions, OpenIdHandler>(SchemeOf(provider), provider.Name, o => Configure(o, provider));
            services.AddOptions<OpenIdOptions>(SchemeOf(provider)).Configure<TimeProvider>((o, time) => o.Discovery = new OpenIdDiscovery(provider.Authority, time));
        }
        return services;
    }

    public static void MapSignInProviders(this IEndpointRouteBuilder app) => app.MapGet("/sign-in/with/{provider}", (string provider, string? @return, HarkOptions options) =>
        options.SignInProviders.FirstOrDefault(p => p.Key == provider) is { } known
            ? Results.Challenge(new AuthenticationProperties { RedirectUri = Landing.IsOurs(@return) ? @return : "/" }, [SchemeOf(known)])
            : Results.NotFound()).AllowAnonymous().ExcludeFromDescription().AddEndpointFilter(FailAsync);

    private static void Configure(OpenIdOptions o, SignInProvider provider)
    {
        o.Provider = provider;
        (o.ClientId, o.ClientSecret) = (provider.ClientId, provider.ClientSecret);
        o.CallbackPath = $"/sign-in/from/{provider.Key}";
        o.SignInScheme = SessionCookie.Scheme;
        o.UsePkce = true;
        foreach (var scope in (string[])["openid", "email", "profile"]) o.Scope.Add(scope);
        o.CorrelationCookie.Name = "hark.provider.";
        o.Events.OnTicketReceived = ComeInAsync;
        o.Events.OnRemoteFailure = c =>
        {
            LogOf(c.HttpContext).LogWarning(c.Failure, "Signing in by {Provider} failed", provider.Name);
            c.Response.Redirect(FailedPath);
            c.HandleResponse();
            return Task.CompletedTask;
        };
    }

    private static async Task ComeInAsync(TicketReceivedContext context)
    {
        var http = context.HttpContext;
        var provider = ((OpenIdOptions)context.Options).Provider;
        context.HandleResponse();
        var principal = context.Principal!;
        var member = principal.FindFirstValue(ClaimTypes.Email) is { } email
            ? await http.RequestServices.GetRequiredService<NewMembers>().FromProviderAsync(
                new ProviderIdentity(provider.Key, principal.FindFirstValue(ClaimTypes.NameIdentifier)!, email, principal.FindFirstValue(ClaimTypes.Name)),
                provider.Domains.Contains(email.Split('@')[^1], StringComparer.OrdinalIgnoreCase), provider.Role, http.RequestAborted)
            : Domain.Common.Error.NotFound("member");
        if (!member.Ok || member.Value.DisabledAt is not null
            || await http.RequestServices.GetRequiredService<MemberAccounts>().FindAsync(member.Value.WorkspaceId, member.Value.MemberId, http.RequestAborted) is not { } account)
        {
            LogOf(http).LogWarning("{Provider} knows somebody who may not sign in here", provider.Name);
            http.Response.Redirect(FailedPath);
            return;
        }
        http.Response.Redirect(await http.RequestServices.GetRequiredService<Door>().ComeInAsync(http, account, SignInMethod.Provider, remember: false, context.ReturnUri, http.RequestAborted));
    }

    /// <summary>A provider that cannot be reached is no failure of ours to show as one.</summary>
    private static async ValueTask<object?> FailAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var result = (IResult)(await next(invocation))!;
        try
        {
            await result.ExecuteAsync(invocation.HttpContext);
            return Results.Empty;
        }
        catch (HttpRequestException e)
        {
            LogOf(invocation.HttpContext).LogWarning(e, "A sign-in provider cannot be used");
            return Results.Redirect(FailedPath);
        }
    }

    private static ILogger LogOf(HttpContext context) => context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ProvidersSetup));
}
