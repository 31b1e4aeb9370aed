using System.Collections.Concurrent;
using Hark.Data.Signals;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Statistics.Purchases;
using Hark.Domain.Statistics.Risk;

namespace Hark.Data.Insight;

/// <summary>The chance of coming again, by the purchases of all customers.</summary>
/// <param name="Alive">That the customer has not left for good.</param>
/// <param name="Expected">Purchases to expect within <see cref="RiskReader.AheadDays"/> days.</param>
public sealed record PurchaseOutlook(double Alive, double Expected, int Repeats);

/// <summary>How likely a customer is to leave.</summary>
/// <param name="Chance">Only with a model; a rule of thumb knows no probability.</param>
/// <param name="Accuracy">Of the model, on customers that it was not fitted to; null for the rule of thumb.</param>
/// <param name="Reasons">What speaks for leaving, the strongest first.</param>
public sealed record Risk(RiskLevel Level, double? Chance, RiskAccuracy? Accuracy, IReadOnlyList<RiskReason> Reasons, PurchaseOutlook? Purchases);

/// <summary>A customer with the risk that they leave.</summary>
public sealed record RankedRisk(Guid Id, string? Name, Risk Risk);

/// <summary>
/// Risk of a person or an account: by a calibrated linear model where outcomes were imported (trait <c>churned</c>), else by a rule of thumb that says so.
/// </summary>
public sealed class RiskReader(HarkStore store, TimeProvider time)
{
    public const int AheadDays = 90;

    /// <summary>Whoever said nothing bad within so many days is not ranked.</summary>
    public const int HeardDays = RiskCandidates.Days;

    private static readonly TimeSpan ModelFor = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(Guid, RiskOf), (RiskModel? Model, BgNbd? Purchases, DateTimeOffset MadeAt)> _models = new();

    /// <param name="ids">The contacts of one person, or one account.</param>
    public async Task<Risk> ReadAsync(Guid workspaceId, RiskOf of, IReadOnlyList<Guid> ids, DateOnly? renewsOn, CancellationToken cancellation = default)
    {
        var now = time.Now();
        await using var db = store.Read();
        var parts = await RiskHistories.ReadAsync(db, workspaceId, of, ids, cancellation);
        var history = new RiskHistory([.. parts.Values.SelectMany(h => h.Signals)], [.. parts.Values.SelectMany(h => h.Cases)], renewsOn);
        var (model, purchases) = await ModelAsync(db, workspaceId, of, now, cancellation);
        return Judge(model, purchases, history, now);
    }

    /// <summary>Those of the customers heard saying something bad lately who are most likely to leave, the likeliest first.</summary>
    /// <param name="scope">Whose words the asker may see; null for all.</param>
    public async Task<IReadOnlyList<RankedRisk>> RankAsync(Guid workspaceId, RiskOf of, WordScope? scope, int most, CancellationToken cancellation = default)
    {
        var now = time.Now();
        await using var db = store.Read();
        var candidates = await RiskCandidates.ReadAsync(db, store.Dialect, workspaceId, of, scope, now, cancellation);
        var parts = await RiskHistories.ReadAsync(db, workspaceId, of, [.. candidates.SelectMany(c => c.Members)], cancellation);
        var (model, purchases) = await ModelAsync(db, workspaceId, of, now, cancellation);
        var ranked = candidates.Select(c => new RankedRisk(c.Id, c.Name, Judge(model, purchases, new RiskHistory([.. c.Members.SelectMany(m => parts[m].Signals)], [.. c.Members.SelectMany(m => parts[m].Cases)], c.RenewsOn), now)));
        return [.. ranked.Where(r => r.Risk.Level != RiskLevel.Low).OrderByDescending(r => r.Risk.Chance ?? r.Risk.Reasons.Sum(x => x.Weight)).ThenBy(r => r.Id).Take(most)];
    }

    private static Risk Judge(RiskModel? model, BgNbd? purchases, RiskHistory history, DateTimeOffset now)
    {
        var features = RiskFeatures.Of(history, now);
        var outlook = Outlook(purchases, history, now);
        if (model is null)
        {
            var (level, points) = RiskRule.Judge(features);
            return new(level, null, null, points, outlook);
        }

        var chance = model.Chance(features);
        var weights = model.Reasons(features).Select((w, i) => new RiskReason((RiskFeature)i, w)).Where(r => r.Weight > 0.05).OrderByDescending(r => r.Weight);
        return new(chance >= 0.5 ? RiskLevel.High : chance >= 0.2 ? RiskLevel.Medium : RiskLevel.Low, chance, model.Accuracy, [.. weights.Take(5)], outlook);
    }

    private static PurchaseOutlook? Outlook(BgNbd? model, RiskHistory history, DateTimeOffset now) =>
        model is { } known && RiskHistories.Purchases(history.Signals.Select(s => (s.Order, s.At)), now) is { } purchases
            ? new(known.Alive(purchases), known.Expected(purchases, AheadDays), purchases.Repeats) : null;

    private async Task<(RiskModel? Model, BgNbd? Purchases)> ModelAsync(HarkDbContext db, Guid workspaceId, RiskOf of, DateTimeOffset now, CancellationToken cancellation)
    {
        if (_models.TryGetValue((workspaceId, of), out var made) && now - made.MadeAt < ModelFor) return (made.Model, made.Purchases);
        var outcomes = await RiskHistories.OutcomesAsync(db, workspaceId, of, cancellation);
        var histories = await RiskHistories.ReadAsync(db, workspaceId, of, [.. outcomes.Select(o => o.Id)], cancellation);
        var model = RiskModel.Fit([.. outcomes.Select(o => RiskFeatures.Of((histories[o.Id] with { RenewsOn = o.RenewsOn }).Until(o.On ?? now), o.On ?? now))], [.. outcomes.Select(o => o.Churned)]);
        var purchases = of == RiskOf.Contact ? BgNbd.Fit(await RiskHistories.PurchasesAsync(db, workspaceId, now, cancellation)) : null;
        _models[(workspaceId, of)] = (model, purchases, now);
        return (model, purchases);
    }
}
