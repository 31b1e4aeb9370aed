using System.Text.Json;
using System.Text.RegularExpressions;
using Hark.Domain.Common;
using Hark.Domain.Routing;
using NodaTime;

namespace Hark.Domain.Signals.Mapping;

/// <summary>Reads single values of a mapping. A text is short for the column of that name.</summary>
internal sealed class ValueSpecReader(DocumentReader reader)
{
    /// <summary>A pattern runs on every record: one that takes longer than this on a value is refused for that record.</summary>
    public static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(250);

    private static readonly string[] Origins = ["column", "constant", "template", "concat", "first_of", "between", "compare"];
    private static readonly string[] Operators = ["<", "<=", ">", ">=", "=", "!="];

    private SourceErrors Errors => reader.Errors;

    public IReadOnlyList<ValueSpec> Read(JsonPart part, bool several)
    {
        if (!several || part.Kind != JsonValueKind.Array) return ReadOne(part) is { } one ? [one] : [];
        return [.. part.Items.Select(ReadOne).OfType<ValueSpec>()];
    }

    private ValueSpec? ReadOne(JsonPart part)
    {
        if (part.Text is { } column) return new ValueSpec { Column = column };
        if (!reader.IsObject(part, "a value", [.. Origins, "separator", "trim", "regex", "case", "cut", "map", "else", "decimal", "rescale", "multiply", "add", "round", "dates", "zone", "dst",
            "default", "as", "split", "optional"])) return null;
        var origins = part.Members.Count(m => Origins.Contains(m.Name));
        if (origins != 1) Errors.Add(part, $"needs exactly one of {string.Join(", ", Origins)}; it has {origins}");
        var (otherwise, value) = ReadElse(part);
        return new ValueSpec
        {
            Column = Name(part, "column"),
            Constant = part.Member("constant") is { } constant ? Flat(constant) : null,
            Template = part.Member("template") is null ? null : ReadTemplate(part),
            Concat = Texts(part, "concat", 50),
            Separator = part.Member("separator") is { } separator ? Any(separator) : " ",
            FirstOf = Texts(part, "first_of", 50),
            Between = part.Member("between") is { } between ? ReadBetween(between) : null,
            Compare = part.Member("compare") is { } compare ? ReadCompare(compare) : null,
            Trim = reader.Truth(part, "trim", true),
            Regex = Pattern(part, "regex"),
            Case = reader.Choice<TextCase>(part, "case"),
            Cut = reader.Whole(part, "cut", 1, 1_000_000),
            Map = part.Member("map") is { } map ? ReadMap(map) : null,
            Else = otherwise,
            ElseValue = value,
            Decimal = DecimalSign(part),
            Rescale = part.Member("rescale") is { } rescale ? ReadRescale(rescale) : null,
            Multiply = Number(part, "multiply"),
            Add = Number(part, "add"),
            Round = reader.Whole(part, "round", 0, 12),
            Dates = Texts(part, "dates", 20) ?? [],
            Zone = Zone(part),
            Dst = reader.Choice<DstRule>(part, "dst"),
            Default = part.Member("default") is { } fallback ? Flat(fallback) : null,
            As = reader.Choice<ScalarType>(part, "as"),
            Split = part.Member("split") is { } split ? Any(split) : null,
            Optional = reader.Truth(part, "optional", false),
        };
    }

    /// <summary>Texts in a list, or one text for a list of one; null when absent.</summary>
    public IReadOnlyList<string>? Texts(JsonPart owner, string name, int max)
    {
        if (owner.Member(name) is not { } part) return null;
        if (part.Text is { } one) return [one];
        var texts = new List<string>();
        foreach (var item in reader.List(owner, name, "texts", max))
        {
            if (item.Text is { } text) texts.Add(text);
            else Errors.Add(item, $"must be text; it is {item.KindName}");
        }
        return texts;
    }

    public char? Character(JsonPart owner, string name)
    {
        if (owner.Member(name) is not { } part) return null;
        if (part.Text is "tab" or "\\t") return '\t';
        if (part.Text is [var c] && char.IsAscii(c) && c is not ('\r' or '\n')) return c;
        Errors.Add(part, "must be one ASCII character, or \"tab\"");
        return null;
    }

    public char? DecimalSign(JsonPart owner)
    {
        if (owner.Member("decimal") is not { } part) return null;
        if (part.Text is "." or ",") return part.Text[0];
        Errors.Add(part, "must be \".\" or \",\"");
        return null;
    }

