using Hark.Data.Intake;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Routing;

/// <summary>Stored signals with everything that rules may look at, as it was when each was received (contacts and accounts as they are now).</summary>
internal sealed class RoutingHistory(WorkspaceSnapshot workspace, HarkDbContext db, ISqlDialect dialect)
{
    private readonly Dictionary<Guid, Contact> _contacts = [];
    private readonly Dictionary<Guid, Account> _accounts = [];
    private readonly Dictionary<Guid, List<DateTimeOffset>> _times = [];

    /// <summary>Newest first.</summary>
    public async Task<List<(Signal Row, Verbatim? Words)>> LoadAsync(DryRunScope scope, ConditionNeeds needs, CancellationToken cancellation)
    {
        var signals = await SignalsAsync(scope, cancellation);
        var contacts = signals.Where(s => s.Row.ContactId is not null).Select(s => s.Row.ContactId!.Value).Distinct().ToList();
        foreach (var part in contacts.Chunk(500))
            foreach (var contact in await db.Contacts.Where(c => c.WorkspaceId == workspace.WorkspaceId && part.Contains(c.ContactId)).ToListAsync(cancellation))
                _contacts[contact.ContactId] = contact;
        var accounts = signals.Where(s => s.Row.AccountId is not null).Select(s => s.Row.AccountId!.Value).Distinct().ToList();
        foreach (var part in accounts.Chunk(500))
            foreach (var account in await db.Accounts.Where(a => a.WorkspaceId == workspace.WorkspaceId && part.Contains(a.AccountId)).ToListAsync(cancellation))
                _accounts[account.AccountId] = account;
        var days = needs.SignalWindows.Concat(WorkspacePolicies.Of(workspace).Segments.Needs.SignalWindows).DefaultIfEmpty(0).Max();
        if (days > 0) await TimesAsync(contacts, scope.From.AddDays(-days), cancellation);
        return signals;
    }

    public Guid? PersonOf(Signal row) => row.ContactId is { } id && _contacts.TryGetValue(id, out var contact) ? contact.CanonicalId : row.ContactId;

    public RoutingContext Context(Signal row, Verbatim? words)
    {
        var person = PersonOf(row);
        return new RoutingContext
        {
            Signal = SignalFacts.ToPrepared(row, words, workspace.SourceById.GetValueOrDefault(row.SourceId)?.Name ?? ""),
            Now = row.ReceivedAt,
            Contact = row.ContactId is { } id && _contacts.TryGetValue(id, out var contact) ? Facts(contact, row) : null,
            Account = row.AccountId is { } of && _accounts.TryGetValue(of, out var account) ? AccountBook.Facts(account) : null,
            Cohort = row.Cohort,
            SignalsByContactWithinDays = days => person is { } p && _times.TryGetValue(p, out var times)
                ? times.Count(t => t >= row.ReceivedAt.AddDays(-days) && t <= row.ReceivedAt) : 0,
        };
    }

    private static ContactFacts Facts(Contact contact, Signal row) => new()
    {
        ContactId = contact.ContactId,
        Email = contact.Email,
        Phone = contact.Phone,
        Name = contact.Name,
        Locale = contact.Locale,
        Persona = row.Persona ?? contact.Persona,
        Traits = SignalJson.Values(contact.Traits),
        FirstSignalAt = contact.FirstSignalAt,
    };

    private async Task<List<(Signal Row, Verbatim? Words)>> SignalsAsync(DryRunScope scope, CancellationToken cancellation)
    {
        var only = scope.SourceId is null ? "" : "AND s.source_id = @source";
        await using var command = await db.CommandAsync($"""
            SELECT {SignalColumns.Select}, v.text, v.answers FROM signals s
            LEFT JOIN verbatims v ON v.workspace_id = s.workspace_id AND v.signal_id = s.signal_id
            WHERE s.workspace_id = @workspace AND s.occurred_at >= @from AND s.occurred_at < @to {only}
            ORDER BY s.occurred_at DESC, s.signal_id DESC LIMIT @limit
            """, cancellation);
        dialect.Add(command, "workspace", workspace.WorkspaceId);
        dialect.Add(command, "from", scope.From);
        dialect.Add(command, "to", scope.To);
        dialect.Add(command, "limit", (long)scope.Limit);
        if (scope.SourceId is { } source) dialect.Add(command, "source", source);
        var signals = new List<(Signal Row, Verbatim? Words)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) signals.Add((SignalColumns.Read(reader, dialect), StoredSignals.WordsOf(reader, dialect)));
        return signals;
    }

    private async Task TimesAsync(List<Guid> contacts, DateTimeOffset since, CancellationToken cancellation)
    {
        var statements = new Statements(db.Database.GetDbConnection(), dialect);
        var windows = new ContactWindows(workspace.WorkspaceId, statements);
        await windows.LoadAsync([.. contacts.Select(c => _contacts.TryGetValue(c, out var known) ? known.CanonicalId : c).Distinct()], since, cancellation);
        foreach (var (person, times) in windows.All) _times[person] = times;
    }
}
