using Hark.Data.Model;
using Hark.Data.Store;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Work;

/// <summary>Which messages to list. Every filter may be null.</summary>
public sealed record OutboxFilter(OutboxState? State = null, OutboxKind? Kind = null, string? Destination = null, string? Topic = null, Guid? CaseId = null);

/// <summary>Reads the outbox for people: newest first, in pages.</summary>
public sealed class OutboxQueries(HarkStore store)
{
    /// <summary>Messages older than <paramref name="before"/> (a message id; v7 ids sort by time). Walks the key from there until the page is full.</summary>
    public async Task<IReadOnlyList<OutboxMessage>> ListAsync(Guid workspaceId, OutboxFilter filter, Guid? before, int limit,
        CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var messages = db.OutboxMessages.Where(m => m.WorkspaceId == workspaceId);
        if (filter.State is { } state) messages = messages.Where(m => m.State == state);
        if (filter.Kind is { } kind) messages = messages.Where(m => m.Kind == kind);
        if (filter.Destination is { } destination) messages = messages.Where(m => m.Destination == destination);
        if (filter.Topic is { } topic) messages = messages.Where(m => m.Topic == topic);
        if (filter.CaseId is { } caseId) messages = messages.Where(m => m.CaseId == caseId);
        if (before is { } id) messages = messages.Where(m => m.MessageId < id);
        return await messages.OrderByDescending(m => m.MessageId).Take(limit).ToListAsync(cancellation);
    }

    /// <summary>One message with its tries, oldest first; null when it is not there.</summary>
    public async Task<(OutboxMessage Message, IReadOnlyList<OutboxAttempt> Attempts)?> FindAsync(Guid workspaceId, Guid messageId,
        CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var message = await db.OutboxMessages.FirstOrDefaultAsync(m => m.WorkspaceId == workspaceId && m.MessageId == messageId, cancellation);
        if (message is null) return null;
        return (message, await AttemptsAsync(db, workspaceId, [messageId], cancellation));
    }

    /// <summary>The tries of several messages, in the order of message and time.</summary>
    public async Task<ILookup<Guid, OutboxAttempt>> AttemptsAsync(Guid workspaceId, IReadOnlyCollection<Guid> messageIds, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return (await AttemptsAsync(db, workspaceId, messageIds, cancellation)).ToLookup(a => a.MessageId);
    }

    private static async Task<IReadOnlyList<OutboxAttempt>> AttemptsAsync(HarkDbContext db, Guid workspaceId, IReadOnlyCollection<Guid> messageIds,
        CancellationToken cancellation) =>
        await db.OutboxAttempts.Where(a => a.WorkspaceId == workspaceId && messageIds.Contains(a.MessageId))
            .OrderBy(a => a.MessageId).ThenBy(a => a.Token).ToListAsync(cancellation);
}
