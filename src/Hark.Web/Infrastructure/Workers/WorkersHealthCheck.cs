using Hark.Domain.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hark.Web.Infrastructure.Workers;

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
