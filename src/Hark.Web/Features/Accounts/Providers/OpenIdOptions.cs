using Microsoft.AspNetCore.Authentication.OAuth;

namespace Hark.Web.Features.Accounts.Providers;

/// <summary>Options of <see cref="OpenIdHandler"/>: endpoints come from the provider's discovery document when they are first needed.</summary>
public sealed class OpenIdOptions : OAuthOptions
{
    public SignInProvider Provider { get; set; } = null!;

    internal OpenIdDiscovery Discovery { get; set; } = null!;

    /// <summary>Does not ask for the endpoints, which are not known yet.</summary>
    public override void Validate()
    {
        if (Provider is null || string.IsNullOrEmpty(ClientId) || string.IsNullOrEmpty(ClientSecret) || !CallbackPath.HasValue)
            throw new InvalidOperationException("A sign-in provider lacks its client id, secret or path.");
    }
}
