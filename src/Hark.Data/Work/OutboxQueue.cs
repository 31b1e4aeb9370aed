using System.Data.Common;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Hark.Data.Work;

/// <summary>
/// The outbox as a queue: rows are inserted in the transaction that causes them, claimed by one statement, and settled only by the claim that still
/// holds the token.
/// </summary>
/// <remarks>
/// <para>
/// Invariant: a message is pending until some claim's outcome says otherwise, and at most one outcome is written per claim. A claim moves
/// <c>available_at</c> to the end of its lease, so a claimed message leaves the range of what is due and comes back by itself when its holder died; the
/// attempt is counted at the claim, so a message that kills its sender does not go on for ever.
/// </para>
/// <para>
/// The receiver may see a message again (its answer was lost, or its sender died before writing the outcome), always under the same id. Idle costs one
/// seek in <c>ix_outbox_messages_available_at</c> per workspace.
/// </para>
/// </remarks>
public sealed class OutboxQueue(HarkStore store)
{
    // MATERIALIZED: the inner SELECT must run once; a planner that repeats it would lock more rows than the limit.
    private string ClaimSql => $"""
        WITH due AS MATERIALIZED (
            SELECT message_id FROM outbox_messages
            WHERE workspace_id = @workspace AND state = 'pending' AND available_at <= @now
            ORDER BY available_at LIMIT @limit {store.Dialect.SkipLocked})
        UPDATE outbox_messages
        SET lease_owner = @owner, lease_until = @until, available_at = @until, lease_token = lease_token + 1, attempts = attempts + 1
        WHERE workspace_id = @workspace AND message_id IN (SELECT message_id FROM due)
        RETURNING message_id, kind, destination, topic, payload, case_id, contact_id, created_at, attempts, lease_token
        """;

    private const string SettleSql = """
        UPDATE outbox_messages
        SET state = @state, available_at = @at, sent_at = @sent, last_error = @error, attempts = attempts - @refund, lease_owner = NULL, lease_until = NULL
        WHERE workspace_id = @workspace AND message_id = @message AND state = 'pending' AND lease_owner = @owner AND lease_token = @token
        """;

    private const string HoldBackSql = """
        UPDATE outbox_messages SET available_at = @at, last_error = @error
        WHERE workspace_id = @workspace AND state = 'pending' AND available_at <= @now AND kind = @kind
            AND (@any OR destination = @destination)
        """;

    private const string NextDueSql =
        "SELECT available_at FROM outbox_messages WHERE workspace_id = @workspace AND state = 'pending' ORDER BY available_at LIMIT 1";

    // lease_token + 1: whoever is sending it unknown to us can not overrule the person.
    private const string RequeueSql = """
        UPDATE outbox_messages
        SET state = 'pending', available_at = @now, attempts = 0, last_error = NULL, sent_at = NULL, lease_owner = NULL, lease_until = NULL,
            lease_token = lease_token + 1
        WHERE workspace_id = @workspace AND message_id = @message AND (lease_until IS NULL OR lease_until <= @now)
        """;

    private const string CancelSql = """
        UPDATE outbox_messages
        SET state = 'cancelled', last_error = @error, lease_owner = NULL, lease_until = NULL, lease_token = lease_token + 1
        WHERE workspace_id = @workspace AND message_id = @message AND state IN ('pending', 'parked') AND (lease_until IS NULL OR lease_until <= @now)
        """;

    private const string WithdrawSql = """
        UPDATE outbox_messages SET state = 'cancelled', last_error = @error, lease_token = lease_token + 1
        WHERE workspace_id = @workspace AND message_id = @message AND state = 'pending' AND attempts = 0
        """;

    private const string CancelAllSql = """
        UPDATE outbox_messages
        SET state = 'cancelled', last_error = @error, lease_owner = NULL, lease_until = NULL, lease_token = lease_token + 1
        WHERE workspace_id = @workspace AND state = 'pending' AND created_at <= @now AND (lease_until IS NULL OR lease_until <= @now)
        """;

    private static readonly Columns<OutboxMessage> Inserted = new Columns<OutboxMessage>()
        .Uuid("workspace_id", m => m.WorkspaceId).Uuid("message_id", m => m.MessageId).Text("kind", m => EnumNames<OutboxKind>.Of(m.Kind))
        .Text("state", m => EnumNames<OutboxState>.Of(m.State)).Text("destination", m => m.Destination).Text("topic", m => m.Topic)
        .Text("payload", m => m.Payload).Uuid("case_id", m => m.CaseId).Uuid("contact_id", m => m.ContactId).Time("created_at", m => m.CreatedAt)
        .Time("available_at", m => m.AvailableAt).Int("attempts", m => m.Attempts).Long("lease_token", m => m.LeaseToken);

