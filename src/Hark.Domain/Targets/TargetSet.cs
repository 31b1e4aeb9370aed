using System.Text.Json;
using Hark.Domain.Common;
using Hark.Domain.Routing;
using Hark.Domain.Sla;
using Hark.Domain.Statistics;

namespace Hark.Domain.Targets;

/// <summary>A share of all cases whose clock is to be met within a time: "60 % acknowledged within 2 hours".</summary>
public sealed record DistributionTarget(ClockKind Clock, TimeSpan Within, double Share)
{
    public AttainmentTarget ToAttainment() => new((long)Within.TotalMilliseconds, Share);
}

/// <summary>
/// What a workspace wants to reach: how its work is to be spread over time, and its three outcomes. The document
/// <c>{"attainment": [{"clock", "within": "2h", "share": 0.6}], "outcomes": [{"outcome", "about", "per", "unit", "target": {"year", "value"}, "stages"}]}</c>.
/// </summary>
/// <param name="Attainment">By clock, then by time.</param>
/// <param name="Outcomes">All three, in the order of their kinds.</param>
public sealed record TargetSet(IReadOnlyList<DistributionTarget> Attainment, IReadOnlyList<Outcome> Outcomes)
{
    public const int MostAttainment = 20, LongestAbout = 100, LongestUnit = 8, MostStages = 20;
    private const double MostPer = 1_000_000;

    /// <summary>60 % acknowledged within 2 hours and 85 % within 6, 95 % resolved within 48; outcomes that wait for their numbers.</summary>
    public static TargetSet Default { get; } = new(
        [Hours(ClockKind.Acknowledge, 2, 0.60), Hours(ClockKind.Acknowledge, 6, 0.85), Hours(ClockKind.Resolve, 48, 0.95)],
        [.. Enum.GetValues<OutcomeKind>().Select(Usual)]);

    public Outcome Of(OutcomeKind kind) => Outcomes[(int)kind];

    /// <summary>The targets of one clock, by time.</summary>
    public IReadOnlyList<AttainmentTarget> Of(ClockKind clock) => [.. Attainment.Where(t => t.Clock == clock).Select(t => t.ToAttainment())];

    /// <summary>What is asked of one clock: its targets, or the usual spread over time, of whichever clock, where the workspace has not said.</summary>
    public IReadOnlyList<AttainmentTarget> Promised(ClockKind clock) =>
        !Attainment.SequenceEqual(Default.Attainment) && Of(clock) is { Count: > 0 } own ? own : [.. Default.Attainment.Select(t => t.ToAttainment())];

    /// <summary>Reads the document; an outcome that is left out is as usual. Null when it has errors.</summary>
    public static TargetSet? Parse(string json, out SourceErrors errors)
    {
        if (JsonSource.Parse(json, out errors) is not { } root) return null;
        var reader = new DocumentReader(errors, NoNames.Instance);
        if (!reader.IsObject(root, "the targets", "attainment", "outcomes")) return null;
        var attainment = reader.List(root, "attainment", "attainment", MostAttainment).Select(p => ReadDistribution(reader, p)).ToList();
        var outcomes = root.Member("outcomes") is null ? [] : reader.List(root, "outcomes", "outcomes", Default.Outcomes.Count).Select(p => (Part: p, Outcome: ReadOutcome(reader, p))).ToList();
        foreach (var (part, twice) in outcomes.Where((o, i) => outcomes.Take(i).Any(e => e.Outcome.Kind == o.Outcome.Kind))) errors.Add(part, $"'{EnumNames<OutcomeKind>.Of(twice.Kind)}' is there twice");
        return errors.Any ? null : new(
            [.. attainment.OrderBy(t => t.Clock).ThenBy(t => t.Within)],
            [.. Enum.GetValues<OutcomeKind>().Select(k => outcomes.Select(o => o.Outcome).FirstOrDefault(o => o.Kind == k) ?? Usual(k))]);
    }

    public string ToJson() => CanonicalJson.Write(Write, this);

    private static DistributionTarget Hours(ClockKind clock, int hours, double share) => new(clock, TimeSpan.FromHours(hours), share);

    private static Outcome Usual(OutcomeKind kind) => new(kind, null, 100, null, null, kind switch
    {
        OutcomeKind.Retention => ["renewal", "advocacy"],
        OutcomeKind.Adoption => ["onboarding", "activation", "regular_use"],
        OutcomeKind.CostToServe => ["learning", "support"],
    });

