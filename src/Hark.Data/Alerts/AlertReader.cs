using Hark.Data.Model;
using Hark.Data.Store;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Alerts;

/// <summary>Reads stored alerts. They name dimensions and counts of days, never a person, so all members of a workspace may see them.</summary>
public sealed class AlertReader(HarkStore store)
{
    /// <summary>Newest first.</summary>
    /// <param name="open">Only those that last, or only those that are over; null for both.</param>
    /// <param name="after">The last alert of the page before.</param>
    public async Task<List<Alert>> ListAsync(Guid workspaceId, bool? open, (DateTimeOffset At, Guid Id)? after, int take, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var alerts = db.Alerts.Where(a => a.WorkspaceId == workspaceId);
        if (open is true) alerts = alerts.Where(a => a.ClosedAt == null);
        if (open is false) alerts = alerts.Where(a => a.ClosedAt != null);
        if (after is var (at, id)) alerts = alerts.Where(a => a.OpenedAt < at || (a.OpenedAt == at && a.AlertId < id));
        return await alerts.OrderByDescending(a => a.OpenedAt).ThenByDescending(a => a.AlertId).Take(take).ToListAsync(cancellation);
    }

    /// <summary>Null where there is none.</summary>
    public async Task<Alert?> FindAsync(Guid workspaceId, Guid alertId, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await db.Alerts.SingleOrDefaultAsync(a => a.WorkspaceId == workspaceId && a.AlertId == alertId, cancellation);
    }
}
