using Hark.Domain.Common;

namespace Hark.Domain.Signals.Mapping;

/// <summary>A file to look rows up in, held in memory: the columns that are used and the aggregates, one row for each key.</summary>
public sealed class JoinTable
{
    private readonly Dictionary<string, Row> _rows = new(StringComparer.Ordinal);
    private readonly JoinSpec _spec;
    private readonly int[] _source;
    private readonly int _key;
    private readonly (AggregateOperation Operation, int Column)[] _aggregates;

    private JoinTable(JoinSpec spec, int key, int[] source, (AggregateOperation, int)[] aggregates, IReadOnlyList<string> columns) =>
        (_spec, _key, _source, _aggregates, Columns) = (spec, key, source, aggregates, columns);

    public string Name => _spec.Name;

    /// <summary>The file's columns, then its aggregates.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>A table for a file with these columns, still empty. An error names the column that is not there.</summary>
    /// <param name="used">The columns that anything asks for, as <c>name.column</c>; the others are not kept.</param>
    public static Result<JoinTable> Create(JoinSpec spec, IReadOnlyList<string> columns, IReadOnlySet<string> used)
    {
        var errors = new InputErrors();
        var binder = new ColumnBinder(columns, []);
        var key = Find(spec.Key, "key");
        var aggregates = spec.Aggregates.Select(a => (a.Operation, a.Column is { } c ? Find(c, "aggregate/" + InputErrors.Escape(a.Name)) : -1)).ToArray();
        if (errors.Any) return Error.Invalid(errors, "The mapping does not fit the joined file.");
        var source = Enumerable.Range(0, columns.Count).Select(i => used.Contains($"{spec.Name}.{columns[i]}") ? i : -1).ToArray();
        return new JoinTable(spec, key, source, aggregates, [.. columns, .. spec.Aggregates.Select(a => a.Name)]);

        int Find(string name, string place)
        {
            if (binder.TryFind(name, 0, out var column)) return column.Column;
            errors.Add($"/joins/{InputErrors.Escape(spec.Name)}/{place}", $"{spec.File}: {binder.Missing(name, 0)}");
            return -1;
        }
    }

    public void Add(IRecordCells record)
    {
        var key = record.Cell(_key).ToString().Trim();
        if (key.Length == 0) return;
        var known = _rows.TryGetValue(key, out var row);
        if (!known) _rows[key] = row = new Row(new Scalar[Columns.Count], _aggregates.Length);
        if (!known || _spec.Take == JoinTake.Last)
        {
            foreach (var column in _source.Where(c => c >= 0)) row!.Values[column] = record.Cell(column);
        }
        for (var i = 0; i < _aggregates.Length; i++) Fold(row!, i, record);
    }

    public Scalar[]? Find(string key) => _rows.TryGetValue(key.Trim(), out var row) ? row.Values : null;

    private void Fold(Row row, int index, IRecordCells record)
    {
        var (operation, column) = _aggregates[index];
        ref var so = ref row.Values[_source.Length + index];
        var text = column < 0 ? "" : record.Cell(column).ToString().Trim();
        if (column >= 0 && text.Length == 0) return;
        switch (operation)
        {
            case AggregateOperation.Count: so = Scalar.Of((so.Number ?? 0) + 1); break;
            case AggregateOperation.Sum:
                if (NumberTexts.TryNumber(text, null, out var number, out _)) so = Scalar.Of((double)((decimal)(so.Number ?? 0) + (decimal)number));
                break;
            case AggregateOperation.Distinct: so = Scalar.Of(row.Distinct(index).Add(text) ? (so.Number ?? 0) + 1 : so.Number ?? 0); break;
            case AggregateOperation.Min when so.Text is null || Compare(text, so.Text) < 0: so = Scalar.Of(text); break;
            case AggregateOperation.Max when so.Text is null || Compare(text, so.Text) > 0: so = Scalar.Of(text); break;
        }
    }

    /// <summary>Numbers as numbers, other texts by code point.</summary>
    public static int Compare(string a, string b) =>
        NumberTexts.TryNumber(a, null, out var x, out _) && NumberTexts.TryNumber(b, null, out var y, out _) ? x.CompareTo(y) : string.CompareOrdinal(a, b);

    private sealed class Row(Scalar[] values, int aggregates)
    {
        private HashSet<string>?[]? _distinct;

        public Scalar[] Values => values;

        public HashSet<string> Distinct(int index) => (_distinct ??= new HashSet<string>?[aggregates])[index] ??= new(StringComparer.Ordinal);
    }
}
