using System.Globalization;
using Hark.Data.Queries;
using Hark.Data.Store;

namespace Hark.Data.Identity;

/// <summary>A person found by name or address.</summary>
public sealed record ContactHit(Guid ContactId, string? Name, string? Email);

/// <summary>Finds persons by name, address or id as one types. Whom one may not see is not found.</summary>
/// <remarks>An id or address that begins so costs a seek of its index; a part of a name reads contacts until enough are found.</remarks>
public sealed class ContactFinder(HarkStore store)
{
    private const string PartOfName = @"lower(p.name) LIKE @folded ESCAPE '\' OR p.name LIKE @typed ESCAPE '\'";

    private const string BeginOfId = """
        p.contact_id IN (SELECT i.contact_id FROM contact_identities i WHERE i.workspace_id = @workspace AND i.kind IN ('email', 'phone', 'external') AND i.value >= @from AND i.value < @before)
        """;

    public async Task<IReadOnlyList<ContactHit>> FindAsync(Guid workspaceId, PersonScope scope, string text, int most, CancellationToken cancellation = default)
    {
        var dialect = store.Dialect;
        await using var db = store.Read();
        var sql = new SqlConditions(dialect);
        if (scope.Condition(sql, "contact_id", "p.contact_id") is { } seen) sql.Add(seen);
        await using var command = await db.CommandAsync(string.Create(CultureInfo.InvariantCulture, $"""
            SELECT p.contact_id, p.name, p.email FROM contacts p
            WHERE p.workspace_id = @workspace AND p.canonical_id = p.contact_id AND p.erased_at IS NULL
              AND ({(text.Contains('@', StringComparison.Ordinal) ? BeginOfId : $"{PartOfName} OR {BeginOfId}")}){sql}
            ORDER BY p.last_signal_at DESC LIMIT {most}
            """), cancellation);
        dialect.Add(command, "workspace", workspaceId);
        sql.Bind(command);
        var lower = text.ToLowerInvariant();
        dialect.Add(command, "from", lower);
        dialect.Add(command, "before", lower + "\uffff");
        if (command.CommandText.Contains("@folded", StringComparison.Ordinal))
        {
            dialect.Add(command, "folded", SqlText.Containing(lower));
            dialect.Add(command, "typed", SqlText.Containing(text));
        }
        var hits = new List<ContactHit>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) hits.Add(new(dialect.ReadGuid(reader, 0), reader.Text(1), reader.Text(2)));
        return hits;
    }
}
