using Hark.Data.Cases;
using Hark.Data.Identity;
using Hark.Data.Signals;
using Hark.Data.Store;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Web.Features.Signals;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Features.Customers;

/// <summary>Everything that is kept about a person, as JSON for them: what they may ask for by law. That it was taken is written to the audit log.</summary>
internal sealed class ExportPerson(ContactReader contacts, SignalReader signals, PersonTimeline timeline, HarkStore store, TimeProvider time)
{
    private const int PageSize = 500, Most = 100_000;

    public async Task<IResult> RunAsync(Caller caller, Guid contactId, CancellationToken cancellation)
    {
        var found = await contacts.FindAsync(caller.WorkspaceId, contactId, caller.Persons, caller.Actor, cancellation);
        if (found.Error is { } error) return error.ToProblem();
        var person = found.Value;
        var ids = person.Contacts.Select(c => c.ContactId).ToList();
        var cases = await timeline.CasesAsync(caller.WorkspaceId, ids, CaseScope.All, DateTimeOffset.MaxValue, Most, cancellation);
        var messages = await timeline.MessagesAsync(caller.WorkspaceId, ids, CaseScope.All, DateTimeOffset.MaxValue, Most, cancellation);
        await AuditAsync(caller, person.Canonical.ContactId, cancellation);
        var document = new
        {
            exported_at = time.Now(),
            person = Contacts.ContactView.Of(person),
            consents = await timeline.ConsentsAsync(caller.WorkspaceId, person, cancellation),
            signals = await SignalsAsync(caller, person, cancellation),
            cases = await CasesAsync(caller.WorkspaceId, cases, cancellation),
            messages = messages.Select(m => new { at = m.At, topic = m.Message.Topic, to = m.Message.Destination, subject = m.Mail?.Subject, text = m.Mail?.Text }),
        };
        return TypedResults.File(System.Text.Encoding.UTF8.GetBytes(HarkJson.Write(document)), "application/json; charset=utf-8", $"person-{person.Canonical.ContactId:N}.json");
    }

    private async Task<IReadOnlyList<SignalView>> SignalsAsync(Caller caller, Person person, CancellationToken cancellation)
    {
        var all = new List<SignalView>();
        (DateTimeOffset, Guid)? after = null;
        while (true)
        {
            var filter = new SignalFilter { Contact = person.Canonical.ContactId.ToString() };
            var page = await signals.ListAsync(new SignalListQuery(caller.WorkspaceId, null, null, filter, after, PageSize), cancellation);
            all.AddRange(page.Select(s => SignalView.Of(caller.Workspace, s)));
            if (page.Count < PageSize) return all;
            after = (page[^1].Signal.OccurredAt, page[^1].Signal.SignalId);
        }
    }

    private async Task<IEnumerable<object>> CasesAsync(Guid workspaceId, IReadOnlyList<Case> cases, CancellationToken cancellation)
    {
        await using var db = store.Read();
        var ids = cases.Select(c => c.CaseId).ToList();
        var events = (await db.CaseEvents.Where(e => e.WorkspaceId == workspaceId && ids.Contains(e.CaseId) && e.Text != null).OrderBy(e => e.EventId).ToListAsync(cancellation)).ToLookup(e => e.CaseId);
        var answers = (await db.Verifications.Where(v => v.WorkspaceId == workspaceId && ids.Contains(v.CaseId)).OrderBy(v => v.Round).ToListAsync(cancellation)).ToLookup(v => v.CaseId);
        var calls = (await db.CallBacks.Where(b => b.WorkspaceId == workspaceId && ids.Contains(b.CaseId)).OrderBy(b => b.SlotStart).ToListAsync(cancellation)).ToLookup(b => b.CaseId);
        return [.. cases.Select(c => (object)new
        {
            number = c.Number,
            opened_at = c.OpenedAt,
            state = c.State,
            title = c.Title,
            outcome = c.Outcome,
            root_cause = c.RootCause,
            resolved_at = c.ResolvedAt,
            said = events[c.CaseId].Select(e => new { at = e.At, kind = e.Kind, text = e.Text }),
            answers = answers[c.CaseId].Select(v => new { asked_at = v.AskedAt, answered_at = v.AnsweredAt, solved = v.Solved, comment = v.Comment }),
            call_backs = calls[c.CaseId].Select(b => new { slot_start = b.SlotStart, slot_end = b.SlotEnd, state = b.State, phone = b.Phone, note = b.Note }),
        })];
    }

    private Task AuditAsync(Caller caller, Guid person, CancellationToken cancellation) => store.WriteAsync(async db =>
    {
        db.Audit(caller.WorkspaceId, caller.Actor, time.Now(), "contact.exported", "contact", person.ToString());
        await db.SaveChangesAsync(cancellation);
    }, cancellation);
}
