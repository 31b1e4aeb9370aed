using System.Text.Json;
using Hark.Domain.Common;
using Hark.Domain.Routing;

namespace Hark.Domain.Signals.Mapping;

/// <summary>Reads a mapping out of a parsed document. Everything wrong is collected with its place.</summary>
internal sealed class SignalMappingReader
{
    private readonly SourceErrors _errors;
    private readonly DocumentReader _reader;
    private readonly ValueSpecReader _values;

    public SignalMappingReader(SourceErrors errors)
    {
        _errors = errors;
        _reader = new DocumentReader(errors, NoNames.Instance);
        _values = new ValueSpecReader(_reader);
    }

    public SignalMapping? Read(JsonPart root)
    {
        if (!_reader.IsObject(root, "a mapping", "name", "format", "shape", "encoding", "delimiter", "quote", "header", "records", "missing", "zone", "dst", "decimal",
            "skip_when", "keep", "joins", "fields")) return null;
        var shape = _reader.Choice<RecordShape>(root, "shape") ?? RecordShape.Mapped;
        var fields = root.Member("fields") is { } part ? ReadFields(part) : [];
        if (shape == RecordShape.Mapped && root.Member("fields") is null) _errors.Add(root, "needs \"fields\", an object of signal fields");
        if (shape == RecordShape.Signal && root.Member("fields") is { } none) _errors.Add(none, "records of the shape \"signal\" are not mapped; leave \"fields\" out");
        return new SignalMapping
        {
            Name = _reader.Text(root, "name", 200),
            Format = _reader.Choice<FileFormat>(root, "format"),
            Shape = shape,
            Encoding = _values.EncodingName(root),
            Delimiter = _values.Character(root, "delimiter"),
            Quote = _values.Character(root, "quote") ?? '"',
            Header = root.Member("header") is { } header ? ReadHeader(header) : new(1, 0, false),
            Records = _reader.Text(root, "records", 500),
            Missing = _values.Texts(root, "missing", 100) ?? [],
            Zone = _values.Zone(root) ?? "UTC",
            Dst = _reader.Choice<DstRule>(root, "dst") ?? DstRule.Earlier,
            Decimal = _values.DecimalSign(root),
            SkipWhen = ReadSkips(root),
            Keep = root.Member("keep") is { } keep ? ReadKeep(keep) : null,
            Joins = ReadJoins(root),
            Fields = fields,
        };
    }

    private HeaderRows ReadHeader(JsonPart part)
    {
        _reader.IsObject(part, "header", "row", "skip", "combine");
        return new HeaderRows(_reader.Whole(part, "row", 0, 100) ?? 1, _reader.Whole(part, "skip", 0, 100) ?? 0, _reader.Truth(part, "combine", false));
    }

    private List<FieldSpec> ReadFields(JsonPart part)
    {
        var fields = new List<FieldSpec>();
        if (part.Kind != JsonValueKind.Object) _errors.Add(part, $"must be an object of signal fields; it is {part.KindName}");
        if (part.Members.Count > SignalMapping.MaxFields) _errors.Add(part, $"there may be {SignalMapping.MaxFields} fields at most");
        foreach (var member in part.Members.Take(SignalMapping.MaxFields))
        {
            if (!MappingTargets.TryFind(member.Name, out var target, out _)) _errors.Add(part, member, MappingTargets.Unknown(member.Name));
            else fields.Add(new FieldSpec(member.Name, _values.Read(member.Value, MappingTargets.TakesSeveral(target))));
        }
        if (part.Kind == JsonValueKind.Object && part.Members.Count == 0) _errors.Add(part, "must name at least one field of a signal");
        return fields;
    }

    private List<SkipCondition> ReadSkips(JsonPart root)
    {
        var skips = new List<SkipCondition>();
        if (root.Member("skip_when") is null) return skips;
        foreach (var part in _reader.List(root, "skip_when", "conditions", 50))
        {
            if (!_reader.IsObject(part, "a condition", "column", "is", "not", "empty", "matches")) continue;
            var column = _reader.Required(part, "column", (p, n) => _reader.Text(p, n, 500));
            if (part.Members.Count(m => m.Name is "is" or "not" or "empty" or "matches") != 1) _errors.Add(part, "needs exactly one of \"is\", \"not\", \"empty\" and \"matches\"");
            var empty = part.Member("empty") is null ? (bool?)null : _reader.Truth(part, "empty", true);
            skips.Add(new SkipCondition(column ?? "", _values.Texts(part, "is", 1000), _values.Texts(part, "not", 1000), empty, _values.Pattern(part, "matches")));
        }
        return skips;
    }

    private KeepRule? ReadKeep(JsonPart part)
    {
        if (!_reader.IsObject(part, "keep", "last_by", "order")) return null;
        var by = _values.Texts(part, "last_by", 10);
        if (by is null or []) _errors.Add(part, "needs \"last_by\", the columns that say which records belong together");
        return new KeepRule(by ?? [], _reader.Text(part, "order", 500));
    }

    private List<JoinSpec> ReadJoins(JsonPart root)
    {
        var joins = new List<JoinSpec>();
        if (root.Member("joins") is not { } part) return joins;
        if (part.Kind != JsonValueKind.Object) _errors.Add(part, $"must be an object: the name of each join and its file; it is {part.KindName}");
        if (part.Members.Count > SignalMapping.MaxJoins) _errors.Add(part, $"there may be {SignalMapping.MaxJoins} joins at most");
        foreach (var member in part.Members)
        {
            if (member.Name.Length == 0 || member.Name.Contains('.', StringComparison.Ordinal)) _errors.Add(part, member, "a join needs a name without a dot");
            if (_reader.IsObject(member.Value, "a join", "file", "key", "on", "take", "aggregate", "encoding", "delimiter")) joins.Add(ReadJoin(member.Name, member.Value));
        }
        return joins;
    }

    private JoinSpec ReadJoin(string name, JsonPart part)
    {
        var file = _reader.Required(part, "file", (p, n) => _reader.Text(p, n, 1000)) ?? "";
        var key = _reader.Required(part, "key", (p, n) => _reader.Text(p, n, 500)) ?? "";
        var aggregates = new List<AggregateSpec>();
        foreach (var member in part.Member("aggregate")?.Members ?? [])
        {
            if (ReadAggregate(member) is { } aggregate) aggregates.Add(aggregate);
        }
        return new JoinSpec(name, file, key, _reader.Text(part, "on", 500) ?? key, _reader.Choice<JoinTake>(part, "take") ?? JoinTake.First, aggregates)
        {
            Encoding = _values.EncodingName(part),
            Delimiter = _values.Character(part, "delimiter"),
        };
    }

    /// <summary><c>"total": {"sum": "price"}</c>, <c>"rows": {"count": true}</c>.</summary>
    private AggregateSpec? ReadAggregate(JsonMember member)
    {
        var part = member.Value;
        if (!_reader.IsObject(part, "an aggregate", [.. EnumNames<AggregateOperation>.All])) return null;
        if (part.Members.Count != 1 || !EnumNames<AggregateOperation>.TryParse(part.Members[0].Name, out var operation))
        {
            _errors.Add(part, "must be one operation, such as {\"sum\": \"price\"} or {\"count\": true}");
            return null;
        }
        if (operation == AggregateOperation.Count) return _reader.Truth(part, "count", true) ? new AggregateSpec(member.Name, operation, null) : null;
        return _reader.Text(part, part.Members[0].Name, 500) is { } column ? new AggregateSpec(member.Name, operation, column) : null;
    }
}
