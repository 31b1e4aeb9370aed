using System.Text.Json;
using Hark.Domain.Common;

namespace Hark.Domain.Routing;

/// <summary>Reads conditions out of a parsed document, naming every error by the token that causes it.</summary>
/// <param name="errors">Collects; a condition read while this grew is not to be used.</param>
/// <param name="segmentProblem">Says what is wrong with a segment's key, or null when it may be named here. Null: segments are not checked.</param>
public sealed class ConditionParser(SourceErrors errors, Func<string, string?>? segmentProblem = null)
{
    /// <summary>Deeper than this no condition can be read by a person either; evaluation recurses as deep.</summary>
    public const int MaxDepth = 24;

    /// <summary>Longest "within the last N days": ten years, as far back as signals are accepted.</summary>
    public const int MaxDays = 3660;

    private static readonly string[] Forms = ["all", "any", "not", "field", "segment", "signals_by_contact"];
    private static readonly string[] CountNames = ["within_days", "at_least", "at_most"];

    public Condition Read(JsonPart part) => Read(part, 1);

    private Condition Read(JsonPart part, int depth)
    {
        if (part.Kind != JsonValueKind.Object)
        {
            errors.Add(part, $"must be a condition, an object with one of {string.Join(", ", Forms)}; it is {part.KindName}");
            return Condition.Always;
        }
        if (depth > MaxDepth)
        {
            errors.Add(part, $"conditions may be nested {MaxDepth} deep at most");
            return Condition.Always;
        }
        if (part.Member("field") is not null) return ReadComparisons(part);
        var form = part.Members.FirstOrDefault(m => Forms.Contains(m.Name, StringComparer.Ordinal));
        if (form is null) return Unknown(part);
        foreach (var other in part.Members)
        {
            if (ReferenceEquals(other, form)) continue;
            errors.Add(part, other, $"'{other.Name}' cannot stand beside '{form.Name}'; put both into an \"all\" or \"any\" list");
        }
        return form.Name switch
        {
            "all" => new AllOf(ReadItems(form, depth)),
            "any" => ReadAny(form, depth),
            "not" => new Not(Read(form.Value, depth + 1)),
            "segment" => ReadSegment(form.Value),
            _ => ReadCount(form.Value),
        };
    }

    private AllOf Unknown(JsonPart part)
    {
        if (part.Members.Count == 0) errors.Add(part, $"is empty; a condition has one of {string.Join(", ", Forms)} (\"all\": [] holds always)");
        foreach (var member in part.Members)
        {
            var isOperator = EnumNames<Comparator>.All.Contains(member.Name);
            errors.Add(part, member, isOperator
                ? $"'{member.Name}' needs a \"field\" beside it"
                : $"'{member.Name}' is no condition{Suggestion.Hint(member.Name, Forms)}{(Suggestion.For(member.Name, Forms) is null ? "; use one of " + string.Join(", ", Forms) : "")}");
        }
        return (AllOf)Condition.Always;
    }

    private List<Condition> ReadItems(JsonMember form, int depth)
    {
        if (form.Value.Kind == JsonValueKind.Array) return [.. form.Value.Items.Select(item => Read(item, depth + 1))];
        errors.Add(form.Value, $"\"{form.Name}\" takes a list of conditions; it is {form.Value.KindName}");
        return [];
    }

    private AnyOf ReadAny(JsonMember form, int depth)
    {
        var items = ReadItems(form, depth);
        if (form.Value.Kind == JsonValueKind.Array && items.Count == 0) errors.Add(form.Value, "\"any\" of nothing never holds; name at least one condition");
        return new AnyOf(items);
    }

    private InSegment ReadSegment(JsonPart value)
    {
        if (value.Text is not { Length: > 0 } key)
        {
            errors.Add(value, $"must be the key of a segment; it is {(value.Text is null ? value.KindName : "empty")}");
            return new InSegment("");
        }
        if (segmentProblem?.Invoke(key) is { } problem) errors.Add(value, problem);
        return new InSegment(key);
    }

