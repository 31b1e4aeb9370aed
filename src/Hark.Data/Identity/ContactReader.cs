using Hark.Data.Model;
using Hark.Data.Queries;
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
    /// <summary>The person whom a contact belongs to. <c>not_found</c> also where they may not be seen.</summary>
    public async Task<Result<Person>> FindAsync(Guid workspaceId, Guid contactId, PersonScope scope, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var canonical = await db.Contacts.Where(c => c.WorkspaceId == workspaceId && c.ContactId == contactId).Select(c => (Guid?)c.CanonicalId).SingleOrDefaultAsync(cancellation);
        if (canonical is null) return Error.NotFound("contact");
        var contacts = await db.Contacts.Where(c => c.WorkspaceId == workspaceId && c.CanonicalId == canonical).OrderBy(c => c.ContactId).ToListAsync(cancellation);
        var ids = contacts.Select(c => c.ContactId).ToList();
        if (!await SeesAsync(db, workspaceId, ids, scope, cancellation)) return Error.NotFound("contact");
        var person = new Person(contacts.Single(c => c.ContactId == canonical), contacts,
            await db.ContactIdentities.Where(i => i.WorkspaceId == workspaceId && ids.Contains(i.ContactId)).OrderBy(i => i.Kind).ThenBy(i => i.Value).ToListAsync(cancellation),
            await db.ContactMerges.Where(m => m.WorkspaceId == workspaceId && ids.Contains(m.FromContactId) && m.UndoneAt == null).OrderBy(m => m.MergeId).ToListAsync(cancellation));
        await AuditAsync(workspaceId, canonical.Value, actor, cancellation);
        return person;
    }

    /// <summary>A page of persons, those first who were met last.</summary>
    /// <param name="before">Only contacts below this id; null begins at the newest.</param>
    public async Task<IReadOnlyList<Contact>> ListAsync(Guid workspaceId, PersonScope scope, Guid? before, int take, CancellationToken cancellation = default)
    {
        if (scope.SeesNobody) return [];
        await using var db = store.Read();
        var sql = new SqlConditions(store.Dialect);
        if (before is { } below) sql.Add($"p.contact_id < {sql.Value(below)}");
        if (scope.Condition(sql, "contact_id", "p.contact_id") is { } seen) sql.Add(seen);
        var ids = await IdsAsync(db, workspaceId, sql, take, cancellation);
        return await db.Contacts.Where(c => c.WorkspaceId == workspaceId && ids.Contains(c.ContactId)).OrderByDescending(c => c.ContactId).ToListAsync(cancellation);
    }

    private async Task<List<Guid>> IdsAsync(HarkDbContext db, Guid workspaceId, SqlConditions sql, int take, CancellationToken cancellation)
    {
        await using var command = await db.CommandAsync($"""
            SELECT p.contact_id FROM contacts p WHERE p.workspace_id = @workspace AND p.canonical_id = p.contact_id AND p.erased_at IS NULL{sql}
            ORDER BY p.contact_id DESC LIMIT @take
            """, cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        store.Dialect.Add(command, "take", take);
        sql.Bind(command);
        var ids = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) ids.Add(store.Dialect.ReadGuid(reader, 0));
        return ids;
    }

    private async Task<bool> SeesAsync(HarkDbContext db, Guid workspaceId, List<Guid> ids, PersonScope scope, CancellationToken cancellation)
    {
        var sql = new SqlConditions(store.Dialect);
        if (scope.Condition(sql, "contact_id", "p.contact_id") is not { } seen) return true;
        if (scope.SeesNobody) return false;
        sql.Add(sql.AnyOf("p.contact_id", ColumnType.Uuid, ids));
        sql.Add(seen);
        await using var command = await db.CommandAsync($"SELECT 1 FROM contacts p WHERE p.workspace_id = @workspace{sql} LIMIT 1", cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        sql.Bind(command);
        return await command.ExecuteScalarAsync(cancellation) is not null;
    }

    /// <summary>The contact that owns an identity; null when nobody has it.</summary>
    public async Task<Guid?> OwnerAsync(Guid workspaceId, IdentityKey key, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await db.ContactIdentities.Where(i => i.WorkspaceId == workspaceId && i.Kind == key.Kind && i.Value == key.Value).Select(i => (Guid?)i.ContactId).SingleOrDefaultAsync(cancellation);
    }

    private Task AuditAsync(Guid workspaceId, Guid contactId, Actor actor, CancellationToken cancellation) => store.WriteAsync(async db =>
    {
        db.Audit(workspaceId, actor, time.Now(), "contact.read", "contact", contactId.ToString());
        await db.SaveChangesAsync(cancellation);
    }, cancellation);
}
