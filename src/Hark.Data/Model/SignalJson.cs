using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hark.Domain.Signals;

namespace Hark.Data.Model;

/// <summary>The small JSON columns of a signal, written and read in one place. Null stands for "none" in all of them.</summary>
public static class SignalJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string? Write(IReadOnlyList<string> values) => values.Count == 0 ? null : Write(json =>
    {
        json.WriteStartArray();
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    });

    public static string? Write(IReadOnlyDictionary<string, Scalar> values) => values.Count == 0 ? null : Write(json =>
    {
        json.WriteStartObject();
        foreach (var (name, value) in values)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
        json.WriteEndObject();
    });

    public static string? Write(IReadOnlyList<AnswerDraft> answers) => answers.Count == 0 ? null : Write(json =>
    {
        json.WriteStartArray();
        foreach (var answer in answers)
        {
            json.WriteStartObject();
            json.WriteString("question", answer.Question);
            json.WritePropertyName("value");
            answer.Value.WriteTo(json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    public static string? Write(IReadOnlyList<TopicLabel> topics) => topics.Count == 0 ? null : Write(json =>
    {
        json.WriteStartArray();
        foreach (var topic in topics)
        {
            json.WriteStartObject();
            json.WriteString("key", topic.Key);
            json.WriteNumber("confidence", topic.Confidence);
            json.WriteString("by", topic.By);
            if (topic.Version is { } version) json.WriteString("version", version);
            if (topic.Sent is { } sent) json.WriteString("sent", sent);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    public static string? Write(IReadOnlyList<TrailEntry> trail) => trail.Count == 0 ? null : Write(json =>
    {
        json.WriteStartArray();
        foreach (var entry in trail)
        {
            json.WriteStartObject();
            json.WriteString("by", entry.By);
            json.WriteString("version", entry.Version);
            json.WriteString("concluded", entry.Concluded);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    public static IReadOnlyList<string> Strings(string? json)
    {
        if (json is null) return [];
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(e => e.GetString()!)];
    }

    public static IReadOnlyList<TopicLabel> Topics(string? json)
    {
        if (json is null) return [];
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(e =>
            new TopicLabel(e.GetProperty("key").GetString()!, e.GetProperty("confidence").GetDouble(), e.GetProperty("by").GetString()!, Text(e, "version"), Text(e, "sent")))];
    }

    public static IEnumerable<string> TopicKeys(string? json) => json is null ? [] : Topics(json).Select(t => t.Key).Distinct(StringComparer.Ordinal);

    public static IReadOnlyList<TrailEntry> Trail(string? json)
    {
        if (json is null) return [];
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(e =>
            new TrailEntry(e.GetProperty("by").GetString()!, e.GetProperty("version").GetString()!, e.GetProperty("concluded").GetString()!))];
    }

    public static IReadOnlyList<AnswerDraft> Answers(string? json)
    {
        if (json is null) return [];
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(e => new AnswerDraft(e.GetProperty("question").GetString()!, Read(e.GetProperty("value"))))];
    }

    public static IReadOnlyDictionary<string, Scalar> Values(string? json)
    {
        if (json is null) return Scalar.NoValues;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => Read(p.Value), StringComparer.Ordinal);
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static Scalar Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Scalar.Of(value.GetString()),
        JsonValueKind.Number => Scalar.Of(value.GetDouble()),
        JsonValueKind.True => Scalar.Of(true),
        JsonValueKind.False => Scalar.Of(false),
        _ => default,
    };

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Options)) write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
