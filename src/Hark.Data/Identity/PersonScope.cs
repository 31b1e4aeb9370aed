using Hark.Data.Cases;
using Hark.Data.Queries;
using Hark.Data.Signals;
using Hark.Data.Store;

namespace Hark.Data.Identity;

/// <summary>
/// Which persons somebody may see who does not see all: those who have a case that they see, or said something at a source that their teams own.
/// </summary>
/// <param name="Words">Null for all persons; then <paramref name="Cases"/> is not asked either.</param>
public sealed record PersonScope(CaseScope Cases, WordScope? Words)
{
    public static PersonScope All { get; } = new(CaseScope.All, null);

    /// <summary>Sees nobody: a role that sees numbers only, or somebody in no team.</summary>
    public bool SeesNobody => Words is { Teams.Count: 0 };

    /// <summary>The condition on contacts <c>p</c>, each of which stands for itself; nothing to ask for null.</summary>
    /// <param name="column">The column of <c>cases</c> and <c>signals</c> that leads to the row: <c>contact_id</c> or <c>account_id</c>.</param>
    /// <param name="id">What it must be, such as <c>p.contact_id</c>.</param>
    internal string? Condition(SqlConditions sql, string column, string id) => Words is null ? null : $"""
        (EXISTS (SELECT 1 FROM cases pc WHERE pc.workspace_id = @workspace AND pc.{column} = {id} AND ({sql.AnyOf("pc.team_id", ColumnType.Uuid, Words.Teams)} OR pc.assignee_id = {sql.Value(Cases.MemberId ?? Guid.Empty)}))
          OR EXISTS (SELECT 1 FROM signals ps WHERE ps.workspace_id = @workspace AND ps.{column} = {id} AND {sql.AnyOf("ps.source_id", ColumnType.Uuid, Words.Sources)}))
        """;
}
