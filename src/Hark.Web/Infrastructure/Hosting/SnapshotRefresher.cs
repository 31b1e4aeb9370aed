using Hark.Data.Workspaces;

namespace Hark.Web.Infrastructure.Hosting;

/// <summary>Sees, every second, what other nodes and the command line changed in the settings. Costs one small query.</summary>
internal sealed class SnapshotRefresher(WorkspaceSnapshots snapshots, TimeProvider time, ILogger<SnapshotRefresher> log) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default))
        {
            try
            {
                await snapshots.RefreshAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning(e, "Settings could not be compared; trying again");
            }
        }
    }
}