    private SignalsByContact ReadCount(JsonPart value)
    {
        if (value.Kind != JsonValueKind.Object)
        {
            errors.Add(value, $"must be an object such as {{\"within_days\": 90, \"at_least\": 3}}; it is {value.KindName}");
            return new SignalsByContact(1, 1, null);
        }
        foreach (var member in value.Members)
        {
            if (!CountNames.Contains(member.Name)) errors.Add(value, member, $"'{member.Name}' is not known here{Suggestion.Hint(member.Name, CountNames)}");
        }
        var reader = new DocumentReader(errors, NoNames.Instance);
        var days = reader.Whole(value, "within_days", 1, MaxDays);
        var least = reader.Whole(value, "at_least", 1, 1_000_000);
        var most = reader.Whole(value, "at_most", 0, 1_000_000);
        if (value.Member("within_days") is null) errors.Add(value, "needs \"within_days\"");
        if (value.Member("at_least") is null && value.Member("at_most") is null) errors.Add(value, "needs \"at_least\" or \"at_most\"");
        if (least > most) errors.Add(value.Member("at_most")!, "must not be below at_least");
        return new SignalsByContact(days ?? 1, least, most);
    }

    /// <summary>A field with one operator, or with several that must all hold (<c>"gte": 20, "lt": 40</c>).</summary>
    private Condition ReadComparisons(JsonPart part)
    {
        var name = part.Member("field")!;
        ConditionField? field = null;
        if (name.Text is null) errors.Add(name, $"must be the name of a field; it is {name.KindName}");
        else if (!ConditionFields.TryFind(name.Text, out field)) errors.Add(name, $"'{name.Text}' is no field{FieldHint(name.Text)}");

        var comparisons = new List<Condition>();
        foreach (var member in part.Members)
        {
            if (member.Name == "field") continue;
            if (!EnumNames<Comparator>.All.Contains(member.Name) || !EnumNames<Comparator>.TryParse(member.Name, out var op))
            {
                errors.Add(part, member, $"'{member.Name}' is no comparison{ComparatorHint(member.Name)}");
            }
            else if (field is not null && new OperandReader(errors, field, op).Read(part, member) is { } values)
            {
                CheckSegments(field, member.Value);
                comparisons.Add(new Comparison(field.Name, op, values));
            }
        }
        if (part.Members.Count == 1) errors.Add(part, $"needs a comparison beside \"field\", {EnumNames<Comparator>.Choices}");
        return comparisons is [var only] ? only : new AllOf(comparisons);
    }

    private void CheckSegments(ConditionField field, JsonPart value)
    {
        if (segmentProblem is null || field.Name != "segments") return;
        foreach (var part in value.Kind == JsonValueKind.Array ? value.Items : [value])
        {
            if (part.Text is { } key && segmentProblem(key) is { } problem) errors.Add(part, problem);
        }
    }

    private static string FieldHint(string name) =>
        Suggestion.For(name, ConditionFields.Names) is { } near ? $"; did you mean '{near}'?" : "; the fields are " + string.Join(", ", ConditionFields.Names);

    /// <summary>People bring the operators of other languages.</summary>
    private static string ComparatorHint(string name)
    {
        var near = name.ToLowerInvariant() switch
        {
            "=" or "==" or "is" or "equals" => "eq",
            "!=" or "<>" or "neq" or "is_not" => "ne",
            "<" => "lt",
            "<=" or "le" or "max" => "lte",
            ">" => "gt",
            ">=" or "ge" or "min" => "gte",
            "nin" or "notin" => "not_in",
            _ => Suggestion.For(name, EnumNames<Comparator>.All),
        };
        return near is null ? "; use " + EnumNames<Comparator>.Choices : $"; did you mean '{near}'?";
    }
}
