using Hark.Data.Aggregates;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Alerts;

/// <summary>
/// Looks whether anything rose beyond what was usual, and stores it once, with its evidence. The first look at a workspace goes back over its history, so that what began
/// weeks ago is known too.
/// </summary>
public sealed class AlertSweep(HarkStore store, Leases leases, TimeProvider time, string owner)
{
    /// <summary>How far the first look goes back.</summary>
    public const int FirstLookDays = 60;

    private static readonly TimeSpan LeaseFor = TimeSpan.FromMinutes(2), KeepChanges = TimeSpan.FromDays(1);

    /// <summary>One look. Only one node does it at a time.</summary>
    /// <returns>Alerts opened and closed; null when another node is at it.</returns>
    public async Task<int?> RunAsync(WorkspaceSnapshot workspace, CancellationToken cancellation = default)
    {
        var now = time.Now();
        if (await leases.TryAcquireAsync("alerts:" + workspace.WorkspaceId.ToString("N"), owner, now, LeaseFor, cancellation) is not { } lease) return null;
        try
        {
            return await LookAsync(workspace, lease, now, cancellation);
        }
        finally
        {
            await leases.ReleaseAsync(lease, time.Now(), CancellationToken.None);
        }
    }

    private async Task<int> LookAsync(WorkspaceSnapshot workspace, Lease lease, DateTimeOffset now, CancellationToken cancellation)
    {
        var id = workspace.WorkspaceId;
        var today = new ZoneDays(workspace.Workspace.TimeZone).StartOf(now);
        await using var db = store.Read();
        var watch = await db.AlertWatches.SingleOrDefaultAsync(w => w.WorkspaceId == id, cancellation);
        var open = await db.Alerts.Where(a => a.WorkspaceId == id && a.ClosedAt == null).ToListAsync(cancellation);
        var first = watch?.Day ?? today.AddDays(-FirstLookDays);
        var earliest = open.Select(a => a.Day).Append(first).Min().AddDays(-AlertRules.Baseline - AlertRules.Window - 1);
        var days = await AlertSeriesReader.ReadAsync(db, store.Dialect, workspace, earliest, today, cancellation);
        var changes = new AlertChanges(id, days, open, now, time);
        for (var day = 0; day < days.Days.Count; day++)
        {
            if (days.Days[day] >= first) changes.Look(day, complete: day < days.Days.Count - 1);
        }

        return await store.WriteAsync(async write => await Leases.GuardAsync(write, store.Dialect, lease, cancellation) ? await WriteAsync(write, id, today, now, changes, cancellation) : 0, cancellation);
    }

    private static async Task<int> WriteAsync(HarkDbContext db, Guid workspaceId, DateTimeOffset today, DateTimeOffset now, AlertChanges changes, CancellationToken cancellation)
    {
        db.Alerts.AddRange(changes.Opened);
        foreach (var (alertId, closedAt) in changes.Closed)
            await db.Alerts.Where(a => a.WorkspaceId == workspaceId && a.AlertId == alertId).ExecuteUpdateAsync(a => a.SetProperty(x => x.ClosedAt, closedAt), cancellation);
        if (await db.AlertWatches.AsTracking().SingleOrDefaultAsync(w => w.WorkspaceId == workspaceId, cancellation) is { } watch) (watch.Day, watch.CheckedAt) = (today, now);
        else db.AlertWatches.Add(new() { WorkspaceId = workspaceId, Day = today, CheckedAt = now });
        var old = Guid.CreateVersion7(now - KeepChanges);
        await db.SignalChanges.Where(c => c.WorkspaceId == workspaceId && c.ChangeId < old).ExecuteDeleteAsync(cancellation);
        await db.SaveChangesAsync(cancellation);
        return changes.Opened.Count + changes.Closed.Count;
    }
}
