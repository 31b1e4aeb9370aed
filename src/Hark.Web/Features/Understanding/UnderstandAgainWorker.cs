using Hark.Data.Understanding;
using Hark.Data.Workspaces;
using Hark.Web.Infrastructure.Workers;

namespace Hark.Web.Features.Understanding;

/// <summary>Understands texts anew after a change of the taxonomy or of a model: a step, then a rest, so that everything else goes on; some thousand texts a second.</summary>
public sealed class UnderstandAgainWorker(UnderstandAgain again, WorkspaceSnapshots workspaces, TimeProvider time, ILogger<UnderstandAgainWorker> logger) : Worker(time, logger)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    public override string Name => "understanding";

    protected override TimeSpan LongestWait => TimeSpan.FromSeconds(5);

    public override async Task<WorkerRun> RunOnceAsync(DateTimeOffset now, CancellationToken cancellation = default)
    {
        var done = 0;
        foreach (var workspace in await workspaces.AllAsync(cancellation)) done += await again.StepAsync(workspace.WorkspaceId, cancellation);
        return new WorkerRun(done, done > 0 ? now + Rest : null);
    }
}
