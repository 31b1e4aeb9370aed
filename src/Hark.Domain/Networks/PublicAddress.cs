using System.Net;
using System.Net.Sockets;

namespace Hark.Domain.Networks;

/// <summary>
/// Tells addresses of the public internet from those inside somebody's network. Requests to addresses that users may choose go only to public ones, so
/// that nobody reaches the operator's own machines, or a cloud's metadata service, through Hark.
/// </summary>
/// <remarks>Source: the IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890 and its updates). Everything not globally reachable is refused.</remarks>
public static class PublicAddress
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", // this network
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", // private use
            "100.64.0.0/10", // carrier-grade NAT; some clouds keep metadata there
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local; 169.254.169.254 is the metadata service of most clouds
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", // documentation
            "192.88.99.0/24", // former 6to4 relays
            "198.18.0.0/15", // benchmarks
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved and broadcast
        }.Select(n => IPNetwork.Parse(n)),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotPublicV6 =
    [
        .. new[]
        {
            "2001::/23", // protocol assignments, Teredo among them
            "2001:db8::/32", "3fff::/20", // documentation
        }.Select(n => IPNetwork.Parse(n)),
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>True when the address is reachable over the public internet. IPv4 inside IPv6 (mapped, NAT64, 6to4) is judged as the IPv4 address it leads to.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork) return !NotPublic.Any(n => n.Contains(address));
        var bytes = address.GetAddressBytes();
        if (Nat64.Contains(address)) return IsPublic(new IPAddress(bytes.AsSpan(12, 4)));
        if (SixToFour.Contains(address)) return IsPublic(new IPAddress(bytes.AsSpan(2, 4)));
        return GlobalUnicast.Contains(address) && !NotPublicV6.Any(n => n.Contains(address));
    }
}
