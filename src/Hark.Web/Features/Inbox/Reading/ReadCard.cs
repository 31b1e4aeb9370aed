using Hark.Data.Cases;
using Hark.Data.Identity;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Store;
using Hark.Web.Infrastructure.Auth;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Features.Inbox.Reading;

/// <summary>The customer at the side of a case.</summary>
/// <param name="Signals">The newest, of those whose words the person may read.</param>
/// <param name="Cases">Other cases of the customer that the person may see, open ones first.</param>
public sealed record CustomerCard(Person Person, Account? Account, IReadOnlyList<SignalRead> Signals, IReadOnlyList<CaseLine> Cases);

/// <summary>Reads the customer card.</summary>
internal sealed class ReadCard(ContactReader contacts, SignalReader signals, CaseListQuery cases, HarkStore store)
{
    private const int MostSignals = 5, MostCases = 4;

    /// <returns>Null for a case of nobody.</returns>
    public async Task<CustomerCard?> RunAsync(CaseModel model, CancellationToken cancellation)
    {
        var (caller, c) = (model.Caller, model.Case);
        if (c.ContactId is not { } contactId) return null;
        var person = await contacts.FindAsync(caller.WorkspaceId, contactId, caller.Persons, caller.Actor, cancellation);
        if (!person.Ok) return null;
        var filter = new SignalFilter { Contact = contactId.ToString(), Scope = WordScope.Of(caller.Workspace, caller.TeamScope) };
        var others = await cases.ReadAsync(caller.WorkspaceId, InboxRequest.ScopeOf(caller), new CaseFilter { ContactId = contactId }, null, MostCases + 1, model.Now, cancellation);
        return new(person.Value, await AccountAsync(caller, c.AccountId ?? person.Value.Canonical.AccountId, cancellation),
            await signals.ListAsync(new SignalListQuery(caller.WorkspaceId, null, null, filter, null, MostSignals), cancellation),
            [.. others.Where(o => o.Number != c.Number).Take(MostCases)]);
    }

    private async Task<Account?> AccountAsync(Caller caller, Guid? accountId, CancellationToken cancellation)
    {
        if (accountId is not { } id) return null;
        await using var db = store.Read();
        return await db.Accounts.SingleOrDefaultAsync(a => a.WorkspaceId == caller.WorkspaceId && a.AccountId == id, cancellation);
    }
}
