using Hark.Data.Understanding;
using Hark.Data.Workspaces;
using Hark.Web.Infrastructure.Workers;

namespace Hark.Web.Features.Themes;

/// <summary>Looks for new themes once an hour. Any number of nodes may run it: each writes the same.</summary>
public sealed class DiscoveryWorker(TopicDiscovery discovery, WorkspaceSnapshots workspaces, TimeProvider time, ILogger<DiscoveryWorker> logger) : Worker(time, logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    public override string Name => "discovery";

    /// <summary>Shorter than <see cref="Every"/>, for a worker that has not been heard of for minutes counts as stalled.</summary>
    protected override TimeSpan LongestWait => TimeSpan.FromMinutes(1);

    public override async Task<WorkerRun> RunOnceAsync(DateTimeOffset now, CancellationToken cancellation = default)
    {
        if (now < _next) return new WorkerRun(0, null);
        var found = 0;
        foreach (var workspace in await workspaces.AllAsync(cancellation)) found += await discovery.RunAsync(workspace.WorkspaceId, cancellation);
        _next = now + Every;
        return new WorkerRun(found, null);
    }
}
