using Hark.Data.Cases;
using Hark.Data.Signals;
using Hark.Data.Store;
using Hark.Domain.Understanding.Causes;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Understanding;

/// <summary>Whose words and cases a person may see.</summary>
/// <param name="Words">Null for all.</param>
public sealed record EvidenceScope(WordScope? Words, CaseScope Cases);

/// <summary>The evidence that a person may see.</summary>
/// <param name="Signals">With their words; null where there are none, or none any more.</param>
/// <param name="Cases">With their numbers.</param>
public sealed record SeenEvidence(IReadOnlyDictionary<Guid, string?> Signals, IReadOnlyDictionary<Guid, long> Cases)
{
    public bool Has(CauseEvidence evidence) => evidence.Kind == EvidenceKind.Signal ? Signals.ContainsKey(evidence.Id) : Cases.ContainsKey(evidence.Id);
}

/// <summary>Reads what causes rest on, within what a person may see.</summary>
public sealed class CauseEvidenceReader(HarkStore store)
{
    /// <summary>A seek for each thing; two statements.</summary>
    public async Task<SeenEvidence> ReadAsync(Guid workspaceId, IEnumerable<CauseEvidence> evidence, EvidenceScope scope, CancellationToken cancellation = default)
    {
        var wanted = evidence.Distinct().ToLookup(e => e.Kind, e => e.Id);
        await using var db = store.Read();
        return new(await SignalsAsync(db, workspaceId, [.. wanted[EvidenceKind.Signal]], scope.Words, cancellation), await CasesAsync(db, workspaceId, [.. wanted[EvidenceKind.Case]], scope.Cases, cancellation));
    }

    private async Task<Dictionary<Guid, string?>> SignalsAsync(HarkDbContext db, Guid workspaceId, Guid[] ids, WordScope? scope, CancellationToken cancellation)
    {
        var found = new Dictionary<Guid, string?>();
        if (ids.Length == 0 || scope is { Teams.Count: 0 }) return found;
        var sql = await new SignalFilter { Scope = scope }.ToSqlAsync(db, store.Dialect, workspaceId, cancellation);
        sql.Add(sql.AnyOf("s.signal_id", ColumnType.Uuid, ids));
        await using var command = await db.CommandAsync($"SELECT s.signal_id, v.text {SignalListQuery.Facts} WHERE s.workspace_id = @workspace{sql}", cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        sql.Bind(command);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) found[store.Dialect.ReadGuid(reader, 0)] = reader.Text(1);
        return found;
    }

    private static async Task<Dictionary<Guid, long>> CasesAsync(HarkDbContext db, Guid workspaceId, Guid[] ids, CaseScope scope, CancellationToken cancellation)
    {
        if (ids.Length == 0) return [];
        var cases = await db.Cases.Where(c => c.WorkspaceId == workspaceId && ids.Contains(c.CaseId)).ToListAsync(cancellation);
        return cases.Where(scope.Sees).ToDictionary(c => c.CaseId, c => c.Number);
    }
}
