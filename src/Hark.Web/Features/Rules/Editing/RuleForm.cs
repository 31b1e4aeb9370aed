using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hark.Domain.Common;
using Hark.Domain.Routing;

namespace Hark.Web.Features.Rules.Editing;

/// <summary>An action while it is edited: its kind and its values as they are typed.</summary>
public sealed class ActionNode
{
    /// <summary>The values of each kind, in the order of the form.</summary>
    public static IReadOnlyDictionary<string, string[]> Kinds { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["open_case"] = ["severity", "team", "assign", "assignee", "title", "join", "policy"],
        ["tag"] = ["tags"],
        ["notify"] = ["to", "template"],
        ["ask_call_back"] = [],
        ["webhook"] = ["endpoint"],
        ["auto_reply"] = ["template"],
    };

    public required string Kind { get; init; }
    public Dictionary<string, string> Values { get; init; } = [];

    public static ActionNode Of(JsonElement json)
    {
        var action = json.EnumerateObject().First();
        return new()
        {
            Kind = action.Name,
            Values = action.Value.EnumerateObject().ToDictionary(v => v.Name, v => v.Value.ValueKind == JsonValueKind.Array ? string.Join(", ", v.Value.EnumerateArray().Select(t => t.GetString())) : v.Value.GetString() ?? ""),
        };
    }

    public static ActionNode? Read(IFormCollection form, string at) => form[$"{at}.kind"].ToString() is var kind && !Kinds.ContainsKey(kind) ? null
        : new() { Kind = kind, Values = Kinds[kind].ToDictionary(v => v, v => form[$"{at}.{v}"].ToString().Trim()) };

    public JsonNode ToJson() => new JsonObject
    {
        [Kind] = new JsonObject(Values.Where(v => v.Value.Length > 0).Select(v => KeyValuePair.Create(v.Key, v.Key == "tags"
            ? (JsonNode?)new JsonArray([.. v.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(t => JsonValue.Create(t))]) : v.Value))),
    };
}

/// <summary>A rule while it is edited by form.</summary>
/// <param name="Id">Empty for a new one, until it is saved.</param>
internal sealed record RuleForm(string Id, string Name, bool Enabled, bool Stop, ConditionNode When, List<ActionNode> Then)
{
    private const int LongestId = 60;

    public static RuleForm New => new("", "", true, false, new() { Kind = ConditionNode.All, Items = [new() { Value = "negative" }] }, [new() { Kind = "open_case" }]);

    public static RuleForm Of(Rule rule)
    {
        var json = JsonElement.Parse(new RuleSet(1, [rule]).ToJson()).GetProperty("rules")[0];
        return new(rule.Id, rule.Name, rule.Enabled, rule.Stop, ConditionNode.Root(json.GetProperty("when")), [.. json.GetProperty("then").EnumerateArray().Select(ActionNode.Of)]);
    }

    public static RuleForm Read(IFormCollection form, string id) =>
        new(id, form["name"].ToString().Trim(), form.ContainsKey("enabled"), form.ContainsKey("stop"), ConditionNode.Read(form, "w"),
            [.. ConditionNode.PlacesIn(form, "a").Select(place => ActionNode.Read(form, place)).OfType<ActionNode>()]);

    /// <summary>Changes the form by one of its buttons: <c>add-field:w</c>, <c>remove:w.1</c>, <c>remove-action:0</c>. False for a button that is none of these.</summary>
    /// <param name="kind">Of an action to be added.</param>
    public bool Change(string button, string kind)
    {
        var (verb, place) = button.Split(':') is [var v, var p] ? (v, p) : (button, "");
        switch (verb)
        {
            case "add-field": When.At(place)?.Items.Add(new()); return true;
            case "add-segment": When.At(place)?.Items.Add(new() { Kind = ConditionNode.Segment }); return true;
            case "add-count": When.At(place)?.Items.Add(new() { Kind = ConditionNode.Count }); return true;
            case "add-group": When.At(place)?.Items.Add(new() { Kind = ConditionNode.Any, Items = [new()] }); return true;
            case "remove" when place.LastIndexOf('.') is var dot and > 0:
                if (When.At(place) is { } gone) When.At(place[..dot])!.Items.Remove(gone);
                return true;
            case "add-action" when ActionNode.Kinds.ContainsKey(kind): Then.Add(new() { Kind = kind }); return true;
            case "remove-action" when int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < Then.Count: Then.RemoveAt(i); return true;
            case "show": return true;
            default: return false;
        }
    }

    public JsonObject ToJson(string id) => new()
    {
        ["id"] = id,
        ["name"] = Name,
        ["enabled"] = Enabled,
        ["when"] = When.ToJson(),
        ["then"] = new JsonArray([.. Then.Select(a => a.ToJson())]),
        ["stop"] = Stop,
    };

    /// <summary>The rules with this one in its place, or at the end when it is new.</summary>
    /// <returns>The document, and the id that the rule has in it.</returns>
    public (string Json, string Id) In(RuleSet rules)
    {
        var id = Id.Length > 0 ? Id : FreeId(rules);
        var document = JsonNode.Parse(rules.ToJson())!.AsObject();
        document.Remove("version"); // of the defaults it is 0, which no document may say
        var list = document["rules"]!.AsArray();
        var at = list.Select(r => (string?)r!["id"]).ToList().IndexOf(id);
        if (at < 0) list.Add(ToJson(id));
        else list[at] = ToJson(id);
        return (document.ToJsonString(), id);
    }

    /// <summary>Made of the name, once: renaming does not change it.</summary>
    private string FreeId(RuleSet rules)
    {
        var slug = new StringBuilder();
        foreach (var c in TextFold.Fold(Name))
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        var stem = slug.ToString().Trim('-') is { Length: > 0 } text ? text[..Math.Min(text.Length, LongestId)] : "rule";
        return Enumerable.Range(1, rules.Rules.Count + 1).Select(i => i == 1 ? stem : FormattableString.Invariant($"{stem}-{i}")).First(k => rules.Rules.All(r => r.Id != k));
    }
}
