using Hark.Domain.Workspaces;

namespace Hark.Web.Features.Accounts.Providers;

/// <summary>A provider by which people sign in (<c>Hark:SignIn:&lt;Name&gt;</c>).</summary>
/// <param name="Name">As in the settings; shown on the button.</param>
/// <param name="Authority">Issuer, without a slash at its end; its discovery document tells the rest.</param>
/// <param name="Domains">Whoever has a verified address in one of these becomes a member at the first sign-in. Empty: only who is a member already.</param>
/// <param name="Role">Of members made so.</param>
public sealed record SignInProvider(string Name, string Authority, string ClientId, string ClientSecret, IReadOnlyList<string> Domains, Role Role)
{
    /// <summary>Name in addresses and in the store.</summary>
    public string Key { get; } = Name.ToLowerInvariant();

    /// <summary>Leaves the secret out of logs.</summary>
    public override string ToString() => $"{Name} ({Authority})";
}