    private static DistributionTarget ReadDistribution(DocumentReader reader, JsonPart part)
    {
        reader.IsObject(part, "a target", "clock", "within", "share");
        var clock = reader.Choice<ClockKind>(part, "clock");
        if (part.Member("clock") is null) reader.Errors.Add(part, "needs \"clock\"");
        var text = reader.Required(part, "within", (p, n) => reader.Text(p, n, 20));
        var within = TimeSpan.Zero;
        if (text is not null && (!Durations.TryParse(text, out within) || within <= TimeSpan.Zero || within > TimeSpan.FromDays(366)))
            reader.Errors.Add(part.Member("within")!, "must be a time such as 2h or 30m, up to 366d");
        return new(clock ?? default, within, Number(reader, part, "share", 0, 1, openBelow: true) ?? 0);
    }

    private static Outcome ReadOutcome(DocumentReader reader, JsonPart part)
    {
        reader.IsObject(part, "an outcome", "outcome", "about", "per", "unit", "target", "stages");
        if (part.Member("outcome") is null) reader.Errors.Add(part, "needs \"outcome\"");
        var usual = Usual(reader.Choice<OutcomeKind>(part, "outcome") ?? default);
        var per = part.Member("per") is null ? usual.Per : Number(reader, part, "per", 0, MostPer, openBelow: true) ?? usual.Per;
        if (usual.IsShare && per != usual.Per) reader.Errors.Add(part.Member("per")!, "is 100 for a share: it is shown in percent");
        return usual with
        {
            About = reader.Text(part, "about", LongestAbout),
            Per = per,
            Unit = reader.Text(part, "unit", LongestUnit),
            Target = part.Member("target") is { } target ? ReadTarget(reader, target, usual.IsShare ? 100 : 1e12) : null,
            Stages = part.Member("stages") is null ? usual.Stages : [.. reader.List(part, "stages", "stages", MostStages).Select(s => Stage(reader, s)).OfType<string>()],
        };
    }

    private static OutcomeTarget ReadTarget(DocumentReader reader, JsonPart part, double most)
    {
        reader.IsObject(part, "a target", "year", "value");
        foreach (var name in new[] { "year", "value" })
            if (part.Member(name) is null) reader.Errors.Add(part, $"needs \"{name}\"");
        return new(reader.Whole(part, "year", 2000, 2200) ?? 0, Number(reader, part, "value", 0, most) ?? 0);
    }

    private static string? Stage(DocumentReader reader, JsonPart part)
    {
        if (part.Text is { Length: > 0 and <= 100 } key) return key;
        reader.Errors.Add(part, "must be the key of a stage");
        return null;
    }

    private static double? Number(DocumentReader reader, JsonPart part, string name, double min, double max, bool openBelow = false)
    {
        if (part.Member(name) is not { } member)
        {
            reader.Errors.Add(part, $"needs \"{name}\"");
            return null;
        }
        if (member.Kind == JsonValueKind.Number && member.Number <= max && (openBelow ? member.Number > min : member.Number >= min)) return member.Number;
        reader.Errors.Add(member, openBelow ? $"must be a number above {min}, up to {max}" : $"must be a number from {min} to {max}");
        return null;
    }

    private static void Write(Utf8JsonWriter json, TargetSet set)
    {
        json.WriteStartObject();
        json.WriteStartArray("attainment");
        foreach (var target in set.Attainment)
        {
            json.WriteStartObject();
            json.WriteString("clock", EnumNames<ClockKind>.Of(target.Clock));
            json.WriteString("within", Durations.Format(target.Within));
            json.WriteNumber("share", target.Share);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("outcomes");
        foreach (var outcome in set.Outcomes) Write(json, outcome);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Outcome outcome)
    {
        json.WriteStartObject();
        json.WriteString("outcome", EnumNames<OutcomeKind>.Of(outcome.Kind));
        if (outcome.About is not null) json.WriteString("about", outcome.About);
        json.WriteNumber("per", outcome.Per);
        if (outcome.Unit is not null) json.WriteString("unit", outcome.Unit);
        if (outcome.Target is { } target)
        {
            json.WriteStartObject("target");
            json.WriteNumber("year", target.Year);
            json.WriteNumber("value", target.Value);
            json.WriteEndObject();
        }
        json.WriteStartArray("stages");
        foreach (var stage in outcome.Stages) json.WriteStringValue(stage);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
