using System.Net;
using System.Threading.RateLimiting;
using Hark.Web.Infrastructure.Limits;
using Hark.Web.Infrastructure.Settings;

namespace Hark.Web.Features.Accounts;

/// <summary>How often one network address may try to prove who it is, whoever it tries: guessing one password for many people is slow, too.</summary>
internal sealed class SignInLimits(HarkOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _tries = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Limits.SignInsPerMinute,
            TokensPerPeriod = options.Limits.SignInsPerMinute,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
        }));

    /// <summary>False when this address has to wait a minute.</summary>
    public bool Allows(HttpContext context)
    {
        using var lease = _tries.AttemptAcquire(FailedAuthentications.Network(context.Connection.RemoteIpAddress));
        return lease.IsAcquired;
    }

    public void Dispose() => _tries.Dispose();
}
