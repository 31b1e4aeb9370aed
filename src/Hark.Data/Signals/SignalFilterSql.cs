using System.Data.Common;
using Hark.Data.Aggregates;
using Hark.Data.Model;
using Hark.Data.Queries;
using Hark.Data.Store;
using Hark.Domain.Common;

namespace Hark.Data.Signals;

/// <summary>A filter as conditions on <c>signals s</c>; the statement has the parameter <c>@workspace</c>.</summary>
public static class SignalFilterSql
{
    /// <summary>Looks up whom the filter names, then writes its conditions.</summary>
    /// <param name="without">A dimension that the statement takes care of itself.</param>
    public static async Task<SqlConditions> ToSqlAsync(this SignalFilter filter, HarkDbContext db, ISqlDialect dialect, Guid workspaceId,
        CancellationToken cancellation, string? without = null)
    {
        var sql = new SqlConditions(dialect);
        if (filter.Contact is { } contact)
            sql.Add(sql.AnyOf("s.contact_id", ColumnType.Uuid, await SamePersonAsync(db, dialect, workspaceId, contact, cancellation)));
        if (filter.Account is { } account)
            sql.Add(sql.AnyOf("s.account_id", ColumnType.Uuid, await AccountsAsync(db, dialect, workspaceId, account, cancellation)));
        foreach (var (name, values) in filter.Values.Where(v => v.Key != without)) AddValues(sql, SignalDimension.All[name], values);
        if (filter.ScoreMin is { } min) sql.Add($"s.score_milli >= {sql.Value(min)}");
        if (filter.ScoreMax is { } max) sql.Add($"s.score_milli <= {sql.Value(max)}");
        if (filter.Search is { } terms) sql.Add($"s.signal_id IN ({Matching(dialect, sql.Value(dialect.Search.Query(terms)), filter.MostMatches)})");
        if (filter.Scope is { } scope) AddScope(sql, scope);
        return sql;
    }

    internal static string Matching(ISqlDialect dialect, string parameter, int? most) =>
        most is { } n ? dialect.Search.MatchingNewest(parameter, n) : dialect.Search.Matching(parameter);

    private static void AddValues(SqlConditions sql, SignalDimension dimension, IReadOnlyList<string> values)
    {
        if (dimension.Name == Dimensions.Source)
            sql.Add(sql.AnyOf("s.source_id", ColumnType.Uuid, [.. values.Select(v => Guid.ParseExact(v, "N"))]));
        else if (dimension.Label is { } label)
            sql.Add($"""
                EXISTS (SELECT 1 FROM signal_labels l WHERE l.workspace_id = @workspace AND l.kind = '{EnumNames<LabelKind>.Of(label)}'
                    AND {sql.AnyOf("l.label", ColumnType.Text, values)} AND l.occurred_at = s.occurred_at AND l.signal_id = s.signal_id)
                """);
        else if (values.Count == 1) sql.Add($"s.{dimension.Column} = {sql.Value(values[0])}");
        else sql.Add(sql.AnyOf("s." + dimension.Column, ColumnType.Text, values));
    }

    private static void AddScope(SqlConditions sql, WordScope scope) => sql.Add($"""
        ({sql.AnyOf("s.source_id", ColumnType.Uuid, scope.Sources)} OR EXISTS (SELECT 1 FROM cases c
            WHERE c.workspace_id = @workspace AND c.case_id = s.case_id AND {sql.AnyOf("c.team_id", ColumnType.Uuid, scope.Teams)}))
        """);

    /// <summary>Every contact that stands for the same person. Merges act on the canonical id; signals keep the contact they came with.</summary>
    internal static async Task<IReadOnlyList<Guid>> SamePersonAsync(HarkDbContext db, ISqlDialect dialect, Guid workspaceId, string contact, CancellationToken cancellation)
    {
        const string Sql = """
            SELECT canonical_id FROM contacts WHERE workspace_id = @workspace AND contact_id = @id
            UNION
            SELECT c.canonical_id FROM contact_identities i JOIN contacts c ON c.workspace_id = i.workspace_id AND c.contact_id = i.contact_id
            WHERE i.workspace_id = @workspace AND i.kind IN ('external', 'email', 'phone') AND i.value IN (@value, @lower)
            """;
        var canonical = await IdsAsync(db, dialect, Sql, command =>
        {
            dialect.Add(command, "workspace", workspaceId);
            dialect.Add(command, "id", Guid.TryParse(contact, out var id) ? id : Guid.Empty);
            dialect.Add(command, "value", contact);
            dialect.Add(command, "lower", contact.ToLowerInvariant());
        }, cancellation);
        if (canonical.Count == 0) return [];
        var members = await IdsAsync(db, dialect,
            $"SELECT contact_id FROM contacts WHERE workspace_id = @workspace AND canonical_id <> contact_id AND {dialect.AnyOf("canonical_id", "ids", ColumnType.Uuid)}",
            command =>
            {
                dialect.Add(command, "workspace", workspaceId);
                dialect.AddArray(command, "ids", ColumnType.Uuid, canonical);
            }, cancellation);
        return [.. canonical.Union(members)];
    }

    private static Task<List<Guid>> AccountsAsync(HarkDbContext db, ISqlDialect dialect, Guid workspaceId, string account, CancellationToken cancellation) => IdsAsync(db, dialect,
        "SELECT account_id FROM accounts WHERE workspace_id = @workspace AND (account_id = @id OR external_id = @value)",
        command =>
        {
            dialect.Add(command, "workspace", workspaceId);
            dialect.Add(command, "id", Guid.TryParse(account, out var id) ? id : Guid.Empty);
            dialect.Add(command, "value", account);
        }, cancellation);

    private static async Task<List<Guid>> IdsAsync(HarkDbContext db, ISqlDialect dialect, string sql, Action<DbCommand> bind, CancellationToken cancellation)
    {
        await using var command = await db.CommandAsync(sql, cancellation);
        bind(command);
        var ids = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) ids.Add(dialect.ReadGuid(reader, 0));
        return ids;
    }
}
