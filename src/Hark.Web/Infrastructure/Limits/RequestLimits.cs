using System.Threading.RateLimiting;
using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;
using Hark.Web.Infrastructure.Settings;
using Hark.Web.Infrastructure.Staff;
using Microsoft.AspNetCore.Http.Metadata;

namespace Hark.Web.Infrastructure.Limits;

/// <summary>How often a key or an address may ask, and how much it may send at once.</summary>
public static class RequestLimits
{
    internal static IServiceCollection AddRequestLimits(this IServiceCollection services, LimitOptions limits) => services
        .AddSingleton<FailedAuthentications>()
        .AddRateLimiter(o =>
        {
            o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(c => Partition(c, limits));
            o.OnRejected = (c, _) =>
            {
                var wait = c.Lease.TryGetMetadata(MetadataName.RetryAfter, out var span) ? Math.Max(1, (int)Math.Ceiling(span.TotalSeconds)) : 1;
                return new ValueTask(FailedPages.WriteAsync(c.HttpContext, StatusProblems.Of(StatusCodes.Status429TooManyRequests), retryAfter: wait));
            };
        });

    private static RateLimitPartition<string> Partition(HttpContext context, LimitOptions limits)
    {
        if (context.Features.Get<Caller>() is not { } caller)
            return Bucket("a:" + FailedAuthentications.Network(context.Connection.RemoteIpAddress), limits.AddressPerSecond);
        return Bucket("k:" + (caller.Key?.KeyId ?? caller.SessionId), caller.Scope == KeyScope.Send ? limits.SourceKeyPerSecond : limits.TokenPerSecond);
    }

    private static RateLimitPartition<string> Bucket(string key, int perSecond) => RateLimitPartition.GetTokenBucketLimiter(key, _ =>
        new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond * 2,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        });

    /// <summary>The most bytes of body that this endpoint takes, in place of <c>Hark:Limits:BodyBytes</c>.</summary>
    public static TBuilder WithBodyLimit<TBuilder>(this TBuilder builder, long bytes) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new BodyLimit(bytes));

    /// <summary>
    /// Refuses a body that says it is too large before a byte of it is read. One that does not say its length is cut off by the server at the same limit.
    /// </summary>
    internal static void UseBodyLimits(this IApplicationBuilder app, LimitOptions limits) => app.Use((context, next) =>
    {
        var most = context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? limits.BodyBytes;
        return context.Request.ContentLength > most
            ? Problem.WriteAsync(context, StatusProblems.Of(StatusCodes.Status413PayloadTooLarge))
            : next(context);
    });

    private sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
