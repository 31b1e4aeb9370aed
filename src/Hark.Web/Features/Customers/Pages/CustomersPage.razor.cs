using System.Globalization;
using Hark.Data.Identity;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Web.Infrastructure.Paging;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Hark.Web.Features.Customers.Pages;

/// <summary>People, those first who were met last, or companies in the order of renewal; a search finds by name, address or id. Only those whom the viewer may see.</summary>
public sealed partial class CustomersPage
{
    private const int PageSize = 50, Longest = 200;
    private const string ListName = "customers";
    private IReadOnlyList<Contact> _people = [];
    private IReadOnlyList<AccountLine> _accounts = [];
    private string? _next;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private HarkStore Store { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "q")]
    private string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "view")]
    private string? View { get; set; }

    [SupplyParameterFromQuery(Name = "cursor")]
    private string? Cursor { get; set; }

    private bool OfAccounts => View == "accounts";

    /// <summary>What is looked for; null where it is too long to be anybody.</summary>
    private string? Words => Query?.Trim() is { Length: > 0 and <= Longest } words && !words.Contains('\0', StringComparison.Ordinal) ? words : null;

    protected override async Task OnInitializedAsync()
    {
        var caller = Viewer.Required;
        if (OfAccounts) await ReadAccountsAsync(caller);
        else await ReadPeopleAsync(caller);
    }

    private async Task ReadPeopleAsync(Infrastructure.Auth.Caller caller)
    {
        if (Words is { } words)
        {
            var hits = caller.Persons.SeesNobody ? [] : await Finder.FindAsync(caller.WorkspaceId, caller.Persons, words, PageSize, Http.RequestAborted);
            _people = await FoundAsync(caller.WorkspaceId, [.. hits.Select(h => h.ContactId)]);
            return;
        }
        var page = PageRequest.Read(ListName, 1, Cursor, PageSize) is { Ok: true } read ? read.Value : new PageRequest(PageSize, null);
        var rows = await Contacts.ListAsync(caller.WorkspaceId, caller.Persons, page.After?.Id(0), page.Take, Http.RequestAborted);
        var cut = page.Cut(ListName, rows, p => p, p => [p.ContactId]);
        (_people, _next) = (cut.Items, Next(cut.NextCursor));
    }

    private async Task ReadAccountsAsync(Infrastructure.Auth.Caller caller)
    {
        var page = PageRequest.Read(ListName + "-accounts", 2, Cursor, PageSize) is { Ok: true } read ? read.Value : new PageRequest(PageSize, null);
        var after = page.After is { } a ? new AccountLine(a.Id(1), "", null, null, null, a.Text(0) is { Length: > 0 } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null) : null;
        var rows = await Accounts.ListAsync(caller.WorkspaceId, caller.Persons, Words, after, page.Take, Http.RequestAborted);
        var cut = page.Cut(ListName + "-accounts", rows, p => p, p => [p.RenewsOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", p.AccountId]);
        (_accounts, _next) = (cut.Items, Next(cut.NextCursor));
    }

    private async Task<IReadOnlyList<Contact>> FoundAsync(Guid workspaceId, List<Guid> ids)
    {
        await using var db = Store.Read();
        return [.. db.Contacts.Where(c => c.WorkspaceId == workspaceId && ids.Contains(c.ContactId)).AsEnumerable().OrderBy(c => ids.IndexOf(c.ContactId))];
    }

    private string? Next(string? cursor) => cursor is null ? null : QueryHelpers.AddQueryString("/customers",
        new Dictionary<string, string?> { ["view"] = View, ["q"] = Query, ["cursor"] = cursor }.Where(p => !string.IsNullOrEmpty(p.Value)));

    private string Money(AccountLine account) => CustomerTexts.Money(T, account.AnnualValue, account.Currency);

    private string Renewal(DateOnly? day) => CustomerTexts.Day(T, day);
}
