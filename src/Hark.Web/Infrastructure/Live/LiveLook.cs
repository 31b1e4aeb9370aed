using Hark.Data.Store;
using Hark.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Infrastructure.Live;

/// <summary>
/// Sees for open pages what other nodes stored. Every two seconds, for each workspace that somebody watches: the signals of this and the last hour, a few rows of
/// the aggregates' key; and how many open cases there are and at which versions, of the <see cref="Cases"/> most urgent ones, a few milliseconds. On SQLite too:
/// commands of the same machine write there.
/// </summary>
internal sealed class LiveLook(LiveFeed feed, HarkStore store, TimeProvider time, ILogger<LiveLook> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>Whoever has more open work than this sees changes further down when they look.</summary>
    private const int Cases = 2000;

    private readonly Dictionary<Guid, long> _signals = [];
    private readonly Dictionary<Guid, (int Open, long Versions)> _cases = [];
    private readonly Dictionary<Guid, int> _causes = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default))
        {
            try
            {
                foreach (var workspace in feed.Watched) await LookAsync(workspace, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning(e, "Could not look for news; trying again");
            }
        }
    }

    /// <summary>One look at a workspace; the first only remembers what is there.</summary>
    internal async Task LookAsync(Guid workspaceId, CancellationToken cancellation)
    {
        var now = time.Now();
        var since = now.AddHours(-2);
        await using var db = store.Read();
        var signals = await db.AggregateCells.Where(a => a.WorkspaceId == workspaceId && a.Grain == Data.Model.AggregateGrain.Hour && a.Dimension == Data.Aggregates.Dimensions.All && a.BucketAt >= since)
            .SumAsync(a => a.Signals, cancellation);
        if (_signals.TryGetValue(workspaceId, out var known) && known < signals && !(feed.LastSignal(workspaceId) > now - Period))
        {
            feed.Tell(workspaceId, LiveChange.Signals, now);
            feed.Tell(workspaceId, LiveChange.Cases, now);
        }
        _signals[workspaceId] = signals;
        await LookAtCasesAsync(db, workspaceId, now, cancellation);
        await LookAtCausesAsync(db, workspaceId, now, cancellation);
    }

    /// <summary>A case that was opened, changed or closed moves the count or the sum of versions, which only rise.</summary>
    private async Task LookAtCasesAsync(HarkDbContext db, Guid workspaceId, DateTimeOffset now, CancellationToken cancellation)
    {
        var versions = await db.Cases.Where(c => c.WorkspaceId == workspaceId && c.IsOpen).OrderBy(c => c.DueAt).ThenBy(c => c.CaseId).Select(c => c.Version).Take(Cases).ToListAsync(cancellation);
        var seen = (versions.Count, versions.Sum());
        if (_cases.TryGetValue(workspaceId, out var known) && known != seen && !(feed.LastCase(workspaceId) > now - Period)) feed.Tell(workspaceId, LiveChange.Cases, now);
        _cases[workspaceId] = seen;
    }

    /// <summary>Chains of causes are written version by version and never removed: their number only rises. Some hundreds of rows at most.</summary>
    private async Task LookAtCausesAsync(HarkDbContext db, Guid workspaceId, DateTimeOffset now, CancellationToken cancellation)
    {
        var versions = await db.CauseChains.CountAsync(c => c.WorkspaceId == workspaceId, cancellation);
        if (_causes.TryGetValue(workspaceId, out var known) && known != versions) feed.Tell(workspaceId, LiveChange.Causes, now);
        _causes[workspaceId] = versions;
    }
}
