using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Routing;
using Hark.Domain.Signals;

namespace Hark.Data.Intake;

/// <summary>The accounts of one group of signals: found by their own id, made where they are new.</summary>
internal sealed class AccountBook(Guid workspaceId, Statements db, DateTimeOffset now)
{
    private readonly Dictionary<string, Account> _byExternalId = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, Account> _byId = [];
    private readonly HashSet<Account> _touched = [];

    public async Task LoadAsync(IReadOnlyCollection<PreparedSignal> signals, CancellationToken cancellation)
    {
        var ids = signals.Where(s => s.Account is not null).Select(s => s.Account!.Id!).Distinct(StringComparer.Ordinal).ToArray();
        if (ids.Length == 0) return;
        var d = db.Dialect;
        var sql = $"""
            SELECT a.account_id, a.external_id, a.name, a.annual_value, a.currency, a.renews_on, a.traits, a.created_at
            FROM {d.Seek("accounts", "a", "ids", ColumnType.Text, id => $"a.workspace_id = @workspace AND a.external_id = {id}")}
            """;
        await db.QueryAsync(sql, command =>
        {
            d.Add(command, "workspace", workspaceId);
            d.AddArray(command, "ids", ColumnType.Text, ids);
        }, row => Remember(new Account
        {
            WorkspaceId = workspaceId,
            AccountId = d.ReadGuid(row, 0),
            ExternalId = row.GetString(1),
            Name = row.Text(2),
            AnnualValue = d.Money(row, 3),
            Currency = row.Text(4),
            RenewsOn = row.IsDBNull(5) ? null : row.GetFieldValue<DateOnly>(5),
            Traits = row.Text(6),
            CreatedAt = d.ReadTime(row, 7),
        }), cancellation);
    }

    /// <summary>The account of a signal with what the signal says of it; null when it names none.</summary>
    public Account? Resolve(PreparedSignal signal)
    {
        if (signal.Account is not { } named) return null;
        if (!_byExternalId.TryGetValue(named.Id!, out var account))
            account = Remember(new Account { WorkspaceId = workspaceId, AccountId = Guid.CreateVersion7(now), ExternalId = named.Id!, CreatedAt = now });
        account.Name = named.Name ?? account.Name;
        account.AnnualValue = named.AnnualValue ?? account.AnnualValue;
        account.Currency = named.Currency ?? account.Currency;
        account.RenewsOn = named.RenewsOn ?? account.RenewsOn;
        if (named.Traits.Count > 0)
        {
            var traits = new Dictionary<string, Scalar>(SignalJson.Values(account.Traits), StringComparer.Ordinal);
            foreach (var (name, value) in named.Traits) traits[name] = value;
            account.Traits = SignalJson.Write(traits);
        }
        _touched.Add(account);
        return account;
    }

    public static AccountFacts Facts(Account account) => new()
    {
        AccountId = account.AccountId,
        ExternalId = account.ExternalId,
        Name = account.Name,
        AnnualValue = account.AnnualValue,
        Currency = account.Currency,
        RenewsOn = account.RenewsOn,
        Traits = SignalJson.Values(account.Traits),
    };

    public Task FlushAsync(CancellationToken cancellation) => db.InsertAsync(IntakeStatements.Accounts, [.. _touched], cancellation);

    private Account Remember(Account account)
    {
        _byId[account.AccountId] = account;
        return _byExternalId[account.ExternalId] = account;
    }
}
