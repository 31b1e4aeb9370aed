using Hark.Data.Model;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;

namespace Hark.Data.Store;

/// <summary>The one way into the audit log: an entry is written in the transaction of what it tells.</summary>
public static class AuditTrail
{
    /// <param name="action">The kind of thing and what was done to it, as <c>contact.exported</c>.</param>
    /// <param name="targetKind">The kind of thing, as <c>contact</c>.</param>
    /// <param name="data">Written as JSON. Never holds secrets, nor an e-mail address that belongs to no member: people type passwords into the wrong field.</param>
    public static void Audit(this HarkDbContext db, Guid workspaceId, Actor actor, DateTimeOffset now, string action, string targetKind, string? targetId, object? data = null) =>
        db.AuditEntries.Add(new AuditEntry
        {
            WorkspaceId = workspaceId,
            EntryId = Guid.CreateVersion7(now),
            At = now,
            ActorKind = actor.Kind,
            ActorId = actor.Id,
            Action = action,
            TargetKind = targetKind,
            TargetId = targetId,
            Data = data is null ? null : HarkJson.Write(data),
        });
}