    private static readonly BulkInsert<OutboxMessage> Insert = new("outbox_messages", Inserted);

    /// <summary>Wakes the sender of this process. Notify it after the commit that enqueued something.</summary>
    public WakeSignal Wake { get; } = new();

    /// <summary>Inserts messages inside the caller's transaction: they exist exactly when what caused them does.</summary>
    public async Task EnqueueAsync(HarkDbContext db, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellation = default)
    {
        if (messages.Count == 0) return;
        var transaction = db.Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("A message is enqueued in the transaction that causes it.");
        await store.Dialect.InsertAsync(db.Database.GetDbConnection(), transaction, Insert, messages, cancellation);
    }

    /// <summary>Calls messages back inside the caller's transaction, which must not be committed on false: one of them has left, or is leaving.</summary>
    public async Task<bool> WithdrawAsync(HarkDbContext db, Guid workspaceId, IReadOnlyList<Guid> messageIds, string reason, CancellationToken cancellation = default)
    {
        foreach (var id in messageIds)
        {
            await using var command = await db.CommandAsync(WithdrawSql, cancellation);
            store.Dialect.Add(command, "workspace", workspaceId);
            store.Dialect.Add(command, "message", id);
            store.Dialect.Add(command, "error", reason);
            if (await command.ExecuteNonQueryAsync(cancellation) == 0) return false;
        }
        return true;
    }

