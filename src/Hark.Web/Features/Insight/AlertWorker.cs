using Hark.Data.Alerts;
using Hark.Data.Workspaces;
using Hark.Web.Infrastructure.Workers;

namespace Hark.Web.Features.Insight;

/// <summary>Looks for alerts within the minute. On several nodes one looks at a workspace at a time.</summary>
public sealed class AlertWorker(AlertSweep sweep, WorkspaceSnapshots workspaces, TimeProvider time, ILogger<AlertWorker> logger) : Worker(time, logger)
{
    public override string Name => "alerts";

    protected override TimeSpan LongestWait => TimeSpan.FromSeconds(45);

    public override async Task<WorkerRun> RunOnceAsync(DateTimeOffset now, CancellationToken cancellation = default)
    {
        var done = 0;
        foreach (var workspace in await workspaces.AllAsync(cancellation)) done += await sweep.RunAsync(workspace, cancellation) ?? 0;
        return new WorkerRun(done, null);
    }
}
