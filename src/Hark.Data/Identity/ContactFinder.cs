using System.Globalization;
using Hark.Data.Cases;
using Hark.Data.Signals;
using Hark.Data.Store;

namespace Hark.Data.Identity;

/// <summary>A person found by name or address.</summary>
public sealed record ContactHit(Guid ContactId, string? Name, string? Email);

/// <summary>Finds persons as one types. Whom one may not see is not found.</summary>
/// <remarks>An address that begins so costs a seek of its index; a part of a name reads contacts until enough are found.</remarks>
public sealed class ContactFinder(HarkStore store)
{
    private const string PartOfName = @"lower(p.name) LIKE @folded ESCAPE '\' OR p.name LIKE @typed ESCAPE '\'";

    private const string BeginOfAddress = """
        p.contact_id IN (SELECT i.contact_id FROM contact_identities i WHERE i.workspace_id = @workspace AND i.kind = 'email' AND i.value >= @from AND i.value < @before)
        """;

    /// <param name="cases">Which cases the person sees.</param>
    /// <param name="words">Whose signals; null for all, and then <paramref name="cases"/> is not asked either.</param>
    public async Task<IReadOnlyList<ContactHit>> FindAsync(Guid workspaceId, CaseScope cases, WordScope? words, string text, int most, CancellationToken cancellation = default)
    {
        var sql = store.Dialect;
        await using var db = store.Read();
        var scope = words is null ? "" : $"""
             AND (EXISTS (SELECT 1 FROM cases c WHERE c.workspace_id = @workspace AND c.contact_id = p.contact_id AND ({sql.AnyOf("c.team_id", "my_teams", ColumnType.Uuid)} OR c.assignee_id = @me))
               OR EXISTS (SELECT 1 FROM signals s WHERE s.workspace_id = @workspace AND s.contact_id = p.contact_id AND {sql.AnyOf("s.source_id", "my_sources", ColumnType.Uuid)}))
            """;
        await using var command = await db.CommandAsync(string.Create(CultureInfo.InvariantCulture, $"""
            SELECT p.contact_id, p.name, p.email FROM contacts p
            WHERE p.workspace_id = @workspace AND p.canonical_id = p.contact_id AND p.erased_at IS NULL
              AND ({(text.Contains('@', StringComparison.Ordinal) ? BeginOfAddress : $"{PartOfName} OR {BeginOfAddress}")}){scope}
            ORDER BY p.last_signal_at DESC LIMIT {most}
            """), cancellation);
        sql.Add(command, "workspace", workspaceId);
        var lower = text.ToLowerInvariant();
        sql.Add(command, "from", lower);
        sql.Add(command, "before", lower + "\uffff");
        if (command.CommandText.Contains("@folded", StringComparison.Ordinal))
        {
            sql.Add(command, "folded", Pattern(lower));
            sql.Add(command, "typed", Pattern(text));
        }
        if (words is not null)
        {
            sql.AddArray(command, "my_teams", ColumnType.Uuid, words.Teams);
            sql.AddArray(command, "my_sources", ColumnType.Uuid, words.Sources);
            sql.Add(command, "me", cases.MemberId ?? Guid.Empty);
        }
        var hits = new List<ContactHit>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            hits.Add(new(sql.ReadGuid(reader, 0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)));
        return hits;
    }

    private static string Pattern(string text) =>
        "%" + text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";
}
