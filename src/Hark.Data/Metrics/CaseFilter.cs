using Hark.Data.Queries;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;

namespace Hark.Data.Metrics;

/// <summary>Which cases are meant: every condition must hold, and of the values of one dimension any.</summary>
/// <param name="Values">Stored values by name of the dimension: texts or ids.</param>
public sealed record CaseFilter(IReadOnlyDictionary<string, IReadOnlyList<object>> Values)
{
    public static CaseFilter None { get; } = new(new Dictionary<string, IReadOnlyList<object>>());

    /// <summary>Reads the filters of all queries over cases; what is wrong goes to the parameters' errors.</summary>
    public static CaseFilter Read(QueryParameters query, WorkspaceSnapshot workspace)
    {
        var values = new Dictionary<string, IReadOnlyList<object>>(StringComparer.Ordinal);
        foreach (var dimension in CaseDimension.All.Values)
        {
            var wanted = new List<object>();
            foreach (var sent in query.Many(dimension.Name))
            {
                if (dimension.ToStored(workspace, sent) is { } stored) wanted.Add(stored);
                else query.Errors.Add(dimension.Name, $"there is no {dimension.Name} '{sent}'{Suggestion.Hint(sent, dimension.Names!(workspace))}");
            }
            if (wanted.Count > 0) values[dimension.Name] = wanted;
        }
        return new CaseFilter(values);
    }

    /// <summary>The filter as conditions on <c>cases c</c>.</summary>
    public SqlConditions ToSql(ISqlDialect dialect)
    {
        var sql = new SqlConditions(dialect);
        foreach (var (name, values) in Values)
        {
            var dimension = CaseDimension.All[name];
            sql.Add(dimension.Type == ColumnType.Uuid
                ? sql.AnyOf("c." + dimension.Column, ColumnType.Uuid, [.. values.Cast<Guid>()])
                : sql.AnyOf("c." + dimension.Column, ColumnType.Text, [.. values.Cast<string>()]));
        }
        return sql;
    }
}
