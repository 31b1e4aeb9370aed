using System.Data.Common;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Identity;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Signals;

/// <summary>A signal with the words and the people behind it, as far as they are still there.</summary>
/// <param name="ContactKey">The source's own id of the contact; null where it sent none.</param>
public sealed record SignalRead(Signal Signal, Verbatim? Words, Contact? Contact, string? ContactKey, Account? Account);

/// <summary>Reads single signals and pages of them. Scopes are part of the query: what may not be seen is not there.</summary>
public sealed class SignalReader(HarkStore store, TimeProvider time)
{
    /// <summary>One page, newest first.</summary>
    public async Task<IReadOnlyList<SignalRead>> ListAsync(SignalListQuery query, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        await using var command = await query.ToCommandAsync(db, store.Dialect, cancellation);
        return await ReadAsync(db, query.WorkspaceId, command, cancellation);
    }

    /// <summary>One signal; that a person's signal was read is written down with who read it.</summary>
    /// <param name="scope">Whose signals the reader may see; null for all.</param>
    /// <returns><c>not_found</c> also where it may not be seen.</returns>
    public async Task<Result<SignalRead>> GetAsync(Guid workspaceId, Guid signalId, WordScope? scope, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var sql = await new SignalFilter { Scope = scope }.ToSqlAsync(db, store.Dialect, workspaceId, cancellation);
        sql.Add($"s.signal_id = {sql.Value(signalId)}");
        await using var command = await db.CommandAsync($"SELECT {SignalListQuery.Columns} {SignalListQuery.Facts} WHERE s.workspace_id = @workspace{sql}", cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        sql.Bind(command);
        if (await ReadAsync(db, workspaceId, command, cancellation) is not [var found]) return Error.NotFound("signal");
        if (found.Words is not null || found.Contact is not null) await AuditAsync(workspaceId, actor, "signal", signalId.ToString(), cancellation);
        return found;
    }

    /// <summary>Writes down that the signals of one person were read: by our id, for what was typed may be an address, which would outlive the person here.</summary>
    public async Task AuditContactAsync(Guid workspaceId, Actor actor, string contact, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        if (await SignalFilterSql.SamePersonAsync(db, store.Dialect, workspaceId, contact, cancellation) is [var id, ..])
            await AuditAsync(workspaceId, actor, "contact", id.ToString(), cancellation);
    }

    private Task AuditAsync(Guid workspaceId, Actor actor, string kind, string id, CancellationToken cancellation) => store.WriteAsync(async db =>
    {
        db.Audit(workspaceId, actor, time.Now(), "signal.read", kind, id);
        await db.SaveChangesAsync(cancellation);
    }, cancellation);

    private async Task<IReadOnlyList<SignalRead>> ReadAsync(HarkDbContext db, Guid workspaceId, DbCommand command, CancellationToken cancellation)
    {
        var rows = new List<(Signal Signal, Verbatim? Words)>();
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                var signal = SignalColumns.Read(reader, store.Dialect);
                var (text, answers) = (reader.Text(SignalColumns.Count), reader.Text(SignalColumns.Count + 1));
                rows.Add((signal, text is null && answers is null ? null : new() { WorkspaceId = workspaceId, SignalId = signal.SignalId, Text = text, Answers = answers }));
            }
        }
        return await WithPeopleAsync(db, workspaceId, rows, cancellation);
    }

    /// <summary>Contacts and accounts of a page, in one query each.</summary>
    private static async Task<IReadOnlyList<SignalRead>> WithPeopleAsync(HarkDbContext db, Guid workspaceId, List<(Signal Signal, Verbatim? Words)> rows,
        CancellationToken cancellation)
    {
        var contactIds = rows.Select(r => r.Signal.ContactId).OfType<Guid>().Distinct().ToList();
        var accountIds = rows.Select(r => r.Signal.AccountId).OfType<Guid>().Distinct().ToList();
        var contacts = contactIds.Count == 0 ? [] : await db.Contacts.Where(c => c.WorkspaceId == workspaceId && contactIds.Contains(c.ContactId))
            .ToDictionaryAsync(c => c.ContactId, cancellation);
        var keys = contactIds.Count == 0 ? [] : await db.Set<ContactIdentity>()
            .Where(i => i.WorkspaceId == workspaceId && i.Kind == IdentityKind.External && contactIds.Contains(i.ContactId)).ToListAsync(cancellation);
        var keyOf = keys.GroupBy(k => k.ContactId).ToDictionary(g => g.Key, g => g.Min(k => k.Value));
        var accounts = accountIds.Count == 0 ? [] : await db.Accounts.Where(a => a.WorkspaceId == workspaceId && accountIds.Contains(a.AccountId))
            .ToDictionaryAsync(a => a.AccountId, cancellation);
        return
        [
            .. rows.Select(r => new SignalRead(r.Signal, r.Words,
                r.Signal.ContactId is { } contact ? contacts.GetValueOrDefault(contact) : null, r.Signal.ContactId is { } key ? keyOf.GetValueOrDefault(key) : null,
                r.Signal.AccountId is { } account ? accounts.GetValueOrDefault(account) : null)),
        ];
    }
}
