using System.Text.Json;
using Hark.Domain.Common;
using Hark.Domain.Routing;
using Hark.Domain.Signals;

namespace Hark.Domain.Cases.Desk;

/// <param name="Key">Unique in its playbook; what was ticked off stays so when the words change.</param>
public sealed record PlaybookStep(string Key, string Text);

/// <summary>What to do about one kind of case, step by step.</summary>
/// <param name="Team">Whose cases it is for; null for those of all.</param>
/// <param name="Touchpoints">Of which the case must have one; empty for any. The same of the others.</param>
public sealed record Playbook(
    string Key, string Name, string? Team, IReadOnlyList<string> Touchpoints, IReadOnlyList<string> Channels, IReadOnlyList<string> Topics, Severity? Severity, IReadOnlyList<PlaybookStep> Steps)
{
    /// <param name="teamKey">Of the case's team.</param>
    /// <param name="topics">Of its first signal.</param>
    public bool IsFor(Case c, string? teamKey, IReadOnlyCollection<string> topics) =>
        (Team is null || Team == teamKey) && (Severity is null || Severity == c.Severity) && (Touchpoints.Count == 0 || (c.Touchpoint is { } touchpoint && Touchpoints.Contains(touchpoint)))
        && (Channels.Count == 0 || Channels.Contains(EnumNames<Channel>.Of(c.Channel))) && (Topics.Count == 0 || Topics.Any(topics.Contains));
}

/// <summary>A workspace's playbooks: the document <c>{"playbooks": [{"key", "name", "steps": [{"key", "text"}], …}]}</c>. The first that fits a case is its own.</summary>
public sealed record PlaybookSet(IReadOnlyList<Playbook> Playbooks)
{
    public const int Most = 100, MostSteps = 30, LongestStep = 300;

    public static PlaybookSet Empty { get; } = new([]);

    public Playbook? Of(Case c, string? teamKey, IReadOnlyCollection<string> topics) => Playbooks.FirstOrDefault(p => p.IsFor(c, teamKey, topics));

    /// <summary>Null when it has errors.</summary>
    public static PlaybookSet? Parse(string json, IRoutingNames names, out SourceErrors errors)
    {
        var root = JsonSource.Parse(json, out errors);
        if (root is null) return null;
        var playbooks = DeskReader.Items(new DocumentReader(errors, names), root, "playbooks", Most, Read);
        return errors.Any ? null : new PlaybookSet(playbooks);
    }

    public string ToJson() => CanonicalJson.Write(Write, this);

    private static Playbook Read(DocumentReader reader, JsonPart part)
    {
        reader.IsObject(part, "a playbook", "key", "name", "team", "touchpoints", "channels", "topics", "severity", "steps");
        var steps = new List<PlaybookStep>();
        foreach (var step in reader.List(part, "steps", "steps", MostSteps))
        {
            reader.IsObject(step, "a step", "key", "text");
            var read = new PlaybookStep(reader.Key(step, "key") ?? "", reader.Required(step, "text", (p, n) => reader.Text(p, n, LongestStep)) ?? "");
            if (steps.Exists(s => s.Key == read.Key)) reader.Errors.Add(step, $"'{read.Key}' is the key of another step");
            steps.Add(read);
        }
        return new(reader.Key(part, "key") ?? "", reader.Required(part, "name", (p, n) => reader.Text(p, n, DeskReader.LongestName)) ?? "", reader.Known(part, "team", RoutingName.Team),
            Words(reader, part, "touchpoints"), Words(reader, part, "channels"), Words(reader, part, "topics"), reader.Choice<Severity>(part, "severity"), steps);
    }

    private static IReadOnlyList<string> Words(DocumentReader reader, JsonPart part, string name)
    {
        if (part.Member(name) is null) return [];
        var words = new List<string>();
        foreach (var item in reader.List(part, name, "texts", Most))
        {
            if (item.Text is { Length: > 0 and <= 200 } text) words.Add(text);
            else reader.Errors.Add(item, "must be a text of 1 to 200 characters");
        }
        return words;
    }

    private static void Write(Utf8JsonWriter json, PlaybookSet set) => DeskReader.Write(json, "playbooks", set.Playbooks, p =>
    {
        DeskReader.Head(json, p.Key, p.Name, p.Team);
        foreach (var (name, words) in new[] { ("touchpoints", p.Touchpoints), ("channels", p.Channels), ("topics", p.Topics) })
        {
            if (words.Count == 0) continue;
            json.WriteStartArray(name);
            foreach (var word in words) json.WriteStringValue(word);
            json.WriteEndArray();
        }
        if (p.Severity is { } severity) json.WriteString("severity", EnumNames<Severity>.Of(severity));
        json.WriteStartArray("steps");
        foreach (var step in p.Steps)
        {
            json.WriteStartObject();
            json.WriteString("key", step.Key);
            json.WriteString("text", step.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });
}
