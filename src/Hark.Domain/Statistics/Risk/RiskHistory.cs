namespace Hark.Domain.Statistics.Risk;

/// <summary>One signal of a customer, as far as risk looks at it.</summary>
/// <param name="Score">0 to 100; null without a rating.</param>
/// <param name="Inferred">Behaviour rather than words: for a product its usage.</param>
/// <param name="Order">The purchase it is about.</param>
public readonly record struct RiskSignal(DateTimeOffset At, double? Score, bool? Negative, bool Inferred, string? Order);

/// <summary>One case of a customer.</summary>
public readonly record struct RiskCase(DateTimeOffset OpenedAt, bool IsOpen, int Rounds);

/// <summary>What is known of a customer.</summary>
public sealed record RiskHistory(IReadOnlyList<RiskSignal> Signals, IReadOnlyList<RiskCase> Cases, DateOnly? RenewsOn)
{
    /// <summary>The same as it was known at a time: a model must not learn from what came after the outcome.</summary>
    public RiskHistory Until(DateTimeOffset time) => this with
    {
        Signals = [.. Signals.Where(s => s.At <= time)],
        Cases = [.. Cases.Where(c => c.OpenedAt <= time)],
    };
}

/// <summary>What may tell that a customer will leave.</summary>
public enum RiskFeature { Silence, Signals, Score, LastNegative, Negatives, Falling, OpenCases, Reopened, UsageDrop, Renewal }

/// <summary>The features of a history, in the order of <see cref="RiskFeature"/>.</summary>
public static class RiskFeatures
{
    private const int RecentDays = 90, HalfYear = 180, UsageDays = 60, RenewalDays = 60;

    public static double[] Of(RiskHistory history, DateTimeOffset now)
    {
        var signals = history.Signals.OrderBy(s => s.At).ToList();
        var half = signals.Where(s => s.At > now.AddDays(-HalfYear)).ToList();
        var recent = half.Where(s => s.At > now.AddDays(-RecentDays)).ToList();
        var usage = signals.Where(s => s.Inferred && s.At > now.AddDays(-UsageDays)).ToList();
        return
        [
            signals.Count == 0 ? HalfYear : Math.Min(HalfYear, (now - signals[^1].At).TotalDays),
            Math.Log(1 + recent.Count),
            Mean(half) ?? 60,
            signals.LastOrDefault(s => s.Negative is not null).Negative == true ? 1 : 0,
            Math.Log(1 + half.Count(s => s.Negative == true)),
            Math.Max(0, (Mean([.. half.Except(recent)]) ?? 0) - (Mean(recent) ?? 100)),
            history.Cases.Count(c => c.IsOpen),
            history.Cases.Count(c => c.Rounds > 1),
            usage.Count == 0 ? 0 : usage.Count(s => s.Negative == true) / (double)usage.Count,
            history.RenewsOn is { } day && day.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber is >= 0 and <= RenewalDays ? 1 : 0,
        ];
    }

    private static double? Mean(List<RiskSignal> signals) => signals.Where(s => s.Score is not null).Select(s => s.Score!.Value).DefaultIfEmpty(double.NaN).Average() is var mean && double.IsNaN(mean) ? null : mean;
}
