using Hark.Data.Intake;
using Hark.Data.Signals;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Web.Infrastructure.Workers;

namespace Hark.Web.Features.Signals;

/// <summary>Indexes the words of signals for search: soon when this node took them in, within a second when another did.</summary>
public sealed class SearchIndexWorker(SearchIndexer indexer, WorkspaceSnapshots workspaces, IntakeWriter intake, TimeProvider time, ILogger<SearchIndexWorker> logger)
    : Worker(time, logger)
{
    public override string Name => "search";

    protected override TimeSpan LongestWait => TimeSpan.FromSeconds(1);

    protected override WakeSignal Wake => indexer.Wake;

    /// <summary>Each run is a commit that intake waits for; a fifth of a second of a stream shares one.</summary>
    protected override TimeSpan Gathering => TimeSpan.FromMilliseconds(200);

    public override async Task<WorkerRun> RunOnceAsync(DateTimeOffset now, CancellationToken cancellation = default)
    {
        var (done, more) = (0, false);
        foreach (var workspace in await workspaces.AllAsync(cancellation))
        {
            var indexed = await indexer.RunAsync(workspace.WorkspaceId, SearchIndexer.BatchSize, cancellation);
            done += indexed;
            more |= indexed == SearchIndexer.BatchSize;
        }
        return new WorkerRun(done, more ? now : null);
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        intake.Committed += (_, _) => indexer.Wake.Notify();
        return base.StartAsync(cancellationToken);
    }
}
