using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Identity;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using ContactMerge = Hark.Data.Model.ContactMerge;

namespace Hark.Data.Identity;

/// <summary>
/// Says that two contacts are one person, and takes it back. Only the canonical names of contacts move: signals, cases and identities keep the contact they came
/// with, so an undo restores exactly what was.
/// </summary>
public sealed class MergeContacts(HarkStore store, TimeProvider time)
{
    /// <summary>Merges two persons. Merging what is one already is a conflict.</summary>
    public Task<Result<ContactMerge>> MergeAsync(Guid workspaceId, Guid from, Guid into, string reason, Actor actor, CancellationToken cancellation = default) =>
        store.WriteAsync<Result<ContactMerge>>(async db =>
        {
            var contacts = await db.Contacts.Where(c => c.WorkspaceId == workspaceId && (c.ContactId == from || c.ContactId == into)).ToListAsync(cancellation);
            if (from == into) return Error.Invalid("/into", "must be another contact");
            if (contacts.Count < 2) return Error.NotFound("contact");
            if (contacts[0].CanonicalId == contacts[1].CanonicalId)
                return new Error(ErrorKind.Conflict, ErrorCodes.Conflict, "These contacts are one person already.");
            var merge = new ContactMerge
            {
                WorkspaceId = workspaceId,
                MergeId = time.NewId(),
                FromContactId = from,
                IntoContactId = into,
                Reason = reason,
                MergedBy = actor.Id,
                MergedAt = time.Now(),
            };
            var graph = await GraphAsync(db, workspaceId, [contacts[0].CanonicalId, contacts[1].CanonicalId], cancellation);
            graph.Merge(Edge(merge), out var changes);
            db.ContactMerges.Add(merge);
            await ApplyAsync(db, workspaceId, changes, cancellation);
            Audit(db, actor, "contact.merged", merge);
            await db.SaveChangesAsync(cancellation);
            return merge;
        }, cancellation);

    /// <summary>Takes a merge back. Contacts that other merges still connect stay one person.</summary>
    public Task<Result<ContactMerge>> UndoAsync(Guid workspaceId, Guid mergeId, Actor actor, CancellationToken cancellation = default) =>
        store.WriteAsync<Result<ContactMerge>>(async db =>
        {
            var merge = await db.ContactMerges.SingleOrDefaultAsync(m => m.WorkspaceId == workspaceId && m.MergeId == mergeId, cancellation);
            if (merge is null) return Error.NotFound("merge");
            if (merge.UndoneAt is not null) return new Error(ErrorKind.Conflict, ErrorCodes.Conflict, "This merge was taken back already.");
            var canonical = await db.Contacts.Where(c => c.WorkspaceId == workspaceId && c.ContactId == merge.FromContactId).Select(c => c.CanonicalId).SingleAsync(cancellation);
            var graph = await GraphAsync(db, workspaceId, [canonical], cancellation);
            graph.Undo(mergeId, out var changes);
            (merge.UndoneAt, merge.UndoneBy) = (time.Now(), actor.Id);
            await ApplyAsync(db, workspaceId, changes, cancellation);
            Audit(db, actor, "contact.unmerged", merge);
            await db.SaveChangesAsync(cancellation);
            return merge;
        }, cancellation);

    /// <summary>The merges in force among the contacts of some persons.</summary>
    private static async Task<ContactGraph> GraphAsync(HarkDbContext db, Guid workspaceId, Guid[] canonicals, CancellationToken cancellation)
    {
        var members = await db.Contacts.Where(c => c.WorkspaceId == workspaceId && canonicals.Contains(c.CanonicalId)).Select(c => c.ContactId).ToListAsync(cancellation);
        var merges = await db.ContactMerges.AsNoTracking()
            .Where(m => m.WorkspaceId == workspaceId && m.UndoneAt == null && members.Contains(m.FromContactId)).ToListAsync(cancellation);
        return new ContactGraph(merges.Select(Edge));
    }

    private static async Task ApplyAsync(HarkDbContext db, Guid workspaceId, IReadOnlyList<CanonicalChange> changes, CancellationToken cancellation)
    {
        var ids = changes.Select(c => c.ContactId).ToList();
        var contacts = await db.Contacts.Where(c => c.WorkspaceId == workspaceId && ids.Contains(c.ContactId)).ToDictionaryAsync(c => c.ContactId, cancellation);
        foreach (var change in changes) contacts[change.ContactId].CanonicalId = change.CanonicalId;
    }

    private void Audit(HarkDbContext db, Actor actor, string action, ContactMerge merge) =>
        db.Audit(merge.WorkspaceId, actor, time.Now(), action, "contact_merge", merge.MergeId.ToString(), new { from = merge.FromContactId, into = merge.IntoContactId });

    private static Domain.Identity.ContactMerge Edge(ContactMerge merge) => new(merge.MergeId, merge.FromContactId, merge.IntoContactId);
}
