using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hark.Domain.Common;

namespace Hark.Domain.Signals.Mapping;

/// <summary>Writes a mapping in the form that is read, without what goes without saying.</summary>
internal static class SignalMappingWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(SignalMapping mapping)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options)) Write(json, mapping);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, SignalMapping m)
    {
        json.WriteStartObject();
        Text(json, "name", m.Name);
        if (m.Format is { } format) json.WriteString("format", EnumNames<FileFormat>.Of(format));
        if (m.Shape != RecordShape.Mapped) json.WriteString("shape", EnumNames<RecordShape>.Of(m.Shape));
        Text(json, "encoding", m.Encoding);
        Character(json, "delimiter", m.Delimiter);
        if (m.Quote != '"') Character(json, "quote", m.Quote);
        if (m.Header != new HeaderRows(1, 0, false)) WriteHeader(json, m.Header);
        Text(json, "records", m.Records);
        Texts(json, "missing", m.Missing.Count == 0 ? null : m.Missing);
        if (m.Zone != "UTC") Text(json, "zone", m.Zone);
        if (m.Dst != DstRule.Earlier) json.WriteString("dst", EnumNames<DstRule>.Of(m.Dst));
        Character(json, "decimal", m.Decimal);
        if (m.SkipWhen.Count > 0) WriteSkips(json, m.SkipWhen);
        if (m.Keep is { } keep)
        {
            json.WriteStartObject("keep");
            Texts(json, "last_by", keep.By);
            Text(json, "order", keep.Order);
            json.WriteEndObject();
        }
        if (m.Joins.Count > 0) WriteJoins(json, m.Joins);
        if (m.Shape == RecordShape.Mapped) WriteFields(json, m.Fields);
        json.WriteEndObject();
    }

    private static void WriteHeader(Utf8JsonWriter json, HeaderRows header)
    {
        json.WriteStartObject("header");
        json.WriteNumber("row", header.Row);
        if (header.Skip > 0) json.WriteNumber("skip", header.Skip);
        if (header.Combine) json.WriteBoolean("combine", true);
        json.WriteEndObject();
    }

    private static void WriteSkips(Utf8JsonWriter json, IReadOnlyList<SkipCondition> skips)
    {
        json.WriteStartArray("skip_when");
        foreach (var skip in skips)
        {
            json.WriteStartObject();
            json.WriteString("column", skip.Column);
            Texts(json, "is", skip.Is);
            Texts(json, "not", skip.Not);
            if (skip.Empty is { } empty) json.WriteBoolean("empty", empty);
            Text(json, "matches", skip.Pattern);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteJoins(Utf8JsonWriter json, IReadOnlyList<JoinSpec> joins)
    {
        json.WriteStartObject("joins");
        foreach (var join in joins)
        {
            json.WriteStartObject(join.Name);
            json.WriteString("file", join.File);
            json.WriteString("key", join.Key);
            if (join.On != join.Key) json.WriteString("on", join.On);
            if (join.Take != JoinTake.First) json.WriteString("take", EnumNames<JoinTake>.Of(join.Take));
            if (join.Aggregates.Count > 0) WriteAggregates(json, join.Aggregates);
            Text(json, "encoding", join.Encoding);
            Character(json, "delimiter", join.Delimiter);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteAggregates(Utf8JsonWriter json, IReadOnlyList<AggregateSpec> aggregates)
    {
        json.WriteStartObject("aggregate");
        foreach (var aggregate in aggregates)
        {
            json.WriteStartObject(aggregate.Name);
            if (aggregate.Column is { } column) json.WriteString(EnumNames<AggregateOperation>.Of(aggregate.Operation), column);
            else json.WriteBoolean("count", true);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, IReadOnlyList<FieldSpec> fields)
    {
        json.WriteStartObject("fields");
        foreach (var field in fields)
        {
            json.WritePropertyName(field.Target);
            if (field.Values.Count == 1)
            {
                WriteValue(json, field.Values[0]);
                continue;
            }
            json.WriteStartArray();
            foreach (var value in field.Values) WriteValue(json, value);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, ValueSpec v)
    {
        if (v == new ValueSpec { Column = v.Column, Dates = v.Dates } && v is { Column: not null, Dates.Count: 0 })
        {
            json.WriteStringValue(v.Column);
            return;
        }
        json.WriteStartObject();
        Text(json, "column", v.Column);
        Flat(json, "constant", v.Constant);
        Text(json, "template", v.Template);
        Texts(json, "concat", v.Concat);
        if (v.Separator != " ") json.WriteString("separator", v.Separator);
        Texts(json, "first_of", v.FirstOf);
        if (v.Between is { } b) WritePairs(json, "between", ("from", b.From), ("to", b.To), ("unit", EnumNames<TimeUnit>.Of(b.Unit)));
        if (v.Compare is { } c) WritePairs(json, "compare", ("left", c.Left), ("op", c.Operator), ("right", c.Right), ("as", EnumNames<CompareType>.Of(c.Type)));
        if (!v.Trim) json.WriteBoolean("trim", false);
        Text(json, "regex", v.Regex);
        if (v.Case is { } letters) json.WriteString("case", EnumNames<TextCase>.Of(letters));
        if (v.Cut is { } cut) json.WriteNumber("cut", cut);
        if (v.Map is { } map) WriteMap(json, map, v);
        Character(json, "decimal", v.Decimal);
        if (v.Rescale is { } r)
        {
            json.WriteStartObject("rescale");
            Numbers(json, "from", r.FromMin, r.FromMax);
            Numbers(json, "to", r.ToMin, r.ToMax);
            json.WriteEndObject();
        }
        if (v.Multiply is { } multiply) json.WriteNumber("multiply", multiply);
        if (v.Add is { } add) json.WriteNumber("add", add);
        if (v.Round is { } round) json.WriteNumber("round", round);
        Texts(json, "dates", v.Dates.Count == 0 ? null : v.Dates);
        Text(json, "zone", v.Zone);
        if (v.Dst is { } dst) json.WriteString("dst", EnumNames<DstRule>.Of(dst));
        Flat(json, "default", v.Default);
        if (v.As is { } type) json.WriteString("as", EnumNames<ScalarType>.Of(type));
        Text(json, "split", v.Split);
        if (v.Optional) json.WriteBoolean("optional", true);
        json.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter json, IReadOnlyDictionary<string, Scalar> map, ValueSpec v)
    {
        json.WriteStartObject("map");
        foreach (var (text, value) in map)
        {
            json.WritePropertyName(text);
            value.WriteTo(json);
        }
        json.WriteEndObject();
        if (v.Else == MapElse.Keep) json.WriteString("else", "keep");
        if (v.Else != MapElse.Value) return;
        json.WriteStartObject("else");
        Flat(json, "value", v.ElseValue);
        json.WriteEndObject();
    }

    private static void WritePairs(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, string Value)> pairs)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in pairs) json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, string name, double first, double second)
    {
        json.WriteStartArray(name);
        json.WriteNumberValue(first);
        json.WriteNumberValue(second);
        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    private static void Character(Utf8JsonWriter json, string name, char? value)
    {
        if (value is { } c) json.WriteString(name, c == '\t' ? "tab" : c.ToString());
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string>? values)
    {
        if (values is null) return;
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Flat(Utf8JsonWriter json, string name, Scalar? value)
    {
        if (value is not { } scalar) return;
        json.WritePropertyName(name);
        scalar.WriteTo(json);
    }
}
