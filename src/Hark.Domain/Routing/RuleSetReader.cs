using System.Text.Json;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Domain.Routing;

/// <summary>Reads rules and their actions out of a parsed document.</summary>
internal sealed class RuleSetReader(DocumentReader reader, IRoutingNames names)
{
    private const int MaxActions = 20;
    private const int MaxTags = 50;

    private static readonly string[] Actions = ["open_case", "tag", "notify", "ask_call_back", "webhook", "auto_reply"];

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public RuleSet? Read(JsonPart root)
    {
        if (!reader.IsObject(root, "a rule set", "version", "rules")) return null;
        var version = reader.Version(root);
        var rules = new List<Rule>();
        foreach (var part in reader.List(root, "rules", "rules", RuleSet.MaxRules))
        {
            if (reader.IsObject(part, "a rule", "id", "name", "enabled", "version", "when", "then", "stop")) rules.Add(ReadRule(part));
        }
        return reader.Errors.Any ? null : new RuleSet(version, rules);
    }

    private Rule ReadRule(JsonPart part)
    {
        var id = reader.Key(part, "id") ?? "";
        if (id.Length > 0 && !_ids.Add(id)) reader.Errors.Add(part.Member("id")!, $"'{id}' is the id of an earlier rule");
        var when = Condition.Always;
        if (part.Member("when") is { } condition) when = new ConditionParser(reader.Errors, SegmentProblem).Read(condition);
        else reader.Errors.Add(part, "needs \"when\", a condition; {\"all\": []} holds always");
        var parts = reader.List(part, "then", "actions", MaxActions);
        var actions = new List<RuleAction>();
        foreach (var action in parts)
        {
            if (ReadAction(action) is { } read) actions.Add(read);
        }
        if (part.Member("then") is { Kind: JsonValueKind.Array, Items.Count: 0 } none) reader.Errors.Add(none, "must name at least one action");
        return new Rule(id, reader.Text(part, "name", 200) ?? id, reader.Truth(part, "enabled", true), when, actions, reader.Truth(part, "stop", false), reader.Version(part));
    }

    private string? SegmentProblem(string key) => names.Knows(RoutingName.Segment, key) ? null : reader.NoSuch(RoutingName.Segment, key);

    private RuleAction? ReadAction(JsonPart part)
    {
        if (!reader.IsObject(part, "an action", Actions)) return null;
        if (part.Members.Count != 1)
        {
            reader.Errors.Add(part, $"must be one action, such as {{\"open_case\": {{}}}}; actions are {string.Join(", ", Actions)}");
            return null;
        }
        var (name, value) = (part.Members[0].Name, part.Members[0].Value);
        return name switch
        {
            "open_case" => ReadOpenCase(value),
            "tag" => ReadTags(value),
            "notify" => ReadNotify(value),
            "ask_call_back" => reader.IsObject(value, "ask_call_back") ? new AskCallBack() : null,
            "webhook" => !reader.IsObject(value, "webhook", "endpoint") ? null
                : reader.Required(value, "endpoint", (p, n) => reader.Known(p, n, RoutingName.Webhook)) is { } endpoint ? new CallWebhook(endpoint) : null,
            "auto_reply" => !reader.IsObject(value, "auto_reply", "template") ? null
                : reader.Required(value, "template", (p, n) => reader.Known(p, n, RoutingName.Template)) is { } template ? new AutoReply(template) : null,
            _ => null,
        };
    }

    private OpenCase? ReadOpenCase(JsonPart value)
    {
        if (!reader.IsObject(value, "open_case", "severity", "team", "assignee", "assign", "title", "join", "policy")) return null;
        if (value.Member("assignee") is not null && value.Member("assign") is { } both)
        {
            reader.Errors.Add(both, "an assignee is named, so there is nobody to choose; leave \"assign\" out");
        }
        return new OpenCase(
            reader.Choice<Severity>(value, "severity"),
            reader.Known(value, "team", RoutingName.Team),
            reader.Known(value, "assignee", RoutingName.Member),
            reader.Choice<AssignmentStrategy>(value, "assign") ?? AssignmentStrategy.Team,
            reader.Text(value, "title", 300),
            reader.Choice<JoinMode>(value, "join") ?? JoinMode.ContactAndSubject,
            reader.Known(value, "policy", RoutingName.SlaPolicy));
    }

    private AddTags? ReadTags(JsonPart value)
    {
        if (!reader.IsObject(value, "tag", "tags")) return null;
        var tags = new List<string>();
        foreach (var tag in reader.List(value, "tags", "tags", MaxTags))
        {
            if (tag.Text is { Length: > 0 and <= 100 } text && text.Trim() == text) tags.Add(text);
            else reader.Errors.Add(tag, "must be a tag of 1 to 100 characters, without spaces at its ends");
        }
        if (value.Member("tags") is { Kind: JsonValueKind.Array, Items.Count: 0 } none) reader.Errors.Add(none, "must name at least one tag");
        return new AddTags(tags);
    }

    private Notify? ReadNotify(JsonPart value)
    {
        if (!reader.IsObject(value, "notify", "to", "template")) return null;
        if (reader.Required(value, "to", (p, n) => reader.Text(p, n, 320)) is not { } to) return null;
        var template = reader.Known(value, "template", RoutingName.Template);
        if (Find(to) is { } recipient) return new Notify(recipient, template);
        var keys = names.Known(RoutingName.Team).Select(k => "team:" + k).Concat(names.Known(RoutingName.Member).Select(k => "member:" + k));
        var near = Suggestion.For(to, keys) ?? Suggestion.For(to, names.Known(RoutingName.Team).Concat(names.Known(RoutingName.Member)));
        reader.Errors.Add(value.Member("to")!, $"'{to}' is no team, member or e-mail address{(near is null ? "; write \"team:KEY\", \"member:KEY\" or an address" : $"; did you mean '{near}'?")}");
        return null;
    }

    /// <summary>A key without its kind is a team's first, then a member's.</summary>
    private Recipient? Find(string to)
    {
        if (to.StartsWith("team:", StringComparison.Ordinal)) return Known(RecipientKind.Team, RoutingName.Team, to["team:".Length..]);
        if (to.StartsWith("member:", StringComparison.Ordinal)) return Known(RecipientKind.Member, RoutingName.Member, to["member:".Length..]);
        if (Known(RecipientKind.Team, RoutingName.Team, to) is { } team) return team;
        if (Known(RecipientKind.Member, RoutingName.Member, to) is { } member) return member;
        var at = to.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == to.LastIndexOf('@') && at < to.Length - 3 && to.IndexOf('.', at) > at + 1 && !to.Any(char.IsWhiteSpace) ? new Recipient(RecipientKind.Email, to) : null;
    }

    private Recipient? Known(RecipientKind kind, RoutingName name, string key) => names.Knows(name, key) ? new Recipient(kind, key) : null;
}
