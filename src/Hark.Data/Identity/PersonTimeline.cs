using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Domain.Cases;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Identity;

/// <summary>A message that was written to a customer.</summary>
/// <param name="Mail">Null where it was erased.</param>
public sealed record SentMessage(OutboxMessage Message, EmailPayload? Mail)
{
    public DateTimeOffset At => Message.SentAt ?? Message.CreatedAt;
}

/// <summary>What a person or account agreed to, as they said last; null where they were not asked.</summary>
/// <param name="UnsubscribedAt">When they asked for no more e-mail.</param>
public sealed record Consents(bool? ContactBack, DateTimeOffset? ContactBackAt, bool? Research, DateTimeOffset? ResearchAt, DateTimeOffset? UnsubscribedAt);

/// <summary>What belongs on a customer's timeline beside their signals: cases, messages, and what they agreed to. Ask only for persons whom the reader may see.</summary>
public sealed class PersonTimeline(HarkStore store)
{
    /// <summary>Cases of these contacts that were opened before, newest first; only those that the reader sees.</summary>
    public async Task<IReadOnlyList<Case>> CasesAsync(Guid workspaceId, IReadOnlyCollection<Guid> contactIds, CaseScope scope, DateTimeOffset before, int take, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var cases = db.Cases.Where(c => c.WorkspaceId == workspaceId && c.ContactId != null && contactIds.Contains(c.ContactId.Value) && c.OpenedAt < before);
        return await Visible(cases, scope).OrderByDescending(c => c.OpenedAt).Take(take).ToListAsync(cancellation);
    }

    /// <inheritdoc cref="CasesAsync"/>
    public async Task<IReadOnlyList<Case>> CasesOfAccountAsync(Guid workspaceId, Guid accountId, CaseScope scope, DateTimeOffset before, int take, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var cases = db.Cases.Where(c => c.WorkspaceId == workspaceId && c.AccountId == accountId && c.OpenedAt < before);
        return await Visible(cases, scope).OrderByDescending(c => c.OpenedAt).Take(take).ToListAsync(cancellation);
    }

    /// <summary>E-mail to these contacts, newest first; only what belongs to a case that the reader sees or to none.</summary>
    public async Task<IReadOnlyList<SentMessage>> MessagesAsync(Guid workspaceId, IReadOnlyCollection<Guid> contactIds, CaseScope scope, DateTimeOffset before, int take, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var mine = Visible(db.Cases.Where(c => c.WorkspaceId == workspaceId), scope);
        var messages = db.OutboxMessages.Where(m => m.WorkspaceId == workspaceId && m.Kind == OutboxKind.Email && m.State != OutboxState.Cancelled
            && m.ContactId != null && contactIds.Contains(m.ContactId.Value) && m.CreatedAt < before);
        if (scope.Teams is not null) messages = messages.Where(m => m.CaseId == null || mine.Any(c => c.CaseId == m.CaseId));
        return [.. (await messages.OrderByDescending(m => m.CreatedAt).Take(take).ToListAsync(cancellation)).Select(m => new SentMessage(m, EmailPayload.TryParse(m.Payload)))];
    }

    public async Task<Consents> ConsentsAsync(Guid workspaceId, Person person, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var ids = person.Contacts.Select(c => c.ContactId).ToList();
        var signals = db.Signals.Where(s => s.WorkspaceId == workspaceId && s.ContactId != null && ids.Contains(s.ContactId.Value)).OrderByDescending(s => s.OccurredAt);
        var back = await signals.Where(s => s.ConsentContactBack != null).Select(s => new { s.ConsentContactBack, s.OccurredAt }).FirstOrDefaultAsync(cancellation);
        var research = await signals.Where(s => s.ConsentResearch != null).Select(s => new { s.ConsentResearch, s.OccurredAt }).FirstOrDefaultAsync(cancellation);
        return new(back?.ConsentContactBack, back?.OccurredAt, research?.ConsentResearch, research?.OccurredAt, person.Contacts.Max(c => c.UnsubscribedAt));
    }

    private static IQueryable<Case> Visible(IQueryable<Case> cases, CaseScope scope)
    {
        if (scope.Teams is not { } teams) return cases;
        var member = scope.MemberId ?? Guid.Empty;
        return cases.Where(c => (c.TeamId != null && teams.Contains(c.TeamId.Value)) || c.AssigneeId == member);
    }
}
