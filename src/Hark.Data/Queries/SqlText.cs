using System.Data.Common;
using Hark.Data.Store;

namespace Hark.Data.Queries;

/// <summary>The changing part of a hand-written query: conditions joined by AND, each with its parameters. Values never become text.</summary>
public sealed class SqlConditions(ISqlDialect dialect)
{
    private readonly List<string> _clauses = [];
    private readonly List<Action<DbCommand>> _binds = [];
    private int _names;

    public ISqlDialect Dialect => dialect;

    /// <summary><c>AND …</c> for each condition; empty where there is none.</summary>
    public override string ToString() => string.Concat(_clauses.Select(c => $"\n  AND {c}"));

    public void Bind(DbCommand command)
    {
        foreach (var bind in _binds) bind(command);
    }

    public void Add(string clause) => _clauses.Add(clause);

    /// <summary>Adds a parameter and returns it as it is written in SQL.</summary>
    public string Value(object? value)
    {
        var name = Name();
        _binds.Add(c => dialect.Add(c, name, value));
        return "@" + name;
    }

    /// <summary><c>column</c> is one of the values.</summary>
    public string AnyOf<T>(string column, ColumnType type, IReadOnlyCollection<T> values)
    {
        var name = Name();
        _binds.Add(c => dialect.AddArray(c, name, type, values));
        return dialect.AnyOf(column, name, type);
    }

    private string Name() => "p" + _names++;
}

/// <summary>Texts for LIKE, with <c>ESCAPE '\'</c>.</summary>
public static class SqlText
{
    /// <summary>What has the text somewhere in it.</summary>
    public static string Containing(string text) =>
        "%" + text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";
}
