using System.Text.Json;
using System.Text.Json.Serialization;
using Hark.Data.Model;

namespace Hark.Web.Features.Outbox.Api;

/// <summary>One try at sending, as the API shows it.</summary>
public sealed record OutboxAttemptBody(DateTimeOffset At, bool Delivered, string? Detail, long DurationMs)
{
    public static OutboxAttemptBody Of(OutboxAttempt a) => new(a.At, a.Delivered, a.Detail, a.DurationMs);
}

/// <summary>A message as the API shows it. Its content and tries only where they were asked for.</summary>
/// <param name="NextAttemptAt">When it is tried next; null when it is not.</param>
/// <param name="Reason">Why it is not sent.</param>
public sealed record OutboxMessageBody(Guid MessageId, OutboxKind Kind, OutboxState State, string Destination, string Topic, Guid? CaseId, Guid? ContactId,
    DateTimeOffset CreatedAt, int AttemptCount, DateTimeOffset? NextAttemptAt, DateTimeOffset? SentAt, string? Reason)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OutboxAttemptBody>? Attempts { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Payload { get; init; }

    public static OutboxMessageBody Of(OutboxMessage m, IEnumerable<OutboxAttempt>? attempts = null, bool payload = false) => new(m.MessageId, m.Kind, m.State,
        m.Destination, m.Topic, m.CaseId, m.ContactId, m.CreatedAt, m.Attempts, m.State == OutboxState.Pending ? m.AvailableAt : null, m.SentAt, m.LastError)
    {
        Attempts = attempts is null ? null : [.. attempts.Select(OutboxAttemptBody.Of)],
        Payload = payload ? JsonElement.Parse(m.Payload) : null,
    };
}
