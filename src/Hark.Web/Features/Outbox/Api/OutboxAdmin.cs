using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure.Paging;

namespace Hark.Web.Features.Outbox.Api;

/// <summary>The outbox for people: what waits, what was sent, what is parked and why, and sending it again.</summary>
public sealed class OutboxAdmin(HarkStore store, OutboxQueue queue, OutboxQueries queries, TimeProvider time)
{
    /// <summary>Newest first.</summary>
    public Task<Result<Page<OutboxMessageBody>>> ListAsync(Guid workspaceId, OutboxFilter filter, string? cursor, int? limit,
        CancellationToken cancellation = default) =>
        PageAsync("outbox", workspaceId, filter, cursor, limit, withAttempts: false, cancellation);

    /// <summary>What was sent to one webhook endpoint, with every try.</summary>
    public Task<Result<Page<OutboxMessageBody>>> DeliveriesAsync(Guid workspaceId, Guid endpointId, string? cursor, int? limit,
        CancellationToken cancellation = default) =>
        PageAsync("deliveries", workspaceId, new OutboxFilter(Kind: OutboxKind.Webhook, Destination: endpointId.ToString()), cursor, limit, withAttempts: true, cancellation);

    /// <summary>One message with content and tries. Its content may be a person's words, so that it was read is written down.</summary>
    public async Task<Result<OutboxMessageBody>> GetAsync(Guid workspaceId, Guid messageId, Actor actor, CancellationToken cancellation = default)
    {
        if (await queries.FindAsync(workspaceId, messageId, cancellation) is not var (message, attempts)) return Error.NotFound("message");
        await AuditAsync(workspaceId, messageId, "outbox.read", actor, cancellation);
        return OutboxMessageBody.Of(message, attempts, payload: true);
    }

    /// <summary>Sends it again under the same id, at once and with all its tries; a message that waits need not wait.</summary>
    public async Task<Result<OutboxMessageBody>> ResendAsync(Guid workspaceId, Guid messageId, Actor actor, CancellationToken cancellation = default) =>
        await AnswerAsync(workspaceId, messageId, await queue.RequeueAsync(workspaceId, messageId, time.Now(), cancellation), "outbox.resent", actor, cancellation);

    /// <summary>Withdraws what waits or is parked.</summary>
    public async Task<Result<OutboxMessageBody>> CancelAsync(Guid workspaceId, Guid messageId, Actor actor, CancellationToken cancellation = default) =>
        await AnswerAsync(workspaceId, messageId, await queue.CancelAsync(workspaceId, messageId, time.Now(), "Cancelled by a person.", cancellation),
            "outbox.cancelled", actor, cancellation);

    private async Task<Result<OutboxMessageBody>> AnswerAsync(Guid workspaceId, Guid messageId, OutboxChange change, string action, Actor actor,
        CancellationToken cancellation)
    {
        switch (change)
        {
            case OutboxChange.NotFound: return Error.NotFound("message");
            case OutboxChange.InFlight: return new Error(ErrorKind.Conflict, ErrorCodes.Conflict, "The message is being sent at this moment; look again in a minute.");
            case OutboxChange.WrongState: return new Error(ErrorKind.Conflict, ErrorCodes.Conflict, "Only a message that waits or is parked can be cancelled.");
        }
        await AuditAsync(workspaceId, messageId, action, actor, cancellation);
        var (message, attempts) = (await queries.FindAsync(workspaceId, messageId, cancellation))!.Value;
        return OutboxMessageBody.Of(message, attempts);
    }

    private async Task<Result<Page<OutboxMessageBody>>> PageAsync(string list, Guid workspaceId, OutboxFilter filter, string? cursor, int? limit,
        bool withAttempts, CancellationToken cancellation)
    {
        var read = PageRequest.Read(list, 1, cursor, limit);
        if (read.Error is { } error) return error;
        var page = read.Value;
        var rows = await queries.ListAsync(workspaceId, filter, page.After?.Id(0), page.Take, cancellation);
        var attempts = withAttempts ? await queries.AttemptsAsync(workspaceId, [.. rows.Select(m => m.MessageId)], cancellation) : null;
        return page.Cut(list, rows, m => OutboxMessageBody.Of(m, attempts?[m.MessageId]), m => [m.MessageId]);
    }

    private Task AuditAsync(Guid workspaceId, Guid messageId, string action, Actor actor, CancellationToken cancellation) => store.WriteAsync(async db =>
    {
        db.Audit(workspaceId, actor, time.Now(), action, "outbox_message", messageId.ToString());
        await db.SaveChangesAsync(cancellation);
    }, cancellation);
}
