using System.Globalization;
using System.Text.Json;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Domain.Routing;

/// <summary>Checks that an operator suits its field and that what it compares with has the field's type.</summary>
internal readonly struct OperandReader(SourceErrors errors, ConditionField field, Comparator op)
{
    private const int MaxValues = 1000;

    private static readonly string[] DateForms = ["yyyy-MM-dd"];

    /// <summary>The values compared with, or null after an error.</summary>
    public List<Scalar>? Read(JsonPart owner, JsonMember member)
    {
        if (!Suits(field.Type, op))
        {
            var (type, comparator) = (field.Type, op);
            var suiting = string.Join(", ", Enum.GetValues<Comparator>().Where(o => Suits(type, o)).Select(EnumNames<Comparator>.Of));
            errors.Add(owner, member, $"'{EnumNames<Comparator>.Of(comparator)}' does not suit '{field.Name}', which is {TypeName(type)}; use {suiting}");
            return null;
        }
        return op switch
        {
            Comparator.Exists => One(member.Value, Truth(member.Value)),
            Comparator.WithinDays or Comparator.WithinNextDays => One(member.Value, Days(member.Value)),
            Comparator.In or Comparator.NotIn => ReadList(member.Value),
            Comparator.Contains when member.Value.Kind == JsonValueKind.Array => ReadList(member.Value),
            _ => One(member.Value, Value(member.Value)),
        };
    }

    internal static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>A moment with its offset, or a day, which means its start in UTC.</summary>
    internal static bool TryInstant(string text, out DateTimeOffset instant)
    {
        instant = default;
        if (TryDate(text, out var day))
        {
            instant = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
            return true;
        }
        return text.Length >= 17 && char.IsAsciiDigit(text[0]) && HasOffset(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out instant);
    }

    private static bool HasOffset(string text) => text[^1] is 'Z' or 'z' || text[^6] is '+' or '-';

    private static bool Suits(FieldType type, Comparator op) => op switch
    {
        Comparator.Exists => true,
        Comparator.Eq or Comparator.Ne => type is not (FieldType.List or FieldType.Instant),
        Comparator.Lt or Comparator.Lte or Comparator.Gt or Comparator.Gte => type is FieldType.Number or FieldType.Instant or FieldType.Date or FieldType.Scalar,
        Comparator.In or Comparator.NotIn => type is FieldType.Text or FieldType.Choice or FieldType.Number or FieldType.List or FieldType.Scalar,
        Comparator.Contains => type is FieldType.Text or FieldType.List or FieldType.Scalar,
        Comparator.StartsWith => type is FieldType.Text or FieldType.Scalar,
        Comparator.WithinDays or Comparator.WithinNextDays => type is FieldType.Instant or FieldType.Date or FieldType.Scalar,
        _ => false,
    };

    private static string TypeName(FieldType type) => type switch
    {
        FieldType.Text => "text",
        FieldType.Choice => "one of a list of names",
        FieldType.Number => "a number",
        FieldType.Truth => "true or false",
        FieldType.Instant => "a time",
        FieldType.Date => "a date",
        FieldType.List => "a list",
        FieldType.Scalar => "a free value",
    };

    private static List<Scalar>? One(JsonPart part, Scalar? value) => value is { } v ? [v] : null;

    private List<Scalar>? ReadList(JsonPart part)
    {
        if (part.Kind != JsonValueKind.Array || part.Items.Count is 0 or > MaxValues)
        {
            errors.Add(part, part.Kind == JsonValueKind.Array ? $"must name 1 to {MaxValues} values" : $"takes a list; it is {part.KindName}");
            return null;
        }
        var values = new List<Scalar>(part.Items.Count);
        foreach (var item in part.Items)
        {
            if (Value(item) is { } value) values.Add(value);
        }
        return values.Count == part.Items.Count ? values : null;
    }

    private Scalar? Value(JsonPart part) => field.Type switch
    {
        FieldType.Choice => Choice(part),
        FieldType.Number => Number(part),
        FieldType.Truth => Truth(part),
        FieldType.Instant => Instant(part),
        FieldType.Date => Date(part),
        FieldType.Scalar => Free(part),
        FieldType.Text or FieldType.List => Text(part),
    };

    private Scalar? Text(JsonPart part)
    {
        if (part.Text is null) return Wrong(part, "text");
        if (op is Comparator.Contains or Comparator.StartsWith && field.Type != FieldType.List && TextFold.Fold(part.Text).AsSpan().Trim().Length == 0)
        {
            errors.Add(part, "must not be empty");
            return null;
        }
        return Scalar.Of(part.Text);
    }

    private Scalar? Choice(JsonPart part)
    {
        if (part.Text is not { } name) return Wrong(part, "one of " + string.Join(", ", field.Choices));
        if (field.Choices.Contains(name, StringComparer.OrdinalIgnoreCase)) return Scalar.Of(name.ToLowerInvariant());
        errors.Add(part, $"'{name}' is no {field.Name}{Suggestion.Hint(name, field.Choices)}; use one of {string.Join(", ", field.Choices)}");
        return null;
    }

    private Scalar? Number(JsonPart part) => part.Kind == JsonValueKind.Number ? Scalar.Of(part.Number) : Wrong(part, "a number");

    private Scalar? Truth(JsonPart part) => part.Kind switch
    {
        JsonValueKind.True => Scalar.Of(true),
        JsonValueKind.False => Scalar.Of(false),
        _ => Wrong(part, "true or false"),
    };

    private Scalar? Instant(JsonPart part) => part.Text is { } text && TryInstant(text, out _)
        ? Scalar.Of(text)
        : Wrong(part, "a time with its offset, such as \"2026-11-22T06:14:00Z\", or a date");

    private Scalar? Date(JsonPart part) => part.Text is { } text && TryDate(text, out _) ? Scalar.Of(text) : Wrong(part, "a date such as \"2027-01-31\"");

    private Scalar? Days(JsonPart part)
    {
        if (part.Kind == JsonValueKind.Number && part.Number == Math.Floor(part.Number) && part.Number is >= 1 and <= ConditionParser.MaxDays) return Scalar.Of(part.Number);
        errors.Add(part, $"must be a whole number of days from 1 to {ConditionParser.MaxDays}");
        return null;
    }

    /// <summary>A field whose type the source decides: order is for numbers, parts are for texts, equality takes all three.</summary>
    private Scalar? Free(JsonPart part) => op switch
    {
        Comparator.Lt or Comparator.Lte or Comparator.Gt or Comparator.Gte => Number(part),
        Comparator.Contains or Comparator.StartsWith => Text(part),
        _ => part.Kind switch
        {
            JsonValueKind.String => Scalar.Of(part.Text),
            JsonValueKind.Number => Scalar.Of(part.Number),
            JsonValueKind.True or JsonValueKind.False => Truth(part),
            _ => Wrong(part, "text, a number, true or false"),
        },
    };

    private Scalar? Wrong(JsonPart part, string wanted)
    {
        var hint = part.Kind == JsonValueKind.Null ? "; for an absent field use \"exists\": false" : "";
        errors.Add(part, $"'{field.Name}' is compared with {wanted}, not with {part.KindName}{hint}");
        return null;
    }
}
