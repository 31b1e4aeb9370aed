using Hark.Data.Work;

namespace Hark.Web.Infrastructure.Workers;

/// <summary>Keeps this node's shard number while the process lives, and gives it back at a clean stop. Every node runs it, whatever its role.</summary>
public sealed class NodeShardWorker(NodeShard shard, TimeProvider time, ILogger<NodeShardWorker> logger) : Worker(time, logger)
{
    private readonly Lock _stopping = new();
    private Task? _stopped;

    public override string Name => "node-shard";

    protected override TimeSpan LongestWait => NodeShard.RenewEvery;

    public override async Task<WorkerRun> RunOnceAsync(DateTimeOffset now, CancellationToken cancellation = default)
    {
        var before = shard.Current;
        var number = await shard.HoldAsync(cancellation);
        if (before is not null && number != before) logger.LogWarning("This node lost shard {Before} and has {Number} now", before, number);
        return new WorkerRun(1, now + NodeShard.RenewEvery);
    }

    /// <summary>A host can be told to stop by two hands at once; the number is given back once, and both wait for it.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_stopping) return _stopped ??= StopOnceAsync(cancellationToken);
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await shard.ReleaseAsync(cancellationToken);
    }
}