    /// <summary>When the next message of the workspace can be claimed (a claimed one: when its lease ends); null when none is pending. One index seek.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(Guid workspaceId, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        await using var command = await db.CommandAsync(NextDueSql, cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? store.Dialect.ReadTime(reader, 0) : null;
    }

    /// <summary>Claims up to <paramref name="limit"/> due messages until <paramref name="now"/> + <paramref name="lease"/>, longest waiting first, passing over what others hold.</summary>
    public Task<IReadOnlyList<OutboxClaim>> ClaimAsync(Guid workspaceId, string owner, DateTimeOffset now, TimeSpan lease, int limit,
        CancellationToken cancellation = default) =>
        store.WriteAsync<IReadOnlyList<OutboxClaim>>(db => ClaimAsync(db, workspaceId, owner, now, now + lease, limit, cancellation), cancellation);

    internal async Task<IReadOnlyList<OutboxClaim>> ClaimAsync(HarkDbContext db, Guid workspaceId, string owner, DateTimeOffset now, DateTimeOffset until,
        int limit, CancellationToken cancellation)
    {
        await using var command = await db.CommandAsync(ClaimSql, cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        store.Dialect.Add(command, "owner", owner);
        store.Dialect.Add(command, "now", now);
        store.Dialect.Add(command, "until", until);
        store.Dialect.Add(command, "limit", limit);
        var claims = new List<OutboxClaim>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) claims.Add(ReadClaim(reader, workspaceId, owner, until));
        claims.Sort((a, b) => a.MessageId.CompareTo(b.MessageId)); // RETURNING promises no order
        return claims;
    }

    /// <summary>Writes what a try came to, with its record, unless the claim was taken over.</summary>
    public Task<SettleResult> SettleAsync(OutboxClaim claim, OutboxOutcome outcome, DateTimeOffset startedAt, TimeSpan took,
        CancellationToken cancellation = default) =>
        store.WriteAsync(async db =>
        {
            await using var command = await db.CommandAsync(SettleSql, cancellation);
            store.Dialect.Add(command, "workspace", claim.WorkspaceId);
            store.Dialect.Add(command, "message", claim.MessageId);
            store.Dialect.Add(command, "owner", claim.Owner);
            store.Dialect.Add(command, "token", claim.Token);
            store.Dialect.Add(command, "state", EnumNames<OutboxState>.Of(outcome.State));
            store.Dialect.Add(command, "at", outcome.AvailableAt.Trim());
            store.Dialect.Add(command, "sent", outcome.State == OutboxState.Sent ? outcome.AvailableAt.Trim() : null);
            store.Dialect.Add(command, "error", outcome.Error);
            store.Dialect.Add(command, "refund", outcome.CountsAsAttempt ? 0 : 1);
            if (await command.ExecuteNonQueryAsync(cancellation) == 0) return SettleResult.LostRace;
            if (outcome.Tried) await RecordAsync(db, claim, outcome, startedAt, took, cancellation);
            return SettleResult.Written;
        }, cancellation);

    /// <summary>
    /// Lets all due messages of a kind, or those of one destination, wait until <paramref name="until"/>, saying why, without using an attempt: for what
    /// cannot be sent at all at present. One statement, however many wait. Returns how many.
    /// </summary>
    public Task<int> HoldBackAsync(Guid workspaceId, OutboxKind kind, string? destination, DateTimeOffset now, DateTimeOffset until, string reason,
        CancellationToken cancellation = default) =>
        store.WriteAsync(async db =>
        {
            await using var command = await db.CommandAsync(HoldBackSql, cancellation);
            store.Dialect.Add(command, "workspace", workspaceId);
            store.Dialect.Add(command, "kind", EnumNames<OutboxKind>.Of(kind));
            store.Dialect.Add(command, "any", destination is null);
            store.Dialect.Add(command, "destination", destination ?? "");
            store.Dialect.Add(command, "now", now);
            store.Dialect.Add(command, "at", until.Trim());
            store.Dialect.Add(command, "error", reason);
            return await command.ExecuteNonQueryAsync(cancellation);
        }, cancellation);

    /// <summary>Makes a message due at once with all its tries, under the same id: a parked one again, a sent one once more, a waiting one without waiting.</summary>
    public async Task<OutboxChange> RequeueAsync(Guid workspaceId, Guid messageId, DateTimeOffset now, CancellationToken cancellation = default)
    {
        var change = await ChangeAsync(RequeueSql, workspaceId, messageId, now, null, cancellation);
        if (change == OutboxChange.Done) Wake.Notify();
        return change;
    }

    /// <summary>Withdraws a message that waits or is parked.</summary>
    public Task<OutboxChange> CancelAsync(Guid workspaceId, Guid messageId, DateTimeOffset now, string reason, CancellationToken cancellation = default) =>
        ChangeAsync(CancelSql, workspaceId, messageId, now, reason, cancellation);

    /// <summary>Withdraws everything that waits and was written up to <paramref name="now"/>, such as what a replayed history would have sent. Returns how many.</summary>
    public Task<int> CancelAllAsync(Guid workspaceId, DateTimeOffset now, string reason, CancellationToken cancellation = default) =>
        store.WriteAsync(async db =>
        {
            await using var command = await db.CommandAsync(CancelAllSql, cancellation);
            store.Dialect.Add(command, "workspace", workspaceId);
            store.Dialect.Add(command, "now", now);
            store.Dialect.Add(command, "error", reason);
            return await command.ExecuteNonQueryAsync(cancellation);
        }, cancellation);

    private Task<OutboxChange> ChangeAsync(string sql, Guid workspaceId, Guid messageId, DateTimeOffset now, string? reason, CancellationToken cancellation) =>
        store.WriteAsync(async db =>
        {
            await using var command = await db.CommandAsync(sql, cancellation);
            store.Dialect.Add(command, "workspace", workspaceId);
            store.Dialect.Add(command, "message", messageId);
            store.Dialect.Add(command, "now", now);
            if (reason is not null) store.Dialect.Add(command, "error", reason);
            if (await command.ExecuteNonQueryAsync(cancellation) == 1) return OutboxChange.Done;
            var found = await db.OutboxMessages.AsNoTracking().FirstOrDefaultAsync(m => m.WorkspaceId == workspaceId && m.MessageId == messageId, cancellation);
            if (found is null) return OutboxChange.NotFound;
            return found.LeaseUntil > now ? OutboxChange.InFlight : OutboxChange.WrongState;
        }, cancellation);

    private static async Task RecordAsync(HarkDbContext db, OutboxClaim claim, OutboxOutcome outcome, DateTimeOffset startedAt, TimeSpan took,
        CancellationToken cancellation)
    {
        db.OutboxAttempts.Add(new OutboxAttempt
        {
            WorkspaceId = claim.WorkspaceId,
            MessageId = claim.MessageId,
            Token = claim.Token,
            At = startedAt.Trim(),
            Delivered = outcome.State == OutboxState.Sent,
            Detail = outcome.Error,
            DurationMs = (long)took.TotalMilliseconds,
        });
        await db.SaveChangesAsync(cancellation);
    }

    private OutboxClaim ReadClaim(DbDataReader reader, Guid workspaceId, string owner, DateTimeOffset until) => new(
        workspaceId, store.Dialect.ReadGuid(reader, 0), EnumNames<OutboxKind>.Parse(reader.GetString(1)), reader.GetString(2), reader.GetString(3),
        reader.GetString(4), reader.IsDBNull(5) ? null : store.Dialect.ReadGuid(reader, 5), reader.IsDBNull(6) ? null : store.Dialect.ReadGuid(reader, 6),
        store.Dialect.ReadTime(reader, 7), reader.GetInt32(8), owner, reader.GetInt64(9), until);
}
