using System.Data.Common;
using Hark.Data.Intake;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Store;
using Hark.Data.Understanding;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Hark.Data.Identity;

/// <summary>What was erased of a person.</summary>
public sealed record Erasure(int Contacts, int Signals, int Cases, int Messages);

/// <summary>
/// Erases a person: names, addresses, ids, traits, every word they wrote or were written, and what could lead back to them, in one transaction. The facts stay, without a person: scores,
/// times, topics, outcomes; so no number changes.
/// </summary>
/// <remarks>
/// Whoever adds a table that holds words or addresses of customers adds its statement here; a test fills the store with one person, erases them and searches every column and file.
/// </remarks>
public sealed class ErasePerson(HarkStore store, SearchIndexer search, TimeProvider time)
{
    private const string Signals = "SELECT signal_id FROM signals WHERE workspace_id = @workspace AND contact_id IN (SELECT contact_id FROM contacts WHERE workspace_id = @workspace AND canonical_id = @person)";
    private const string Contacts = "SELECT contact_id FROM contacts WHERE workspace_id = @workspace AND canonical_id = @person";
    private const string Cases = $"SELECT case_id FROM cases WHERE workspace_id = @workspace AND contact_id IN ({Contacts})";
    private const string Messages = $"workspace_id = @workspace AND (contact_id IN ({Contacts}) OR case_id IN ({Cases}))";

    /// <summary>In this order: what is found by the contact goes before the contact.</summary>
    private static readonly (string What, string Sql)[] Statements =
    [
        ("", $"DELETE FROM search_queue WHERE workspace_id = @workspace AND signal_id IN ({Signals})"),
        ("", $"DELETE FROM verbatims WHERE workspace_id = @workspace AND signal_id IN ({Signals})"),
        ("", $"UPDATE case_events SET text = NULL WHERE workspace_id = @workspace AND case_id IN ({Cases})"),
        ("", $"DELETE FROM case_attachments WHERE workspace_id = @workspace AND case_id IN ({Cases})"),
        ("", $"UPDATE verifications SET comment = NULL WHERE workspace_id = @workspace AND case_id IN ({Cases})"),
        ("", $"UPDATE call_backs SET phone = NULL, note = NULL WHERE workspace_id = @workspace AND case_id IN ({Cases})"),
        ("", $"UPDATE outbox_attempts SET detail = NULL WHERE workspace_id = @workspace AND message_id IN (SELECT message_id FROM outbox_messages WHERE {Messages})"),
        ("", $"UPDATE outbox_messages SET state = 'cancelled' WHERE {Messages} AND state IN ('pending', 'parked')"),
        ("messages", $$"""UPDATE outbox_messages SET payload = '{}', last_error = NULL, destination = CASE WHEN kind = 'email' THEN '' ELSE destination END WHERE {{Messages}}"""),
        ("cases", $"UPDATE cases SET title = NULL, join_key = NULL WHERE workspace_id = @workspace AND contact_id IN ({Contacts})"),
        ("signals", $"""
            UPDATE signals SET external_id = NULL, subject_order = NULL, ticket = NULL, attributes = NULL
            WHERE workspace_id = @workspace AND contact_id IN ({Contacts})
            """),
        ("", $"UPDATE contact_merges SET reason = '' WHERE workspace_id = @workspace AND (from_contact_id IN ({Contacts}) OR into_contact_id IN ({Contacts}))"),
        // Entries that earlier versions wrote with what somebody had typed to find the person: they keep who read and when, and name our id. Reads the log once; erasing is rare.
        ("", $"""
            UPDATE audit_entries SET target_id = @target WHERE workspace_id = @workspace AND target_kind = 'contact'
              AND lower(target_id) IN (SELECT lower(value) FROM contact_identities WHERE workspace_id = @workspace AND contact_id IN ({Contacts}))
            """),
        ("", $"DELETE FROM contact_identities WHERE workspace_id = @workspace AND contact_id IN ({Contacts})"),
        ("contacts", """
            UPDATE contacts SET email = NULL, phone = NULL, name = NULL, locale = NULL, traits = NULL, account_id = NULL, unsubscribed_at = COALESCE(unsubscribed_at, @now), erased_at = @now
            WHERE workspace_id = @workspace AND canonical_id = @person
            """),
    ];

