using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;

namespace Hark.Data.Accounts;

/// <summary>Writes what happens to accounts into the audit log, in the transaction of what happens.</summary>
internal static class AuditTrail
{
    /// <param name="data">Never holds secrets, nor an e-mail address that belongs to no member: people type passwords into the wrong field.</param>
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
