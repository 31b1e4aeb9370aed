using System.Text.Json;
using Hark.Domain.Common;

namespace Hark.Domain.Routing;

/// <summary>A named, owned group of signals.</summary>
/// <param name="Owner">The team or member who answers for the definition.</param>
public sealed record Segment(string Key, string Name, string Owner, Condition When);

/// <summary>
/// A workspace's segments in order. A segment may refer to those before it only, so there is never a cycle and one pass evaluates them all.
/// </summary>
public sealed class SegmentSet
{
    public const int MaxSegments = 500;

    private readonly CompiledCondition[] _compiled;

    public SegmentSet(IReadOnlyList<Segment> segments)
    {
        Segments = segments;
        _compiled = [.. segments.Select(s => new CompiledCondition(s.When))];
        Needs = ConditionNeeds.OfAll(_compiled.Select(c => c.Needs));
    }

    public static SegmentSet Empty { get; } = new([]);
    public IReadOnlyList<Segment> Segments { get; }
    public ConditionNeeds Needs { get; }

    /// <summary>The keys of the segments the signal is in, in the set's order. What the context says of segments is ignored.</summary>
    public IReadOnlyList<string> Evaluate(RoutingContext context)
    {
        List<string>? found = null;
        var facts = new Facts(context) { Segments = [] };
        for (var i = 0; i < _compiled.Length; i++)
        {
            if (!_compiled[i].Matches(ref facts)) continue;
            if (found is null) facts.Segments = found = [];
            found.Add(Segments[i].Key);
        }
        return found ?? facts.Segments;
    }

    /// <summary>Reads <c>{"segments": [{"key", "name", "owner", "when"}]}</c>; null when it has errors.</summary>
    public static SegmentSet? Parse(string json, IRoutingNames names, out SourceErrors errors)
    {
        var root = JsonSource.Parse(json, out errors);
        if (root is null) return null;
        var segments = new Parser(new DocumentReader(errors, names), names).Read(root);
        return errors.Any ? null : new SegmentSet(segments);
    }

    public string ToJson() => CanonicalJson.Write(Write, this);

    private static void Write(Utf8JsonWriter json, SegmentSet set)
    {
        json.WriteStartObject();
        json.WriteStartArray("segments");
        foreach (var segment in set.Segments)
        {
            json.WriteStartObject();
            json.WriteString("key", segment.Key);
            json.WriteString("name", segment.Name);
            json.WriteString("owner", segment.Owner);
            json.WritePropertyName("when");
            ConditionWriter.Write(json, segment.When);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private sealed class Parser(DocumentReader reader, IRoutingNames names)
    {
        private readonly HashSet<string> _earlier = new(StringComparer.Ordinal);
        private HashSet<string> _all = [];

        public List<Segment> Read(JsonPart root)
        {
            var segments = new List<Segment>();
            if (!reader.IsObject(root, "a segment set", "segments")) return segments;
            var parts = reader.List(root, "segments", "segments", MaxSegments);
            _all = [.. parts.Select(p => p.Member("key")?.Text).OfType<string>()];
            foreach (var part in parts)
            {
                if (reader.IsObject(part, "a segment", "key", "name", "owner", "when")) segments.Add(ReadSegment(part));
            }
            return segments;
        }

        private Segment ReadSegment(JsonPart part)
        {
            var key = reader.Key(part, "key") ?? "";
            var name = reader.Text(part, "name", 200) ?? key;
            var owner = reader.Required(part, "owner", Owner) ?? "";
            var when = Condition.Always;
            if (part.Member("when") is { } condition) when = new ConditionParser(reader.Errors, other => Problem(key, other)).Read(condition);
            else reader.Errors.Add(part, "needs \"when\", a condition");
            if (key.Length > 0 && !_earlier.Add(key)) reader.Errors.Add(part.Member("key")!, $"'{key}' is the key of an earlier segment");
            return new Segment(key, name, owner, when);
        }

        private string? Owner(JsonPart part, string name)
        {
            var owner = reader.Text(part, name, 200);
            if (owner is null || names.Knows(RoutingName.Team, owner) || names.Knows(RoutingName.Member, owner)) return owner;
            var near = Suggestion.Hint(owner, names.Known(RoutingName.Team).Concat(names.Known(RoutingName.Member)));
            reader.Errors.Add(part.Member(name)!, $"there is no team or member '{owner}'{near}");
            return null;
        }

        private string? Problem(string self, string other)
        {
            if (other == self) return $"segment '{other}' cannot refer to itself";
            if (_earlier.Contains(other)) return null;
            return _all.Contains(other)
                ? $"segment '{other}' stands further down; a segment may refer to earlier ones only, so move it before '{self}'"
                : $"there is no segment '{other}'{Suggestion.Hint(other, _all)}";
        }
    }
}
