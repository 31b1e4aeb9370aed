using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hark.Data.Model;
using Hark.Domain.Common;

namespace Hark.Data.Work;

/// <summary>Builds rows of the outbox, to be inserted in the transaction that causes them (<see cref="OutboxQueue.EnqueueAsync"/>).</summary>
public static class OutboxMessages
{
    public static OutboxMessage Email(Guid workspaceId, string topic, EmailPayload email, DateTimeOffset now, Guid? caseId = null, Guid? contactId = null,
        DateTimeOffset? notBefore = null) =>
        New(workspaceId, OutboxKind.Email, email.To, topic, email.ToJson(), now, caseId, contactId, notBefore);

    /// <summary>One message for each endpoint that wants the topic and is not disabled.</summary>
    /// <param name="data">Writes the value of <c>data</c>: one JSON object.</param>
    public static IReadOnlyList<OutboxMessage> Webhooks(Guid workspaceId, IEnumerable<WebhookEndpoint> endpoints, string topic, Action<Utf8JsonWriter> data,
        DateTimeOffset now, Guid? caseId = null, Guid? contactId = null)
    {
        var wanting = endpoints.Where(e => e.DisabledAt is null && Wants(e, topic)).ToList();
        if (wanting.Count == 0) return [];
        var body = WebhookBody(topic, data, now);
        return [.. wanting.Select(e => Webhook(workspaceId, e.EndpointId, topic, body, now, caseId, contactId))];
    }

    public static OutboxMessage Webhook(Guid workspaceId, Guid endpointId, string topic, string body, DateTimeOffset now, Guid? caseId = null,
        Guid? contactId = null) =>
        New(workspaceId, OutboxKind.Webhook, endpointId.ToString(), topic, body, now, caseId, contactId, null);

    /// <summary>The body as Standard Webhooks recommends it: <c>{"type", "timestamp", "data"}</c>. Kept as it will be sent, so that a repeat is the same bytes.</summary>
    public static string WebhookBody(string topic, Action<Utf8JsonWriter> data, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("type", topic);
            json.WriteString("timestamp", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
            json.WritePropertyName("data");
            data(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>An endpoint's topics are exact names or prefixes ending in <c>.*</c>; none means all.</summary>
    public static bool Wants(WebhookEndpoint endpoint, string topic)
    {
        if (endpoint.Topics.Length == 0) return true;
        foreach (var range in endpoint.Topics.AsSpan().Split(','))
        {
            var wanted = endpoint.Topics.AsSpan(range).Trim();
            if (wanted.EndsWith(".*", StringComparison.Ordinal) ? topic.AsSpan().StartsWith(wanted[..^1], StringComparison.Ordinal) : wanted.SequenceEqual(topic))
                return true;
        }
        return false;
    }

    private static OutboxMessage New(Guid workspaceId, OutboxKind kind, string destination, string topic, string payload, DateTimeOffset now, Guid? caseId,
        Guid? contactId, DateTimeOffset? notBefore) => new()
        {
            WorkspaceId = workspaceId,
            MessageId = Guid.CreateVersion7(now),
            Kind = kind,
            State = OutboxState.Pending,
            Destination = destination,
            Topic = topic,
            Payload = payload,
            CaseId = caseId,
            ContactId = contactId,
            CreatedAt = now.Trim(),
            AvailableAt = (notBefore ?? now).Trim(),
        };
}
