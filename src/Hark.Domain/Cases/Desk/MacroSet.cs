using System.Text.Json;
using Hark.Domain.Common;
using Hark.Domain.Messages;
using Hark.Domain.Routing;
using Hark.Domain.Signals;

namespace Hark.Domain.Cases.Desk;

/// <summary>Several changes of a case in one click, in this order: severity, assignment, reply, note, snooze, resolution. What is null is left alone.</summary>
/// <param name="Team">Whose members are offered it; null for everybody.</param>
/// <param name="ToTeam">The team that gets the case.</param>
/// <param name="ToMember">The address of the member who gets it; <c>me</c> for who runs the macro.</param>
/// <param name="Reply">To the customer, with the places of snippets.</param>
/// <param name="Wait">Whether the case then waits for the customer.</param>
/// <param name="RootCause">Together with <paramref name="Outcome"/>: resolves the case.</param>
public sealed record Macro(
    string Key, string Name, string? Team, Severity? Severity, string? ToTeam, string? ToMember, string? Reply, bool Wait, string? Note, int? SnoozeHours, string? RootCause, CaseOutcome? Outcome)
{
    public const string Me = "me";
}

/// <summary>A workspace's macros: the document <c>{"macros": [{"key", "name", …}]}</c>.</summary>
public sealed record MacroSet(IReadOnlyList<Macro> Macros)
{
    public const int Most = 200;
    private const int LongestSnoozeHours = 24 * 366;

    public static MacroSet Empty { get; } = new([]);

    /// <summary>Null when it has errors: among them a macro that does nothing, and half a resolution.</summary>
    public static MacroSet? Parse(string json, IRoutingNames names, out SourceErrors errors)
    {
        var root = JsonSource.Parse(json, out errors);
        if (root is null) return null;
        var macros = DeskReader.Items(new DocumentReader(errors, names), root, "macros", Most, (r, p) => Read(r, p, names));
        return errors.Any ? null : new MacroSet(macros);
    }

    public string ToJson() => CanonicalJson.Write(Write, this);

    private static Macro Read(DocumentReader reader, JsonPart part, IRoutingNames names)
    {
        reader.IsObject(part, "a macro", "key", "name", "team", "severity", "to_team", "to_member", "reply", "wait", "note", "snooze_hours", "root_cause", "outcome");
        var reply = reader.Text(part, "reply", Case.LongestText);
        if (reply is not null && TextPattern.Parse(reply, [.. SnippetSet.Values], out var reason) is null) reader.Errors.Add(part.Member("reply")!, reason!);
        var macro = new Macro(reader.Key(part, "key") ?? "", reader.Required(part, "name", (p, n) => reader.Text(p, n, DeskReader.LongestName)) ?? "", reader.Known(part, "team", RoutingName.Team),
            reader.Choice<Severity>(part, "severity"), reader.Known(part, "to_team", RoutingName.Team), Member(reader, part, names), reply, reader.Truth(part, "wait", false),
            reader.Text(part, "note", Case.LongestText), reader.Whole(part, "snooze_hours", 1, LongestSnoozeHours), reader.Text(part, "root_cause", Case.LongestRootCause), reader.Choice<CaseOutcome>(part, "outcome"));
        if (macro.RootCause is null != macro.Outcome is null) reader.Errors.Add(part, "needs both root_cause and outcome to resolve, or neither");
        if (macro is { Severity: null, ToTeam: null, ToMember: null, Reply: null, Wait: false, Note: null, SnoozeHours: null, Outcome: null }) reader.Errors.Add(part, "does nothing");
        return macro;
    }

    private static string? Member(DocumentReader reader, JsonPart part, IRoutingNames names)
    {
        var member = reader.Text(part, "to_member", 320);
        if (member is null or Macro.Me || names.Knows(RoutingName.Member, member)) return member;
        reader.Errors.Add(part.Member("to_member")!, reader.NoSuch(RoutingName.Member, member));
        return null;
    }

    private static void Write(Utf8JsonWriter json, MacroSet set) => DeskReader.Write(json, "macros", set.Macros, m =>
    {
        DeskReader.Head(json, m.Key, m.Name, m.Team);
        foreach (var (name, value) in new[]
        {
            ("severity", m.Severity is { } severity ? EnumNames<Severity>.Of(severity) : null), ("to_team", m.ToTeam), ("to_member", m.ToMember), ("reply", m.Reply), ("note", m.Note),
            ("root_cause", m.RootCause), ("outcome", m.Outcome is { } outcome ? EnumNames<CaseOutcome>.Of(outcome) : null),
        })
            if (value is not null) json.WriteString(name, value);
        if (m.Wait) json.WriteBoolean("wait", true);
        if (m.SnoozeHours is { } hours) json.WriteNumber("snooze_hours", hours);
    });
}
