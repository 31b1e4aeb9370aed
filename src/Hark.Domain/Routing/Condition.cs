using System.Text.Json;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Domain.Routing;

/// <summary>How a field is compared.</summary>
public enum Comparator { Eq, Ne, Lt, Lte, Gt, Gte, In, NotIn, Contains, StartsWith, Exists, WithinDays, WithinNextDays }

/// <summary>
/// What a rule, a segment or a persona asks of a signal. Two-valued: a comparison with a field that is absent is false (and so <c>ne</c> and
/// <c>not_in</c> of it are true), which keeps <c>not</c>, <c>all</c> and <c>any</c> the plain logic people expect. Equal conditions are equal values.
/// </summary>
public abstract record Condition
{
    private protected Condition() { }

    /// <summary>Holds for every signal.</summary>
    public static Condition Always { get; } = new AllOf([]);

    /// <summary>Reads a condition; null when it has errors. Fields and operators are checked, segment keys are not (see <see cref="ConditionParser"/>).</summary>
    public static Condition? Parse(string json, out SourceErrors errors)
    {
        var part = JsonSource.Parse(json, out errors);
        if (part is null) return null;
        var condition = new ConditionParser(errors).Read(part);
        return errors.Any ? null : condition;
    }

    /// <summary>The canonical JSON: one form for one meaning of the text, and what <see cref="Parse"/> reads back to an equal condition.</summary>
    public string ToJson() => CanonicalJson.Write(ConditionWriter.Write, this);
}

/// <summary>Every one of the items holds; with no items, always.</summary>
public sealed record AllOf(IReadOnlyList<Condition> Items) : Condition
{
    public bool Equals(AllOf? other) => other is not null && Items.SequenceEqual(other.Items);
    public override int GetHashCode() => Items.Aggregate(1, HashCode.Combine);
}

/// <summary>At least one of the items holds; with no items, never.</summary>
public sealed record AnyOf(IReadOnlyList<Condition> Items) : Condition
{
    public bool Equals(AnyOf? other) => other is not null && Items.SequenceEqual(other.Items);
    public override int GetHashCode() => Items.Aggregate(2, HashCode.Combine);
}

public sealed record Not(Condition Item) : Condition;

/// <summary>A field compared with one value, or with several for <c>in</c>, <c>not_in</c> and <c>contains</c> (any of them).</summary>
/// <param name="Field">A name of <see cref="ConditionFields"/>.</param>
/// <param name="Values">Never empty, no nulls. Times and dates as the text given.</param>
public sealed record Comparison(string Field, Comparator Op, IReadOnlyList<Scalar> Values) : Condition
{
    public bool Equals(Comparison? other) => other is not null && Field == other.Field && Op == other.Op && Values.SequenceEqual(other.Values);
    public override int GetHashCode() => Values.Aggregate(HashCode.Combine(Field, Op), HashCode.Combine);
}

/// <summary>The signal is in the segment.</summary>
public sealed record InSegment(string Key) : Condition;

/// <summary>How many signals the same contact sent within the last so many days, this one included.</summary>
/// <param name="AtLeast">At least one of the two bounds is given.</param>
public sealed record SignalsByContact(int WithinDays, int? AtLeast, int? AtMost) : Condition;

/// <summary>Writes conditions as JSON.</summary>
internal static class ConditionWriter
{
    public static void Write(Utf8JsonWriter json, Condition condition)
    {
        json.WriteStartObject();
        switch (condition)
        {
            case AllOf all: WriteGroup(json, "all", all.Items); break;
            case AnyOf any: WriteGroup(json, "any", any.Items); break;
            case Not not:
                json.WritePropertyName("not");
                Write(json, not.Item);
                break;
            case Comparison comparison: WriteComparison(json, comparison); break;
            case InSegment segment: json.WriteString("segment", segment.Key); break;
            case SignalsByContact count: WriteCount(json, count); break;
            default: throw new InvalidOperationException($"No form for {condition.GetType().Name}.");
        }
        json.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter json, string name, IReadOnlyList<Condition> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items) Write(json, item);
        json.WriteEndArray();
    }

    private static void WriteComparison(Utf8JsonWriter json, Comparison comparison)
    {
        json.WriteString("field", comparison.Field);
        json.WritePropertyName(EnumNames<Comparator>.Of(comparison.Op));
        var list = comparison.Op is Comparator.In or Comparator.NotIn || comparison.Values.Count > 1;
        if (list) json.WriteStartArray();
        foreach (var value in comparison.Values) value.WriteTo(json);
        if (list) json.WriteEndArray();
    }

    private static void WriteCount(Utf8JsonWriter json, SignalsByContact count)
    {
        json.WriteStartObject("signals_by_contact");
        json.WriteNumber("within_days", count.WithinDays);
        if (count.AtLeast is { } least) json.WriteNumber("at_least", least);
        if (count.AtMost is { } most) json.WriteNumber("at_most", most);
        json.WriteEndObject();
    }
}
