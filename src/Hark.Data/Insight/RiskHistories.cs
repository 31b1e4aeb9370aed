using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Statistics.Purchases;
using Hark.Domain.Statistics.Risk;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Insight;

/// <summary>A customer whose outcome was imported: the trait <c>churned</c>, true or false, and <c>churned_on</c>, the day.</summary>
internal sealed record KnownOutcome(Guid Id, bool Churned, DateTimeOffset? On, DateOnly? RenewsOn);

/// <summary>Whether customers are persons or accounts: the column that leads to them.</summary>
public enum RiskOf { Contact, Account }

/// <summary>Reads what risk looks at.</summary>
internal static class RiskHistories
{
    /// <summary>Outcomes that a model learns from, at most; the newest customers.</summary>
    public const int MostOutcomes = 5_000;

    private const int SignalsEach = 200, AtOnce = 200;

    public static async Task<Dictionary<Guid, RiskHistory>> ReadAsync(HarkDbContext db, Guid workspaceId, RiskOf of, IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        var histories = new Dictionary<Guid, RiskHistory>();
        foreach (var some in ids.Chunk(AtOnce))
        {
            var signals = await SignalsAsync(db, workspaceId, of, some, cancellation);
            var cases = await CasesAsync(db, workspaceId, of, some, cancellation);
            foreach (var id in some) histories[id] = new([.. signals[id].OrderByDescending(s => s.At).Take(SignalsEach)], [.. cases[id]], null);
        }

        return histories;
    }

    public static async Task<List<KnownOutcome>> OutcomesAsync(HarkDbContext db, Guid workspaceId, RiskOf of, CancellationToken cancellation)
    {
        var rows = of == RiskOf.Contact
            ? await db.Contacts.Where(c => c.WorkspaceId == workspaceId && c.Traits != null && c.Traits.Contains("\"churned\":")).OrderByDescending(c => c.ContactId).Take(MostOutcomes)
                .Select(c => new { Id = c.ContactId, c.Traits, RenewsOn = (DateOnly?)null }).ToListAsync(cancellation)
            : await db.Accounts.Where(a => a.WorkspaceId == workspaceId && a.Traits != null && a.Traits.Contains("\"churned\":")).OrderByDescending(a => a.AccountId).Take(MostOutcomes)
                .Select(a => new { Id = a.AccountId, a.Traits, a.RenewsOn }).ToListAsync(cancellation);
        var known = rows.Select(r => (r.Id, Traits: SignalJson.Values(r.Traits), r.RenewsOn));
        return [.. known.Where(k => k.Traits.TryGetValue("churned", out var churned) && churned.Truth is not null).Select(k => new KnownOutcome(
            k.Id, k.Traits["churned"].Truth!.Value,
            k.Traits.TryGetValue("churned_on", out var on) && DateTimeOffset.TryParse(on.Text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var day) ? day : null,
            k.RenewsOn))];
    }

    /// <summary>First purchases and repeats of the newest customers with orders, in days.</summary>
    public static async Task<List<PurchaseHistory>> PurchasesAsync(HarkDbContext db, Guid workspaceId, DateTimeOffset now, CancellationToken cancellation)
    {
        var orders = await db.Signals.Where(s => s.WorkspaceId == workspaceId && s.ContactId != null && s.SubjectOrder != null)
            .OrderByDescending(s => s.SignalId).Take(MostOutcomes * 10).Select(s => new { s.ContactId, s.SubjectOrder, s.OccurredAt }).ToListAsync(cancellation);
        return [.. orders.GroupBy(o => o.ContactId).Select(g => Purchases(g.Select(o => (o.SubjectOrder, o.OccurredAt)), now)).OfType<PurchaseHistory>()];
    }

    /// <summary>Null without an order.</summary>
    public static PurchaseHistory? Purchases(IEnumerable<(string? Order, DateTimeOffset At)> signals, DateTimeOffset now)
    {
        var firsts = signals.Where(s => s.Order is not null).GroupBy(s => s.Order).Select(g => g.Min(s => s.At)).Order().ToList();
        return firsts.Count == 0 ? null : new(firsts.Count - 1, Math.Round((firsts[^1] - firsts[0]).TotalDays), Math.Max(0, Math.Round((now - firsts[0]).TotalDays)));
    }

    private static async Task<ILookup<Guid, RiskSignal>> SignalsAsync(HarkDbContext db, Guid workspaceId, RiskOf of, Guid[] ids, CancellationToken cancellation)
    {
        var signals = db.Signals.Where(s => s.WorkspaceId == workspaceId);
        signals = of == RiskOf.Contact ? signals.Where(s => s.ContactId != null && ids.Contains(s.ContactId.Value)) : signals.Where(s => s.AccountId != null && ids.Contains(s.AccountId.Value));
        var rows = await signals.Select(s => new { Id = of == RiskOf.Contact ? s.ContactId : s.AccountId, s.OccurredAt, s.ScoreMilli, s.Negative, s.Kind, s.SubjectOrder }).ToListAsync(cancellation);
        return rows.ToLookup(r => r.Id!.Value, r => new RiskSignal(r.OccurredAt, r.ScoreMilli / 1000.0, r.Negative, r.Kind == Domain.Signals.SignalKind.Inferred, r.SubjectOrder));
    }

    private static async Task<ILookup<Guid, RiskCase>> CasesAsync(HarkDbContext db, Guid workspaceId, RiskOf of, Guid[] ids, CancellationToken cancellation)
    {
        var cases = db.Cases.Where(c => c.WorkspaceId == workspaceId);
        cases = of == RiskOf.Contact ? cases.Where(c => c.ContactId != null && ids.Contains(c.ContactId.Value)) : cases.Where(c => c.AccountId != null && ids.Contains(c.AccountId.Value));
        var rows = await cases.Select(c => new { Id = of == RiskOf.Contact ? c.ContactId : c.AccountId, c.OpenedAt, c.IsOpen, c.Round }).ToListAsync(cancellation);
        return rows.ToLookup(r => r.Id!.Value, r => new RiskCase(r.OpenedAt, r.IsOpen, r.Round));
    }
}
