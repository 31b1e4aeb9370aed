using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Domain.Sla;

/// <summary>
/// A policy set as JSON: <c>{"policies":[{"key":"chat","match":{"channels":["chat"]},"targets":{"respond":{"target":"60s","warn_before":"15s",
/// "calendar":"always","starts_from":"case_opened","ladder":"default"}}}],"ladders":[{"key":"default","steps":[{"after":"-10m","notify":["team_lead"]}]}]}</c>.
/// </summary>
public static class SlaPolicyJson
{
    private const int MostPolicies = 200;

    /// <summary>Reads and checks a policy document. Errors are keyed by JSON pointer and all reported.</summary>
    /// <param name="json">The document.</param>
    /// <param name="calendars">Keys of the workspace's calendars; <c>always</c> need not be among them.</param>
    public static Result<SlaPolicySet> Parse(string json, IReadOnlyCollection<string> calendars)
    {
        var errors = new InputErrors();
        SlaPolicySet? set = null;
        JsonFields.Parse(json, errors, fields => set = Read(fields, calendars, errors));
        return errors.Any ? Error.Invalid(errors) : set!;
    }

    /// <summary>The document of a policy set; parsing it gives the same set.</summary>
    public static string Write(SlaPolicySet set)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray("policies");
            foreach (var policy in set.Policies) Write(json, policy);
            json.WriteEndArray();
            json.WriteStartArray("ladders");
            foreach (var ladder in set.Ladders) Write(json, ladder);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static SlaPolicySet Read(JsonFields fields, IReadOnlyCollection<string> calendars, InputErrors errors)
    {
        var ladders = new List<EscalationLadder>();
        foreach (var (item, pointer) in fields.List("ladders", MostPolicies))
        {
            JsonFields.Read(item, pointer, errors, ladder => ladders.Add(EscalationLadder.Read(ladder, errors)));
            if (ladders.FindIndex(l => l.Key == ladders[^1].Key) < ladders.Count - 1) errors.Add(pointer + "/key", "is used twice");
        }
        var policies = new List<SlaPolicy>();
        fields.Get("policies", required: true);
        foreach (var (item, pointer) in fields.List("policies", MostPolicies))
        {
            JsonFields.Read(item, pointer, errors, policy => policies.Add(ReadPolicy(policy, calendars, ladders, errors)));
            if (policies.FindIndex(p => p.Key == policies[^1].Key) < policies.Count - 1) errors.Add(pointer + "/key", "is used twice");
        }
        return new([.. policies], [.. ladders]);
    }

    private static SlaPolicy ReadPolicy(JsonFields fields, IReadOnlyCollection<string> calendars, List<EscalationLadder> ladders, InputErrors errors)
    {
        var match = SlaMatch.Any;
        if (fields.Get("match") is { } matchItem)
        {
            JsonFields.Read(matchItem, fields.At("match"), errors, m => match = new(
                Names<Channel>(m, "channels", errors), Names<Severity>(m, "severities", errors), [.. m.Texts("segments", MostPolicies).Select(t => t.Text)]));
        }
        var targets = ImmutableSortedDictionary.CreateBuilder<ClockKind, SlaTarget>();
        fields.Get("targets", required: true);
        foreach (var (name, value, pointer) in fields.Map("targets", 4))
        {
            if (!EnumNames<ClockKind>.TryParse(name, out var kind)) errors.Add(pointer, $"is not a clock; use {EnumNames<ClockKind>.Choices}");
            else JsonFields.Read(value, pointer, errors, target => targets[kind] = ReadTarget(target, calendars, ladders));
        }
        return new(fields.Key("key") ?? "", fields.Text("name"), match, targets.ToImmutable());
    }

    private static SlaTarget ReadTarget(JsonFields fields, IReadOnlyCollection<string> calendars, List<EscalationLadder> ladders)
    {
        var target = fields.Duration("target", required: true);
        if (target <= TimeSpan.Zero) fields.Error("target", "must be longer than nothing");
        var warning = fields.Duration("warn_before");
        if (warning < TimeSpan.Zero) fields.Error("warn_before", "must not be negative");
        if (warning >= target) fields.Error("warn_before", "must be shorter than the target");
        var calendar = fields.Key("calendar", required: false) ?? CalendarRef.Always.Key;
        if (calendar != CalendarRef.Always.Key && !calendars.Contains(calendar)) fields.Error("calendar", $"there is no calendar '{calendar}'; make it first or use 'always'");
        var ladder = fields.Key("ladder", required: false);
        if (ladder is not null && !ladders.Exists(l => l.Key == ladder)) fields.Error("ladder", $"there is no ladder '{ladder}' in this document");
        return new(target ?? default, warning, calendar, fields.Choice<ClockStart>("starts_from") ?? ClockStart.CaseOpened, ladder);
    }

    private static ImmutableSortedSet<T> Names<T>(JsonFields fields, string name, InputErrors errors) where T : struct, Enum
    {
        var set = ImmutableSortedSet.CreateBuilder<T>();
        foreach (var (text, pointer) in fields.Texts(name, 50))
        {
            if (EnumNames<T>.TryParse(text, out var value)) set.Add(value);
            else errors.Add(pointer, $"must be {EnumNames<T>.Choices}");
        }
        return set.ToImmutable();
    }

    private static void Write(Utf8JsonWriter json, SlaPolicy policy)
    {
        json.WriteStartObject();
        json.WriteString("key", policy.Key);
        if (policy.Name is not null) json.WriteString("name", policy.Name);
        json.WriteStartObject("match");
        WriteList(json, "channels", policy.Match.Channels.Select(EnumNames<Channel>.Of));
        WriteList(json, "severities", policy.Match.Severities.Select(EnumNames<Severity>.Of));
        WriteList(json, "segments", policy.Match.Segments);
        json.WriteEndObject();
        json.WriteStartObject("targets");
        foreach (var (kind, target) in policy.Targets)
        {
            json.WriteStartObject(EnumNames<ClockKind>.Of(kind));
            json.WriteString("target", Durations.Format(target.Target));
            if (target.WarnBefore is { } warning) json.WriteString("warn_before", Durations.Format(warning));
            json.WriteString("calendar", target.Calendar);
            json.WriteString("starts_from", EnumNames<ClockStart>.Of(target.StartsFrom));
            if (target.Ladder is not null) json.WriteString("ladder", target.Ladder);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, EscalationLadder ladder)
    {
        json.WriteStartObject();
        json.WriteString("key", ladder.Key);
        json.WriteStartArray("steps");
        foreach (var step in ladder.Steps)
        {
            json.WriteStartObject();
            json.WriteString("after", Durations.Format(step.After));
            WriteList(json, "notify", step.Notify.Select(n => n.ToString()));
            if (step.Reassign is not null) json.WriteString("reassign", step.Reassign.ToString());
            if (step.RaiseSeverity) json.WriteBoolean("raise_severity", true);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items) json.WriteStringValue(item);
        json.WriteEndArray();
    }
}
