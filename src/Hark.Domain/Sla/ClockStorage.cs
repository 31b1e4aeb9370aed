using System.Buffers;
using System.Collections.Concurrent;
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
    private const int MostKnown = 1_000;

    /// <summary>Terms that were read lately: nearly all clocks of a policy have the same ones.</summary>
    private static readonly ConcurrentDictionary<string, ImmutableArray<ClockTerms>> Known = new(StringComparer.Ordinal);

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
        var clock = new Clock { Kind = kind, Round = round, Terms = TermsOf(terms), Segments = Parse(segments, ReadSegment), Stopped = stopped, Progress = progress };
        if (Fault(clock) is { } fault) throw new FormatException($"A stored clock {fault}: {segments}");
        return clock;
    }

    private static ImmutableArray<ClockTerms> TermsOf(string text)
    {
        if (Known.TryGetValue(text, out var terms)) return terms;
        if (Known.Count >= MostKnown) Known.Clear();
        return Known[text] = Parse(text, ReadTerms);
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

    private static ClockSegment ReadSegment(ref Utf8JsonReader json)
    {
        var (from, to, kind, terms) = (Instant(Number(ref json)), NumberOrNull(ref json) is { } end ? Instant(end) : (DateTimeOffset?)null, (SegmentKind)Small(ref json), Small(ref json));
        if (!Enum.IsDefined(kind)) throw new FormatException($"Segment kind {kind} is not known.");
        return new(from, to, kind, Next(ref json) == JsonTokenType.String ? json.GetString() : null, terms);
    }

    private static ClockTerms ReadTerms(ref Utf8JsonReader json) => new(
        Text(ref json)!, Small(ref json), TimeSpan.FromMilliseconds(Number(ref json)), NumberOrNull(ref json) is { } warning ? TimeSpan.FromMilliseconds(warning) : null,
        new(Text(ref json)!, Small(ref json)), Text(ref json));

    private delegate T ItemReader<T>(ref Utf8JsonReader json);

    /// <summary>Reads an array of arrays, each from its first item on. Token by token, since curves read tens of thousands of clocks.</summary>
    private static ImmutableArray<T> Parse<T>(string text, ItemReader<T> read)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            var json = new Utf8JsonReader(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
            var items = ImmutableArray.CreateBuilder<T>(1);
            if (Next(ref json) != JsonTokenType.StartArray) throw new FormatException($"A stored clock is no list: {text}");
            while (Next(ref json) == JsonTokenType.StartArray)
            {
                items.Add(read(ref json));
                while (json.TokenType != JsonTokenType.EndArray) json.Read();
            }
            if (json.Read()) throw new FormatException($"A stored clock goes on after its end: {text}");
            return items.DrainToImmutable();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new FormatException($"A stored clock cannot be read: {text}", e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static JsonTokenType Next(ref Utf8JsonReader json) => json.Read() ? json.TokenType : JsonTokenType.None;

    private static long Number(ref Utf8JsonReader json)
    {
        Next(ref json);
        return json.GetInt64();
    }

    private static int Small(ref Utf8JsonReader json)
    {
        Next(ref json);
        return json.GetInt32();
    }

    private static long? NumberOrNull(ref Utf8JsonReader json) => Next(ref json) == JsonTokenType.Null ? null : json.GetInt64();

    private static string? Text(ref Utf8JsonReader json)
    {
        Next(ref json);
        return json.GetString();
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

    private static DateTimeOffset Instant(long micros) => DateTimeOffset.UnixEpoch.AddTicks(checked(micros * TimeSpan.TicksPerMicrosecond));
}
