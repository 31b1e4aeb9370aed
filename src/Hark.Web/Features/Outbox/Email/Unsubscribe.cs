using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Features.Outbox.Email;

/// <summary>A person ends optional e-mail, for all contacts that are merged into them.</summary>
public sealed class Unsubscribe(HarkStore store, UnsubscribeLinks links, TimeProvider time)
{
    /// <summary>True when the token is ours; doing it again changes nothing.</summary>
    public async Task<bool> HandleAsync(string token, CancellationToken cancellation = default)
    {
        if (links.Read(token) is not var (workspaceId, contactId)) return false;
        return await store.WriteAsync(async db =>
        {
            var contact = await db.Contacts.AsNoTracking()
                .FirstOrDefaultAsync(c => c.WorkspaceId == workspaceId && c.ContactId == contactId, cancellation);
            if (contact is null) return false;
            var now = time.Now();
            var changed = await db.Contacts.PersonOf(workspaceId, contact.CanonicalId).Where(c => c.UnsubscribedAt == null)
                .ExecuteUpdateAsync(s => s.SetProperty(c => c.UnsubscribedAt, now), cancellation);
            if (changed > 0) db.AuditEntries.Add(Audit(workspaceId, contactId, now));
            await db.SaveChangesAsync(cancellation);
            return true;
        }, cancellation);
    }

    /// <summary>Whether the token is ours, without changing anything: the page that asks.</summary>
    public bool IsKnown(string token) => links.Read(token) is not null;

    private AuditEntry Audit(Guid workspaceId, Guid contactId, DateTimeOffset now) => new()
    {
        WorkspaceId = workspaceId,
        EntryId = time.NewId(),
        At = now,
        ActorKind = Actor.Customer.Kind,
        ActorId = Actor.Customer.Id,
        Action = "contact.unsubscribed",
        TargetKind = "contact",
        TargetId = contactId.ToString(),
    };
}
