using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Hark.Web.Infrastructure.Settings;

namespace Hark.Web.Infrastructure.Limits;

/// <summary>
/// Counts wrong keys by address, so that guessing is slow and cannot keep the store busy. Keys that this node knows are never held up by it: a neighbour
/// behind the same address keeps working.
/// </summary>
internal sealed class FailedAuthentications(HarkOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = options.Limits.FailedAuthenticationsPerMinute,
            Window = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
        }));

    /// <summary>Seconds until this address may try an unknown key again; null when it may now.</summary>
    public int? RetryAfter(IPAddress? address)
    {
        using var lease = _limiter.AttemptAcquire(Network(address), 0);
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 60;
    }

    public void Count(IPAddress? address) => _limiter.AttemptAcquire(Network(address)).Dispose();

    public void Dispose() => _limiter.Dispose();

    /// <summary>One household of IPv6 is a /64: addresses inside it cost an attacker nothing.</summary>
    internal static IPAddress Network(IPAddress? address)
    {
        if (address is null) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
