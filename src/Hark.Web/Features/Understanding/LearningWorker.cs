using Hark.Data.Understanding;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Web.Infrastructure.Workers;

namespace Hark.Web.Features.Understanding;

/// <summary>Learns from what comes in: soon after a person taught something, else every few seconds. Any number of nodes may run it; one at a time learns from a workspace.</summary>
public sealed class LearningWorker(TextLearner learner, WorkspaceSnapshots workspaces, TimeProvider time, ILogger<LearningWorker> logger) : Worker(time, logger)
{
    public override string Name => "learning";

    protected override TimeSpan LongestWait => TimeSpan.FromSeconds(15);

    protected override WakeSignal Wake => learner.Wake;

    public override async Task<WorkerRun> RunOnceAsync(DateTimeOffset now, CancellationToken cancellation = default)
    {
        var done = 0;
        foreach (var workspace in await workspaces.AllAsync(cancellation)) done += await learner.StepAsync(workspace.WorkspaceId, cancellation);
        return new WorkerRun(done, null);
    }
}
