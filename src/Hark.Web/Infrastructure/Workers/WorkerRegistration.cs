using Hark.Domain.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hark.Web.Infrastructure.Workers;

/// <summary>Registers workers.</summary>
public static class WorkerRegistration
{
    /// <param name="services">Where to register.</param>
    /// <param name="run">Whether this node runs its loop (role <c>all</c> or <c>worker</c>); the worker itself is there in either case.</param>
    public static IServiceCollection AddWorker<T>(this IServiceCollection services, bool run) where T : Worker
    {
        services.AddSingleton<T>();
        services.AddSingleton<Worker>(p => p.GetRequiredService<T>());
        if (run) services.AddHostedService(p => p.GetRequiredService<T>());
        return services;
    }
}

/// <summary>Degraded while a worker of this node has not succeeded for too long; says which and why.</summary>
public sealed class WorkersHealthCheck(IEnumerable<Worker> workers, TimeProvider time) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var now = time.Now();
        var stalled = workers.Select(w => w.Status).Where(s => s.Stalled(now)).ToList();
        return Task.FromResult(stalled.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(string.Join("; ", stalled.Select(s => $"{s.Name}: {s.LastError ?? "does not finish"}"))));
    }
}
