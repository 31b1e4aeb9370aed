using Hark.Data.Cases;
using Hark.Data.Workspaces;
using Hark.Web.Infrastructure.Workers;

namespace Hark.Web.Features.Cases;

/// <summary>Wakes snoozed cases, closes questions that nobody answered, marks missed calls. Any number of nodes may run it.</summary>
public sealed class CaseTimersWorker(CaseTimers timers, WorkspaceSnapshots workspaces, TimeProvider time, ILogger<CaseTimersWorker> logger) : Worker(time, logger)
{
    public override string Name => "case-timers";

    protected override TimeSpan LongestWait => TimeSpan.FromSeconds(10);

    public override async Task<WorkerRun> RunOnceAsync(DateTimeOffset now, CancellationToken cancellation = default)
    {
        var (done, full) = (0, false);
        foreach (var workspace in await workspaces.AllAsync(cancellation))
        {
            foreach (var run in (Func<Guid, DateTimeOffset, CancellationToken, Task<int>>[])[timers.WakeAsync, timers.CloseSilentAsync, timers.MissCallBacksAsync])
            {
                var taken = await run(workspace.WorkspaceId, now, cancellation);
                done += taken;
                full |= taken >= CaseTimers.Batch;
            }
        }
        return new WorkerRun(done, full ? now : null);
    }
}
