using Hark.Data.Messages;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Sla;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Cases;

/// <summary>What cases have to say and to whom: customers, staff and other systems. Makes rows of the outbox; sends nothing.</summary>
public sealed class CaseMessages(MessageComposer composer, VerificationLinks links)
{
    public MessageComposer Composer => composer;

    /// <summary>The question to the customer; null when they cannot be reached.</summary>
    public OutboxMessage? Question(WorkspaceSnapshot workspace, Case c, MailRecipient to, DateTimeOffset expiresAt, DateTimeOffset now) => composer.Verification(
        workspace, c, to, links.UrlFor(new VerificationTicket(workspace.WorkspaceId, c.CaseId, c.Round, expiresAt)), expiresAt, now);

    /// <summary>The webhook events of one kind of line; none for kinds that are no events.</summary>
    public IReadOnlyList<OutboxMessage> Events(WorkspaceSnapshot workspace, Case c, CaseEventKind kind, DateTimeOffset now) => kind switch
    {
        CaseEventKind.Resolved => composer.Events(workspace, MessageTopics.CaseResolved, c, now),
        CaseEventKind.Verified => composer.Events(workspace, MessageTopics.CaseVerified, c, now),
        CaseEventKind.Reopened => composer.Events(workspace, MessageTopics.CaseReopened, c, now),
        CaseEventKind.ClockBreached => composer.Events(workspace, MessageTopics.CaseBreached, c, now),
        _ => [],
    };

    /// <summary>Who has the case: its assignee, or else its team.</summary>
    public static IEnumerable<string> Holders(WorkspaceSnapshot workspace, Case c)
    {
        var assignee = Addresses(workspace, c, new Recipient(NoticeTo.Assignee)).ToList();
        return assignee.Count > 0 ? assignee : Addresses(workspace, c, new Recipient(NoticeTo.Team));
    }

    /// <summary>The addresses behind one receiver of an escalation; none when nobody fits.</summary>
    public static IEnumerable<string> Addresses(WorkspaceSnapshot workspace, Case c, Recipient to) => to.To switch
    {
        NoticeTo.Assignee => c.AssigneeId is { } id ? Emails(One(workspace, id)) : [],
        NoticeTo.Member => Emails(One(workspace, Guid.Parse(to.Id!))),
        NoticeTo.TeamLead => Emails(Leads(workspace, c.TeamId)),
        NoticeTo.Team => c.TeamId is { } team && workspace.TeamById.TryGetValue(team, out var known)
            ? [.. known.Email is { } address ? (string[])[address] : [], .. Emails(workspace.MembersOfTeam[team])] : [],
        NoticeTo.Role => Domain.Common.EnumNames<Role>.TryParse(to.Id, out var role) ? Emails(workspace.Members.Where(m => m.Role == role)) : [],
    };

    /// <summary>The leads of a team who still work here.</summary>
    public static IEnumerable<Member> Leads(WorkspaceSnapshot workspace, Guid? teamId) =>
        workspace.TeamMembers.Where(t => t.Lead && t.TeamId == teamId).SelectMany(t => One(workspace, t.MemberId)).Where(m => m.DisabledAt is null);

    /// <summary>The customer of a case, as the merged person: an address that any of their contacts has.</summary>
    public static async Task<MailRecipient?> CustomerAsync(CaseFile file, CancellationToken cancellation)
    {
        if (file.Case.ContactId is not { } id) return null;
        var contacts = file.Db.Contacts.AsNoTracking().Where(c => c.WorkspaceId == file.Case.WorkspaceId);
        var own = await contacts.SingleOrDefaultAsync(c => c.ContactId == id, cancellation);
        if (own is null || own.Email is not null || own.CanonicalId == id) return own is null ? null : MailRecipient.Of(own);
        var person = await contacts.Where(c => c.CanonicalId == own.CanonicalId && c.Email != null).OrderBy(c => c.ContactId).FirstOrDefaultAsync(cancellation);
        return MailRecipient.Of(person ?? own);
    }

    private static IEnumerable<Member> One(WorkspaceSnapshot workspace, Guid id) => workspace.MemberById.TryGetValue(id, out var member) ? [member] : [];

    private static IEnumerable<string> Emails(IEnumerable<Member> members) => members.Where(m => m.DisabledAt is null).Select(m => m.Email);
}
