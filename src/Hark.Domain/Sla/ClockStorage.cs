using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hark.Domain.Sla;

/// <summary>
/// A clock's history in two short texts for the store. Segments: <c>[[from,to,kind,terms,reason],…]</c> with Unix microseconds, <c>to</c> null while open,
/// kind 0 running or 1 paused, the reason left out while running. Terms: <c>[[policy,version,target,warn_before,calendar,version,ladder],…]</c> with milliseconds.
/// Exact both ways: a clock keeps microseconds, terms keep milliseconds.
/// </summary>
public static class ClockStorage
{
    public static string WriteSegments(ImmutableArray<ClockSegment> segments) => Write(json =>
    {
        foreach (var segment in segments)
        {
            json.WriteStartArray();
            json.WriteNumberValue(Micros(segment.From));
            if (segment.To is { } to) json.WriteNumberValue(Micros(to));
            else json.WriteNullValue();
            json.WriteNumberValue((int)segment.Kind);
            json.WriteNumberValue(segment.Terms);
            if (segment.Reason is not null) json.WriteStringValue(segment.Reason);
            json.WriteEndArray();
        }
    });

    public static string WriteTerms(ImmutableArray<ClockTerms> terms) => Write(json =>
    {
        foreach (var one in terms)
        {
            json.WriteStartArray();
            json.WriteStringValue(one.Policy);
            json.WriteNumberValue(one.PolicyVersion);
            json.WriteNumberValue(one.Target.Ticks / TimeSpan.TicksPerMillisecond);
            if (one.WarnBefore is { } warning) json.WriteNumberValue(warning.Ticks / TimeSpan.TicksPerMillisecond);
            else json.WriteNullValue();
            json.WriteStringValue(one.Calendar.Key);
            json.WriteNumberValue(one.Calendar.Version);
            json.WriteStringValue(one.Ladder);
            json.WriteEndArray();
        }
    });

    /// <summary>Puts a stored clock together again.</summary>
    /// <exception cref="FormatException">The texts are not what this class wrote: a damaged or foreign row, named in the message.</exception>
    public static Clock Read(ClockKind kind, int round, string terms, string segments, ClockState? stopped, ClockProgress progress)
    {
        var clock = new Clock { Kind = kind, Round = round, Terms = Parse(terms, ReadTerms), Segments = Parse(segments, ReadSegment), Stopped = stopped, Progress = progress };
        if (Fault(clock) is { } fault) throw new FormatException($"A stored clock {fault}: {segments}");
        return clock;
    }

    /// <summary>What breaks the invariants of a clock, or null.</summary>
    private static string? Fault(Clock clock)
    {
        if (clock.Terms.IsEmpty || clock.Segments.IsEmpty) return "has no terms or no segments";
        for (var i = 0; i < clock.Segments.Length; i++)
        {
            var segment = clock.Segments[i];
            if (segment.To < segment.From) return $"has a segment {i} that ends before it begins";
            if (i > 0 && clock.Segments[i - 1].To != segment.From) return $"has a gap before segment {i}";
            if ((uint)segment.Terms >= (uint)clock.Terms.Length) return $"has no terms for segment {i}";
        }
        if (clock.Stopped is ClockState.Running or ClockState.Paused) return "is stopped in a state that is not a stop";
        return clock.Stopped is null == clock.Segments[^1].To is null ? null : "does not agree with its last segment whether it has stopped";
    }

    private static ClockSegment ReadSegment(JsonElement e)
    {
        var kind = (SegmentKind)e[2].GetInt32();
        if (!Enum.IsDefined(kind)) throw new FormatException($"Segment kind {e[2]} is not known.");
        return new(Instant(e[0]), e[1].ValueKind == JsonValueKind.Null ? null : Instant(e[1]), kind, e.GetArrayLength() > 4 ? e[4].GetString() : null, e[3].GetInt32());
    }

    private static ClockTerms ReadTerms(JsonElement e) => new(
        e[0].GetString()!, e[1].GetInt32(), TimeSpan.FromMilliseconds(e[2].GetInt64()), e[3].ValueKind == JsonValueKind.Null ? null : TimeSpan.FromMilliseconds(e[3].GetInt64()),
        new(e[4].GetString()!, e[5].GetInt32()), e[6].GetString());

    private static ImmutableArray<T> Parse<T>(string text, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateArray().Select(read)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            throw new FormatException($"A stored clock cannot be read: {text}", e);
        }
    }

    private static string Write(Action<Utf8JsonWriter> items)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            items(json);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static long Micros(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static DateTimeOffset Instant(JsonElement micros) => DateTimeOffset.UnixEpoch.AddTicks(checked(micros.GetInt64() * TimeSpan.TicksPerMicrosecond));
}
