using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Identity;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using ContactMerge = Hark.Data.Model.ContactMerge;

namespace Hark.Data.Identity;

/// <summary>A person: the contact that stands for them, every contact merged into it, and by what they are known.</summary>
public sealed record Person(Contact Canonical, IReadOnlyList<Contact> Contacts, IReadOnlyList<ContactIdentity> Identities, IReadOnlyList<ContactMerge> Merges);

/// <summary>Reads persons. Whoever looks is written into the audit log.</summary>
public sealed class ContactReader(HarkStore store, TimeProvider time)
{
    /// <summary>The person whom a contact belongs to.</summary>
    public async Task<Result<Person>> FindAsync(Guid workspaceId, Guid contactId, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var canonical = await db.Contacts.Where(c => c.WorkspaceId == workspaceId && c.ContactId == contactId).Select(c => (Guid?)c.CanonicalId).SingleOrDefaultAsync(cancellation);
        if (canonical is null) return Error.NotFound("contact");
        var contacts = await db.Contacts.Where(c => c.WorkspaceId == workspaceId && c.CanonicalId == canonical).OrderBy(c => c.ContactId).ToListAsync(cancellation);
        var ids = contacts.Select(c => c.ContactId).ToList();
        var person = new Person(contacts.Single(c => c.ContactId == canonical), contacts,
            await db.ContactIdentities.Where(i => i.WorkspaceId == workspaceId && ids.Contains(i.ContactId)).OrderBy(i => i.Kind).ThenBy(i => i.Value).ToListAsync(cancellation),
            await db.ContactMerges.Where(m => m.WorkspaceId == workspaceId && ids.Contains(m.FromContactId) && m.UndoneAt == null).OrderBy(m => m.MergeId).ToListAsync(cancellation));
        await AuditAsync(workspaceId, canonical.Value, actor, cancellation);
        return person;
    }

    /// <summary>The contact that owns an identity; null when nobody has it.</summary>
    public async Task<Guid?> OwnerAsync(Guid workspaceId, IdentityKey key, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await db.ContactIdentities.Where(i => i.WorkspaceId == workspaceId && i.Kind == key.Kind && i.Value == key.Value).Select(i => (Guid?)i.ContactId).SingleOrDefaultAsync(cancellation);
    }

    private Task AuditAsync(Guid workspaceId, Guid contactId, Actor actor, CancellationToken cancellation) => store.WriteAsync(async db =>
    {
        db.AuditEntries.Add(new AuditEntry
        {
            WorkspaceId = workspaceId,
            EntryId = time.NewId(),
            At = time.Now(),
            ActorKind = actor.Kind,
            ActorId = actor.Id,
            Action = "contact.read",
            TargetKind = "contact",
            TargetId = contactId.ToString(),
        });
        await db.SaveChangesAsync(cancellation);
    }, cancellation);
}
