using Hark.Data.Accounts;
using Hark.Data.Workspaces;
using Hark.Domain.Workspaces;
using Hark.Web.Features.Accounts.Identity;
using Hark.Web.Features.Accounts.Providers;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Settings;
using Hark.Web.Infrastructure.Staff;
using Microsoft.AspNetCore.Identity;

namespace Hark.Web.Features.Accounts;

/// <summary>Setting up, signing in by every way, and each member's own account.</summary>
public static class AccountsFeature
{
    public static IServiceCollection AddAccounts(this IServiceCollection services, HarkOptions options)
    {
        services.AddSingleton<MemberSessions>().AddSingleton<SignInTries>().AddSingleton<MemberAccounts>().AddSingleton<PasskeyBook>().AddSingleton<ProviderLinks>()
            .AddSingleton<Invitations>().AddSingleton<NewMembers>();
        services.AddSingleton<SealedCookies>().AddSingleton<SignInLimits>().AddSingleton<Landing>().AddSingleton<Door>();
        services.AddSingleton(new Place("settings", "/settings", "settings", 100, AtEnd: true, Shows: c => c.Role.Configures()));
        services.AddScoped<SignIn>().AddScoped<PasswordReset>();
        services.AddIdentityCore<MemberAccount>(Identity).AddUserManager<AccountManager>().AddUserStore<AccountStore>()
            .AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider).AddTokenProvider<LinkTokens>(LinkTokens.Name);
        services.Configure<IdentityPasskeyOptions>(o => (o.UserVerificationRequirement, o.ResidentKeyRequirement) = ("required", "required"));
        services.AddScoped<IPasskeyHandler<MemberAccount>, PasskeyHandler<MemberAccount>>();
        return services.AddSignInProviders(options);
    }

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", (Caller caller, Landing landing) => TypedResults.LocalRedirect(landing.First(caller.Role))).RequireAuthorization(Policies.Read).ExcludeFromDescription();
        app.MapPost("/sign-out", SignOutAsync).AllowAnonymous().RequireAntiforgery().ExcludeFromDescription();
        app.MapPasskeys();
        app.MapSignInProviders();
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, Door door, CancellationToken cancellation)
    {
        await door.LeaveAsync(context, cancellation);
        return TypedResults.LocalRedirect(SessionCookie.SignInPath + "?done=out");
    }

    /// <summary>Length is what makes a password strong; rules about its letters only make people write it down (NIST SP 800-63B).</summary>
    private static void Identity(IdentityOptions o)
    {
        o.Password.RequiredLength = MemberAdmin.ShortestPassword;
        (o.Password.RequireDigit, o.Password.RequireLowercase, o.Password.RequireUppercase, o.Password.RequireNonAlphanumeric) = (false, false, false, false);
        o.Tokens.PasswordResetTokenProvider = LinkTokens.Name;
        o.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
    }
}