    public string? Zone(JsonPart owner)
    {
        if (reader.Text(owner, "zone", 100) is not { } zone) return null;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null) return zone;
        Errors.Add(owner.Member("zone")!, $"there is no time zone '{zone}'{Suggestion.Hint(zone, DateTimeZoneProviders.Tzdb.Ids)}");
        return null;
    }

    public string? EncodingName(JsonPart owner)
    {
        if (reader.Text(owner, "encoding", 50) is not { } name) return null;
        if (FileEncodings.Find(name) is not null) return name;
        Errors.Add(owner.Member("encoding")!, $"there is no encoding '{name}'{Suggestion.Hint(name, FileEncodings.Names)}; usual are {string.Join(", ", FileEncodings.Names)}");
        return null;
    }

    public string? Pattern(JsonPart owner, string name)
    {
        if (reader.Text(owner, name, 1000) is not { } pattern) return null;
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, PatternTime);
            return pattern;
        }
        catch (ArgumentException e)
        {
            Errors.Add(owner.Member(name)!, "is no regular expression: " + e.Message);
            return null;
        }
    }

    /// <summary>A column's name may be anything but empty, spaces included.</summary>
    private string? Name(JsonPart owner, string name) => owner.Member(name) is { Text.Length: > 0 } part ? part.Text : reader.Text(owner, name, 500);

    private string ReadTemplate(JsonPart part)
    {
        var template = Any(part.Member("template")!);
        if (TemplateParts.Parse(template) is null) Errors.Add(part.Member("template")!, "has a brace that is not closed; write {column}, and {{ or }} for a brace itself");
        return template;
    }

    private BetweenSpec? ReadBetween(JsonPart part)
    {
        if (!reader.IsObject(part, "between", "from", "to", "unit")) return null;
        var (from, to) = (reader.Required(part, "from", Name), reader.Required(part, "to", Name));
        return new BetweenSpec(from ?? "", to ?? "", reader.Choice<TimeUnit>(part, "unit") ?? TimeUnit.Days);
    }

    private CompareSpec? ReadCompare(JsonPart part)
    {
        if (!reader.IsObject(part, "compare", "left", "op", "right", "as")) return null;
        var (left, right) = (reader.Required(part, "left", Name), reader.Required(part, "right", Name));
        var op = reader.Required(part, "op", (p, n) => reader.Text(p, n, 2)) ?? "=";
        if (!Operators.Contains(op)) Errors.Add(part.Member("op")!, "must be one of " + string.Join(" ", Operators));
        return new CompareSpec(left ?? "", op, right ?? "", reader.Choice<CompareType>(part, "as") ?? CompareType.Text);
    }

    private Dictionary<string, Scalar>? ReadMap(JsonPart part)
    {
        if (part.Kind != JsonValueKind.Object)
        {
            Errors.Add(part, $"must be an object of values by text; it is {part.KindName}");
            return null;
        }
        var map = new Dictionary<string, Scalar>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in part.Members)
        {
            if (!map.TryAdd(member.Name, Flat(member.Value))) Errors.Add(part, member, $"'{member.Name}' is given twice; case makes no difference here");
        }
        return map;
    }

    /// <summary><c>"else": "reject"</c> (also without it), <c>"keep"</c>, or <c>{"value": 3}</c>.</summary>
    private (MapElse, Scalar) ReadElse(JsonPart part)
    {
        if (part.Member("else") is not { } otherwise) return (MapElse.Reject, default);
        if (part.Member("map") is null) Errors.Add(otherwise, "belongs to a \"map\", which is not there");
        if (otherwise.Text is "reject") return (MapElse.Reject, default);
        if (otherwise.Text is "keep") return (MapElse.Keep, default);
        if (otherwise.Kind == JsonValueKind.Object && otherwise.Member("value") is { } value && otherwise.Members.Count == 1) return (MapElse.Value, Flat(value));
        Errors.Add(otherwise, "must be \"reject\", \"keep\" or {\"value\": …}");
        return (MapElse.Reject, default);
    }

    private RescaleSpec? ReadRescale(JsonPart part)
    {
        if (!reader.IsObject(part, "rescale", "from", "to")) return null;
        if (Range(part, "from") is not var (fromMin, fromMax) || Range(part, "to") is not var (toMin, toMax)) return null;
        return new RescaleSpec(fromMin, fromMax, toMin, toMax);
    }

    private (double, double)? Range(JsonPart owner, string name)
    {
        if (owner.Member(name) is { Items: [{ Kind: JsonValueKind.Number } min, { Kind: JsonValueKind.Number } max] } && min.Number != max.Number) return (min.Number, max.Number);
        Errors.Add(owner.Member(name) ?? owner, $"needs \"{name}\": [lowest, highest], two different numbers");
        return null;
    }

    private double? Number(JsonPart owner, string name)
    {
        if (owner.Member(name) is not { } part) return null;
        if (part.Kind == JsonValueKind.Number) return part.Number;
        Errors.Add(part, $"must be a number; it is {part.KindName}");
        return null;
    }

    private string Any(JsonPart part)
    {
        if (part.Text is null) Errors.Add(part, $"must be text; it is {part.KindName}");
        return part.Text ?? "";
    }

    private Scalar Flat(JsonPart part)
    {
        switch (part.Kind)
        {
            case JsonValueKind.String: return Scalar.Of(part.Text);
            case JsonValueKind.Number: return Scalar.Of(part.Number);
            case JsonValueKind.True or JsonValueKind.False: return Scalar.Of(part.Kind == JsonValueKind.True);
            case JsonValueKind.Null: return default;
            default:
                Errors.Add(part, $"must be text, a number, true, false or null; it is {part.KindName}");
                return default;
        }
    }
}
