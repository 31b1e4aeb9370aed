using Hark.Data.Signals;
using Hark.Data.Workspaces;
using Hark.Web.Infrastructure.Workers;

namespace Hark.Web.Features.Signals;

/// <summary>Erases words that sources promise not to keep any longer. Once an hour: the promise is made in days. Any number of nodes may run it.</summary>
public sealed class RetentionWorker(OldWords words, WorkspaceSnapshots workspaces, TimeProvider time, ILogger<RetentionWorker> logger) : Worker(time, logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    public override string Name => "retention";

    /// <summary>Shorter than <see cref="Every"/>, for a worker that has not been heard of for minutes counts as stalled.</summary>
    protected override TimeSpan LongestWait => TimeSpan.FromMinutes(1);

    public override async Task<WorkerRun> RunOnceAsync(DateTimeOffset now, CancellationToken cancellation = default)
    {
        if (now < _next) return new WorkerRun(0, null);
        var done = 0;
        foreach (var workspace in await workspaces.AllAsync(cancellation))
            foreach (var source in workspace.Sources)
                if (source.RetentionDays is { } days) done += await words.EraseAsync(workspace, source, now.AddDays(-days), cancellation);
        _next = now + Every;
        return new WorkerRun(done, null);
    }
}
