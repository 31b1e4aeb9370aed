using Hark.Data.Signals;
using Hark.Data.Store;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Insight;

/// <summary>A customer whose risk is worth looking at.</summary>
/// <param name="Members">The contacts of one person, or the account alone.</param>
internal sealed record RiskCandidate(Guid Id, string? Name, DateOnly? RenewsOn, IReadOnlyList<Guid> Members);

/// <summary>
/// Finds whose risk to rank: those who were last heard saying something bad. Looks at the newest <see cref="Looked"/> negative signals of a quarter, so that the cost does not
/// grow with the store; whoever has said nothing bad in a quarter, or left silently before, is not among them.
/// </summary>
internal static class RiskCandidates
{
    public const int Days = 90, Most = 400;

    private const int Looked = 3_000;

    public static async Task<IReadOnlyList<RiskCandidate>> ReadAsync(HarkDbContext db, ISqlDialect dialect, Guid workspaceId, RiskOf of, WordScope? scope, DateTimeOffset now, CancellationToken cancellation)
    {
        var heard = await HeardAsync(db, dialect, workspaceId, of, scope, now, cancellation);
        if (of == RiskOf.Account)
        {
            var accounts = await db.Accounts.Where(a => a.WorkspaceId == workspaceId && heard.Contains(a.AccountId)).Select(a => new { a.AccountId, a.Name, a.ExternalId, a.RenewsOn }).ToListAsync(cancellation);
            return [.. accounts.Select(a => new RiskCandidate(a.AccountId, a.Name ?? a.ExternalId, a.RenewsOn, [a.AccountId]))];
        }

        var canonical = await db.Contacts.Where(c => c.WorkspaceId == workspaceId && heard.Contains(c.ContactId) && c.ErasedAt == null).Select(c => c.CanonicalId).Distinct().ToListAsync(cancellation);
        var people = await db.Contacts.Where(c => c.WorkspaceId == workspaceId && canonical.Contains(c.CanonicalId)).Select(c => new { c.ContactId, c.CanonicalId, c.Name, c.Email }).ToListAsync(cancellation);
        return [.. people.GroupBy(p => p.CanonicalId).Select(g => (Of: g.FirstOrDefault(p => p.ContactId == g.Key), All: g)).Where(g => g.Of is not null)
            .Select(g => new RiskCandidate(g.Of!.ContactId, g.Of.Name ?? g.Of.Email, null, [.. g.All.Select(p => p.ContactId)]))];
    }

    private static async Task<List<Guid>> HeardAsync(HarkDbContext db, ISqlDialect dialect, Guid workspaceId, RiskOf of, WordScope? scope, DateTimeOffset now, CancellationToken cancellation)
    {
        var column = of == RiskOf.Contact ? "contact_id" : "account_id";
        var sql = await new SignalFilter { Scope = scope }.ToSqlAsync(db, dialect, workspaceId, cancellation);
        sql.Add($"s.occurred_at >= {sql.Value(now.AddDays(-Days))}");
        sql.Add($"s.negative = {sql.Value(true)}");
        await using var command = await db.CommandAsync(FormattableString.Invariant($"SELECT s.{column} FROM signals s WHERE s.workspace_id = @workspace AND s.{column} IS NOT NULL{sql} ORDER BY s.occurred_at DESC, s.signal_id DESC LIMIT {Looked}"), cancellation);
        dialect.Add(command, "workspace", workspaceId);
        sql.Bind(command);
        var found = new List<Guid>();
        var known = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (found.Count < Most && await reader.ReadAsync(cancellation))
            if (dialect.ReadGuid(reader, 0) is var id && known.Add(id)) found.Add(id);
        return found;
    }
}
