using Hark.Data.Identity;
using Hark.Data.Signals;
using Hark.Domain.Cases;
using Hark.Web.Infrastructure.Auth;

namespace Hark.Web.Features.Customers;

/// <summary>One line of a customer's timeline: a signal, a case, or a message to them.</summary>
public sealed record TimelineLine(DateTimeOffset At, SignalRead? Signal = null, Case? Case = null, SentMessage? Message = null);

/// <summary>A page of it, newest first.</summary>
/// <param name="Before">Where the next page goes on; null at the end.</param>
public sealed record TimelinePage(IReadOnlyList<TimelineLine> Lines, DateTimeOffset? Before);

/// <summary>Everything that happened with a person or a company, in one order: as far as the viewer may see it.</summary>
internal sealed class ReadTimeline(SignalReader signals, PersonTimeline others)
{
    private const int PageSize = 40;

    public async Task<TimelinePage> OfPersonAsync(Caller caller, Person person, DateTimeOffset before, CancellationToken cancellation)
    {
        var ids = person.Contacts.Select(c => c.ContactId).ToList();
        return Merge(
            await SignalsAsync(caller, new SignalFilter { Contact = person.Canonical.ContactId.ToString(), Scope = caller.Words }, before, cancellation),
            await others.CasesAsync(caller.WorkspaceId, ids, caller.Cases, before, PageSize + 1, cancellation),
            await others.MessagesAsync(caller.WorkspaceId, ids, caller.Cases, before, PageSize + 1, cancellation));
    }

    public async Task<TimelinePage> OfAccountAsync(Caller caller, Guid accountId, DateTimeOffset before, CancellationToken cancellation) => Merge(
        await SignalsAsync(caller, new SignalFilter { Account = accountId.ToString(), Scope = caller.Words }, before, cancellation),
        await others.CasesOfAccountAsync(caller.WorkspaceId, accountId, caller.Cases, before, PageSize + 1, cancellation), []);

    private Task<IReadOnlyList<SignalRead>> SignalsAsync(Caller caller, SignalFilter filter, DateTimeOffset before, CancellationToken cancellation) =>
        signals.ListAsync(new SignalListQuery(caller.WorkspaceId, null, before, filter, null, PageSize + 1), cancellation);

    private static TimelinePage Merge(IReadOnlyList<SignalRead> signals, IReadOnlyList<Case> cases, IReadOnlyList<SentMessage> messages)
    {
        List<TimelineLine> all =
        [
            .. signals.Select(s => new TimelineLine(s.Signal.OccurredAt, Signal: s)), .. cases.Select(c => new TimelineLine(c.OpenedAt, Case: c)),
            .. messages.Select(m => new TimelineLine(m.Message.CreatedAt, Message: m)),
        ];
        all.Sort((a, b) => b.At.CompareTo(a.At));
        if (all.Count <= PageSize) return new(all, null);
        // Lines of one instant stay together, so that the next page can begin before it.
        var last = all[PageSize - 1].At;
        return new([.. all.TakeWhile(l => l.At >= last)], last);
    }
}
