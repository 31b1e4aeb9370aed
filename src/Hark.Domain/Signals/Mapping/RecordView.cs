using Hark.Domain.Common;

namespace Hark.Domain.Signals.Mapping;

/// <summary>The values of one record, by the number of the column. A column that the record lacks has no value.</summary>
public interface IRecordCells
{
    Scalar Cell(int column);
}

/// <param name="Join">Index of the joined file, or −1 for the record itself.</param>
internal readonly record struct ColumnRef(int Join, int Column);

/// <summary>A record with the rows of other files that belong to it; each is looked up at most once a record, and only when it is asked for.</summary>
internal sealed class RecordView(IReadOnlyList<JoinTable> joins, ColumnRef[] keys)
{
    private readonly Scalar[]?[] _rows = new Scalar[joins.Count][];
    private readonly bool[] _looked = new bool[joins.Count];
    private IRecordCells? _cells;

    public void Move(IRecordCells cells)
    {
        _cells = cells;
        Array.Clear(_looked);
    }

    public Scalar this[ColumnRef column] => column.Join < 0 ? _cells!.Cell(column.Column) : Row(column.Join) is { } row ? row[column.Column] : default;

    private Scalar[]? Row(int join)
    {
        if (_looked[join]) return _rows[join];
        _looked[join] = true;
        var key = this[keys[join]].ToString();
        return _rows[join] = key.Length == 0 ? null : joins[join].Find(key);
    }
}

/// <summary>Finds columns by name: exactly, then whatever the case, then as <c>join.column</c>.</summary>
internal sealed class ColumnBinder(IReadOnlyList<string> columns, IReadOnlyList<JoinTable> joins)
{
    /// <summary>More names than these are not listed in an error.</summary>
    private const int Listed = 60;

    public bool TryFind(string name, int joinsBefore, out ColumnRef column)
    {
        var own = IndexOf(columns, name);
        column = new ColumnRef(-1, own);
        if (own >= 0) return true;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        for (var j = 0; dot > 0 && j < joinsBefore; j++)
        {
            if (!name.AsSpan(0, dot).SequenceEqual(joins[j].Name)) continue;
            column = new ColumnRef(j, IndexOf(joins[j].Columns, name[(dot + 1)..]));
            return column.Column >= 0;
        }
        return false;
    }

    public string Missing(string name, int joinsBefore)
    {
        var names = columns.Concat(joins.Take(joinsBefore).SelectMany(j => j.Columns.Select(c => $"{j.Name}.{c}"))).ToList();
        var list = string.Join(", ", names.Take(Listed).Select(n => $"'{n}'")) + (names.Count > Listed ? $" and {names.Count - Listed} more" : "");
        return $"there is no column '{name}' in the file{Suggestion.Hint(name, names)}; there are {list}";
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name) return i;
        }
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i].Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase)) return i;
        }
        return -1;
    }
}
