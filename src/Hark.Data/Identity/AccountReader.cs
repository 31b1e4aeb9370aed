using Hark.Data.Model;
using Hark.Data.Queries;
using Hark.Data.Store;
using Hark.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Identity;

/// <summary>A company as a line of a list.</summary>
public sealed record AccountLine(Guid AccountId, string ExternalId, string? Name, decimal? AnnualValue, string? Currency, DateOnly? RenewsOn);

/// <summary>Reads companies, those that somebody may see: who sees one of their people or signals, sees the company.</summary>
public sealed class AccountReader(HarkStore store)
{
    private const string Columns = "p.account_id, p.external_id, p.name, p.annual_value, p.currency, p.renews_on";

    /// <summary>A page in the order of renewal, those without a date last and newest first.</summary>
    /// <param name="after">The last line of the page before.</param>
    public async Task<IReadOnlyList<AccountLine>> ListAsync(Guid workspaceId, PersonScope scope, string? text, AccountLine? after, int take, CancellationToken cancellation = default)
    {
        if (scope.SeesNobody) return [];
        var dated = after is { RenewsOn: null } ? [] : await PageAsync(workspaceId, scope, text, dated: true, after, take, cancellation);
        if (dated.Count == take) return dated;
        return [.. dated, .. await PageAsync(workspaceId, scope, text, dated: false, after is { RenewsOn: null } ? after : null, take - dated.Count, cancellation)];
    }

    /// <summary>One company; <c>not_found</c> also where it may not be seen.</summary>
    public async Task<Result<Account>> FindAsync(Guid workspaceId, Guid accountId, PersonScope scope, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.WorkspaceId == workspaceId && a.AccountId == accountId, cancellation);
        if (account is null || scope.SeesNobody) return Error.NotFound("account");
        var sql = new SqlConditions(store.Dialect);
        if (scope.Condition(sql, "account_id", "p.account_id") is not { } seen) return account;
        sql.Add($"p.account_id = {sql.Value(accountId)}");
        sql.Add(seen);
        await using var command = await db.CommandAsync($"SELECT 1 FROM accounts p WHERE p.workspace_id = @workspace{sql}", cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        sql.Bind(command);
        return await command.ExecuteScalarAsync(cancellation) is null ? Error.NotFound("account") : account;
    }

    /// <summary>The people of a company, those first who spoke last; only those that may be seen.</summary>
    public async Task<IReadOnlyList<Contact>> PeopleAsync(Guid workspaceId, Guid accountId, PersonScope scope, int take, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var sql = new SqlConditions(store.Dialect);
        sql.Add($"p.account_id = {sql.Value(accountId)}");
        if (scope.Condition(sql, "contact_id", "p.contact_id") is { } seen) sql.Add(seen);
        await using var command = await db.CommandAsync($"SELECT p.contact_id FROM contacts p WHERE p.workspace_id = @workspace AND p.canonical_id = p.contact_id{sql} ORDER BY p.last_signal_at DESC LIMIT @take", cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        store.Dialect.Add(command, "take", take);
        sql.Bind(command);
        var ids = new List<Guid>();
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) ids.Add(store.Dialect.ReadGuid(reader, 0));
        return await db.Contacts.Where(c => c.WorkspaceId == workspaceId && ids.Contains(c.ContactId)).OrderByDescending(c => c.LastSignalAt).ToListAsync(cancellation);
    }

    private async Task<IReadOnlyList<AccountLine>> PageAsync(Guid workspaceId, PersonScope scope, string? text, bool dated, AccountLine? after, int take, CancellationToken cancellation)
    {
        await using var db = store.Read();
        var dialect = store.Dialect;
        var sql = new SqlConditions(dialect);
        sql.Add(dated ? "p.renews_on IS NOT NULL" : "p.renews_on IS NULL");
        if (after is not null)
            sql.Add(dated ? $"(p.renews_on, p.account_id) > ({sql.Value(after.RenewsOn)}, {sql.Value(after.AccountId)})" : $"p.account_id < {sql.Value(after.AccountId)}");
        if (text is not null)
        {
            var pattern = sql.Value(SqlText.Containing(text.ToLowerInvariant()));
            sql.Add($@"(lower(p.name) LIKE {pattern} ESCAPE '\' OR p.name LIKE {sql.Value(SqlText.Containing(text))} ESCAPE '\' OR lower(p.external_id) LIKE {pattern} ESCAPE '\')");
        }
        if (scope.Condition(sql, "account_id", "p.account_id") is { } seen) sql.Add(seen);
        await using var command = await db.CommandAsync($"SELECT {Columns} FROM accounts p WHERE p.workspace_id = @workspace{sql} ORDER BY {(dated ? "p.renews_on, p.account_id" : "p.account_id DESC")} LIMIT @take", cancellation);
        dialect.Add(command, "workspace", workspaceId);
        dialect.Add(command, "take", take);
        sql.Bind(command);
        var lines = new List<AccountLine>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            lines.Add(new(dialect.ReadGuid(reader, 0), reader.GetString(1), reader.Text(2), dialect.Money(reader, 3), reader.Text(4), reader.IsDBNull(5) ? null : reader.GetFieldValue<DateOnly>(5)));
        return lines;
    }
}
