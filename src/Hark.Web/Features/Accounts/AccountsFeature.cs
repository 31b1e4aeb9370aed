using Hark.Data.Accounts;
using Hark.Data.Workspaces;
using Hark.Web.Features.Accounts.Identity;
using Hark.Web.Features.Accounts.Providers;
using Hark.Web.Infrastructure.Settings;
using Microsoft.AspNetCore.Identity;

namespace Hark.Web.Features.Accounts;

/// <summary>Setting up, signing in by every way, and each member's own account.</summary>
public static class AccountsFeature
{
    public static IServiceCollection AddAccounts(this IServiceCollection services, HarkOptions options)
    {
        services.AddSingleton<MemberSessions>().AddSingleton<SignInTries>().AddSingleton<AccountBook>().AddSingleton<PasskeyBook>()
            .AddSingleton<Invitations>().AddSingleton<NewMembers>();
        services.AddSingleton<SealedCookies>().AddSingleton<SignInLimits>().AddSingleton<Landing>().AddSingleton<Door>();
        services.AddScoped<SignIn>().AddScoped<PasswordReset>();
        services.AddIdentityCore<Account>(Identity).AddUserManager<AccountManager>().AddUserStore<AccountStore>()
            .AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider).AddTokenProvider<LinkTokens>(LinkTokens.Name);
        services.Configure<IdentityPasskeyOptions>(o => (o.UserVerificationRequirement, o.ResidentKeyRequirement) = ("required", "required"));
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        return services.AddSignInProviders(options);
    }

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        app.MapPasskeys();
        app.MapSignInProviders();
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