    /// <returns>How much it was; <c>not_found</c> also for somebody who was erased before.</returns>
    public async Task<Result<Erasure>> RunAsync(Guid workspaceId, Guid contactId, Actor actor, CancellationToken cancellation = default)
    {
        var erased = await store.WriteAsync(db => ApplyAsync(db, workspaceId, contactId, actor, cancellation), cancellation);
        if (erased is null) return Error.NotFound("contact");
        await search.FoldAsync(cancellation);
        if (store.Dialect.DropOldCopies is { Length: > 0 } drop) await DropOldCopiesAsync(drop, cancellation);
        return erased;
    }

    private async Task<Erasure?> ApplyAsync(HarkDbContext db, Guid workspaceId, Guid contactId, Actor actor, CancellationToken cancellation)
    {
        var person = await db.Contacts.Where(c => c.WorkspaceId == workspaceId && c.ContactId == contactId && c.ErasedAt == null).Select(c => (Guid?)c.CanonicalId).SingleOrDefaultAsync(cancellation);
        if (person is not { } canonical) return null;
        var now = time.Now();
        await ForgetWordsAsync(db, workspaceId, canonical, cancellation);
        var counts = new Dictionary<string, int>();
        foreach (var (what, sql) in Statements)
        {
            await using var command = await db.CommandAsync(sql, cancellation);
            Bind(command, workspaceId, canonical, now);
            counts[what] = await command.ExecuteNonQueryAsync(cancellation);
        }
        var erased = new Erasure(counts["contacts"], counts["signals"], counts["cases"], counts["messages"]);
        db.Audit(workspaceId, actor, now, "contact.erased", "contact", canonical.ToString(), erased);
        await db.SaveChangesAsync(cancellation);
        return erased;
    }

    /// <summary>Takes the person's words out of the search index and of what a language model was given, and tells those who keep facts in memory that their attributes go.</summary>
    private async Task ForgetWordsAsync(HarkDbContext db, Guid workspaceId, Guid person, CancellationToken cancellation)
    {
        var signals = await IdsAsync(db, Signals, workspaceId, person, cancellation);
        await SentWords.ForgetAsync(db, workspaceId, signals.Concat(await IdsAsync(db, Cases, workspaceId, person, cancellation)), cancellation);
        var entries = signals.ConvertAll(id => new SearchEntry(workspaceId, id, null));
        await store.Dialect.ExecuteEachAsync(db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction(), store.Dialect.Search.Remove, entries, cancellation);
        var now = time.Now();
        var changes = entries.Select(e => new SignalChange
        {
            WorkspaceId = workspaceId,
            ChangeId = Guid.CreateVersion7(now),
            SignalId = e.SignalId,
        });
        await store.Dialect.InsertAsync(db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction(), IntakeStatements.Changes, [.. changes], cancellation);
    }

    private async Task<List<Guid>> IdsAsync(HarkDbContext db, string sql, Guid workspaceId, Guid person, CancellationToken cancellation)
    {
        var ids = new List<Guid>();
        await using var command = await db.CommandAsync(sql, cancellation);
        Bind(command, workspaceId, person, null);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) ids.Add(store.Dialect.ReadGuid(reader, 0));
        return ids;
    }

    private async Task DropOldCopiesAsync(string sql, CancellationToken cancellation)
    {
        using var turn = await store.EnterAsync(cancellation);
        await using var db = store.Read();
        await using var command = await db.CommandAsync(sql, cancellation);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private void Bind(DbCommand command, Guid workspaceId, Guid person, DateTimeOffset? now)
    {
        store.Dialect.Add(command, "workspace", workspaceId);
        store.Dialect.Add(command, "person", person);
        if (command.CommandText.Contains("@target", StringComparison.Ordinal)) store.Dialect.Add(command, "target", person.ToString());
        if (now is { } at && command.CommandText.Contains("@now", StringComparison.Ordinal)) store.Dialect.Add(command, "now", at);
    }
}
