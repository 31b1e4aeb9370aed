using Hark.Web.Infrastructure.Hosting;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hark.Web.Features.Health;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work. A feature adds its own condition with
/// <c>services.AddHealthChecks().AddCheck&lt;T&gt;("name")</c>.
/// </summary>
public static class HealthFeature
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<StoreHealth>("store", timeout: TimeSpan.FromSeconds(5));
        return services;
    }

    public static void MapHealth(this WebApplication app)
    {
        Open(app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }));
        Open(app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }));

        static void Open(IEndpointConventionBuilder endpoint) =>
            endpoint.AllowAnonymous().DisableRateLimiting().WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            Status = Word(report.Status),
            Checks = report.Entries.ToDictionary(e => e.Key, e => new { Status = Word(e.Value.Status), e.Value.Description }),
        }, context.RequestAborted);

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        HealthStatus.Unhealthy => "unhealthy",
    };
}

/// <summary>The store is there and its schema is this version's.</summary>
internal sealed class StoreHealth(StorePreparation store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await store.PendingAsync(cancellationToken) is { Count: > 0 and var pending }
                ? HealthCheckResult.Unhealthy($"{pending} schema upgrades are pending")
                : HealthCheckResult.Healthy();
        }
        catch (StoreNotReadyException)
        {
            return HealthCheckResult.Unhealthy("the store cannot be reached, or its schema is newer than this version");
        }
    }
}
