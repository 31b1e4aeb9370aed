using Hark.Data.Cases;
using Hark.Data.Workspaces;
using Hark.Web.Infrastructure.Workers;

namespace Hark.Web.Features.Cases;

/// <summary>Runs the clock sweep for every workspace: one batch each, and again at once while more is due. Any number of nodes may run it.</summary>
public sealed class ClockSweepWorker(ClockSweep sweep, WorkspaceSnapshots workspaces, TimeProvider time, ILogger<ClockSweepWorker> logger) : Worker(time, logger)
{
    public override string Name => "clock-sweep";

    /// <summary>Clocks that start on other nodes are found by looking; the shortest promise is a minute, so a second is soon enough.</summary>
    protected override TimeSpan LongestWait => TimeSpan.FromSeconds(1);

    public override async Task<WorkerRun> RunOnceAsync(DateTimeOffset now, CancellationToken cancellation = default)
    {
        var done = 0;
        DateTimeOffset? next = null;
        foreach (var workspace in await workspaces.AllAsync(cancellation))
        {
            var result = await sweep.RunAsync(workspace.WorkspaceId, now, cancellation);
            done += result.Clocks;
            if (result.Next is { } at && (next is null || at < next)) next = at;
        }
        return new WorkerRun(done, next);
    }
}
