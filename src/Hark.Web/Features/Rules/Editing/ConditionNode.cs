using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hark.Domain.Common;
using Hark.Domain.Routing;

namespace Hark.Web.Features.Rules.Editing;

/// <summary>
/// A condition while it is edited by form: what is typed need not be right yet. Read from the rule's JSON or from the fields of the form, whose names begin with the
/// node's place in the tree (<c>w.0.field</c>); written as JSON, which the one reader of rules checks.
/// </summary>
public sealed class ConditionNode
{
    public const string All = "all", Any = "any", Field = "field", Segment = "segment", Count = "count";

    private static readonly string[] Kinds = [All, Any, Field, Segment, Count];

    public string Kind { get; set; } = Field;
    public bool Not { get; set; }
    public string FieldName { get; set; } = "band";
    public string Op { get; set; } = "eq";

    /// <summary>One value; of a list one on each line.</summary>
    public string Value { get; set; } = "";
    public string Key { get; set; } = "";
    public string Days { get; set; } = "30";
    public string AtLeast { get; set; } = "";
    public string AtMost { get; set; } = "";
    public List<ConditionNode> Items { get; init; } = [];

    public bool IsGroup => Kind is All or Any;

    /// <summary>The whole of a rule's condition: always a group, so that there is something to add to.</summary>
    public static ConditionNode Root(JsonElement when) => Of(when) is { IsGroup: true, Not: false } group ? group : new() { Kind = All, Items = [Of(when)] };

    public static ConditionNode Of(JsonElement json)
    {
        if (json.TryGetProperty("not", out var inner))
        {
            var node = Of(inner);
            if (node.Not) return new() { Kind = All, Not = true, Items = [node] };
            node.Not = true;
            return node;
        }
        foreach (var kind in (string[])[All, Any])
            if (json.TryGetProperty(kind, out var items)) return new() { Kind = kind, Items = [.. items.EnumerateArray().Select(Of)] };
        if (json.TryGetProperty("segment", out var segment)) return new() { Kind = Segment, Key = segment.GetString()! };
        if (json.TryGetProperty("signals_by_contact", out var count))
            return new() { Kind = Count, Days = Text(count, "within_days"), AtLeast = Text(count, "at_least"), AtMost = Text(count, "at_most") };
        var comparison = json.EnumerateObject().First(p => p.Name != "field");
        return new() { FieldName = json.GetProperty("field").GetString()!, Op = comparison.Name, Value = Text(comparison.Value) };
    }

    /// <summary>What the form says at a place. As many parts, and as deep, as it has fields for: the server's limit of fields refuses a larger one as a whole.</summary>
    public static ConditionNode Read(IFormCollection form, string at)
    {
        string Get(string name) => form[$"{at}.{name}"].ToString().Trim();
        return new()
        {
            Kind = Kinds.Contains(Get("kind")) ? Get("kind") : Field,
            Not = form.ContainsKey(at + ".not"),
            FieldName = Get("field"),
            Op = Get("op"),
            Value = Get("value").ReplaceLineEndings("\n"),
            Key = Get("key"),
            Days = Get("days"),
            AtLeast = Get("least"),
            AtMost = Get("most"),
            Items = [.. PlacesIn(form, at).Select(place => Read(form, place))],
        };
    }

    /// <summary>The places right below a place: <c>at.0</c>, <c>at.1</c> and so on, as many as <c>at.n</c> says and the form really has.</summary>
    internal static IEnumerable<string> PlacesIn(IFormCollection form, string at) =>
        Enumerable.Range(0, int.TryParse(form[at + ".n"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0)
            .Select(i => FormattableString.Invariant($"{at}.{i}")).TakeWhile(place => form.ContainsKey(place + ".kind"));

    /// <summary>The node at a place below this one, which is at <c>w</c>; null where there is none.</summary>
    public ConditionNode? At(string place)
    {
        var node = this;
        foreach (var part in place.Split('.').Skip(1))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var i) || i >= node.Items.Count) return null;
            node = node.Items[i];
        }
        return node;
    }

    /// <summary>A group of one is that one.</summary>
    public JsonNode ToJson()
    {
        JsonNode json = Kind switch
        {
            All or Any when Items is [var only] => only.ToJson(),
            All or Any => new JsonObject { [Kind] = new JsonArray([.. Items.Select(i => i.ToJson())]) },
            Segment => new JsonObject { ["segment"] = Key },
            Count => new JsonObject { ["signals_by_contact"] = new JsonObject(Bounds()) },
            _ => new JsonObject { ["field"] = FieldName, [Op] = Operand() },
        };
        return Not ? new JsonObject { ["not"] = json } : json;
    }

    private IEnumerable<KeyValuePair<string, JsonNode?>> Bounds() =>
        new[] { ("within_days", Days), ("at_least", AtLeast), ("at_most", AtMost) }.Where(b => b.Item2.Length > 0).Select(b => KeyValuePair.Create(b.Item1, Number(b.Item2)));

    private JsonNode? Operand()
    {
        var lines = Value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (!EnumNames<Comparator>.TryParse(Op, out var op)) return Value;
        return op switch
        {
            Comparator.Exists => Value != "false",
            Comparator.WithinDays or Comparator.WithinNextDays => Number(Value),
            Comparator.In or Comparator.NotIn => new JsonArray([.. lines.Select(Typed)]),
            Comparator.Contains when lines.Length > 1 => new JsonArray([.. lines.Select(Typed)]),
            _ => Typed(Value),
        };
    }

    /// <summary>As the field's type wants it; what does not fit stays text, and the reader of rules says so.</summary>
    private JsonNode? Typed(string text) => (ConditionFields.TryFind(FieldName, out var field) ? field.Type : FieldType.Text) switch
    {
        FieldType.Number => Number(text),
        FieldType.Truth => Truth(text) ?? text,
        FieldType.Scalar => Truth(text) ?? Number(text),
        _ => text,
    };

    private static JsonNode? Truth(string text) => text switch { "true" => true, "false" => false, _ => null };

    private static JsonNode? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : text;

    private static string Text(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) ? Text(value) : "";

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(Text)),
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
