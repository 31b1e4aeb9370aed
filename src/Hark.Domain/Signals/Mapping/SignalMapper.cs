using System.Text.Json;
using System.Text.RegularExpressions;
using Hark.Domain.Common;

namespace Hark.Domain.Signals.Mapping;

/// <summary>
/// A mapping bound to the columns of a file: turns records into drafts. Not for several threads at once; about two microseconds a record.
/// </summary>
public sealed class SignalMapper
{
    private readonly Field[] _fields;
    private readonly (ColumnRef Column, SkipCondition Condition, HashSet<string>? Texts, Regex? Pattern)[] _skips;
    private readonly RecordView _view;
    private readonly DraftBuilder _builder = new();

    private SignalMapper(Field[] fields, (ColumnRef, SkipCondition, HashSet<string>?, Regex?)[] skips, RecordView view) => (_fields, _skips, _view) = (fields, skips, view);

    /// <summary>False when nothing says what a record's own id is, so that the reader of the file has to make one.</summary>
    public bool HasId => Array.Exists(_fields, f => f.Target == MappingTarget.Id);

    /// <summary>Every name of a column that the mapping mentions.</summary>
    public static IEnumerable<string> ColumnsOf(SignalMapping mapping) =>
        mapping.Fields.SelectMany(f => f.Values).SelectMany(ValueExpression.ColumnsOf).Concat(mapping.SkipWhen.Select(s => s.Column)).Concat(mapping.Joins.Select(j => j.On))
            .Concat(mapping.Keep?.By ?? []).Concat(mapping.Keep?.Order is { } order ? [order] : []);

    /// <summary>Finds every column. The error names each one that is not there and those that are.</summary>
    /// <param name="joins">In the order of <see cref="SignalMapping.Joins"/>.</param>
    public static Result<SignalMapper> Bind(SignalMapping mapping, IReadOnlyList<string> columns, IReadOnlyList<JoinTable> joins)
    {
        var errors = new InputErrors();
        var binder = new ColumnBinder(columns, joins);
        var missing = new HashSet<string>(mapping.Missing.Select(m => m.Trim()), StringComparer.OrdinalIgnoreCase);
        var keys = mapping.Joins.Select((j, i) => Find(j.On, $"/joins/{InputErrors.Escape(j.Name)}/on", i, false)).ToArray();
        var fields = mapping.Fields.SelectMany(f => f.Values, (f, v) =>
        {
            MappingTargets.TryFind(f.Target, out var target, out var key);
            var found = ValueExpression.ColumnsOf(v).Select(c => Find(c, "/fields/" + InputErrors.Escape(f.Target), joins.Count, v.Optional)).ToArray();
            return new Field(target, key, MappingTargets.Pointer(f.Target), new ValueExpression(v, found, mapping, missing));
        }).ToArray();
        var skips = mapping.SkipWhen.Select((s, i) => (Find(s.Column, $"/skip_when/{i}/column", joins.Count, false), s, Set(s.Is ?? s.Not),
            s.Pattern is { } p ? new Regex(p, RegexOptions.CultureInvariant, ValueSpecReader.PatternTime) : null)).ToArray();
        foreach (var column in (mapping.Keep?.By ?? []).Concat(mapping.Keep?.Order is { } order ? [order] : [])) Find(column, "/keep", 0, false);
        return errors.Any ? Error.Invalid(errors, "The mapping does not fit the file.") : new SignalMapper(fields, skips, new RecordView(joins, keys));

        ColumnRef Find(string name, string pointer, int joinsBefore, bool optional)
        {
            if (binder.TryFind(name, joinsBefore, out var column)) return column;
            if (!optional) errors.Add(pointer, binder.Missing(name, joinsBefore));
            return new ColumnRef(-1, -1);
        }
    }

    /// <summary>True when the mapping says to pass the record over.</summary>
    public bool Skips(IRecordCells record)
    {
        if (_skips.Length == 0) return false;
        _view.Move(record);
        foreach (var (column, condition, texts, pattern) in _skips)
        {
            var value = _view[column].ToString().Trim();
            if (condition.Empty is { } empty ? empty == (value.Length == 0)
                : pattern is not null ? pattern.IsMatch(value)
                : texts!.Contains(value) == condition.Is is not null) return true;
        }
        return false;
    }

    /// <summary>The draft of a record; with errors it holds what could be read.</summary>
    /// <param name="errors">What is wrong by JSON pointer of the signal; null when nothing is.</param>
    public SignalDraft Map(IRecordCells record, out InputErrors? errors)
    {
        _view.Move(record);
        _builder.Begin();
        errors = null;
        foreach (var field in _fields)
        {
            if (!field.Value.TryEvaluate(_view, out var value, out var problem)
                || (value.Kind != JsonValueKind.Null && (problem = _builder.Set(field.Target, field.Key, value, field.Value)) is not null))
            {
                (errors ??= new InputErrors()).Add(field.Pointer, problem!);
            }
        }
        return _builder.Build();
    }

    private static HashSet<string>? Set(IReadOnlyList<string>? texts) => texts is null ? null : new(texts.Select(t => t.Trim()), StringComparer.OrdinalIgnoreCase);

    private sealed record Field(MappingTarget Target, string Key, string Pointer, ValueExpression Value);
}
