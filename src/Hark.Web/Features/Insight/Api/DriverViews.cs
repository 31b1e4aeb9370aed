using Hark.Data.Insight;
using Hark.Domain.Statistics;
using Hark.Domain.Statistics.Drivers;
using Hark.Web.Infrastructure;

namespace Hark.Web.Features.Insight.Api;

/// <summary>What goes with a score. Association: what is named may be a cause, or may only go along.</summary>
/// <param name="Mean">Of the target: NPS -100 to 100, CSAT and score 0 to 100, CES 1 to 7.</param>
/// <param name="RSquared">Part of the differences between answers that all drivers together go with.</param>
/// <param name="Unit">The dimension of which the best quartile is.</param>
/// <param name="Needed">Where there are too few answers for so many drivers: how many are needed.</param>
/// <param name="Since">What came in before was not looked at; null when all was.</param>
public sealed record DriversAnswer(DriverTarget Target, DateTimeOffset From, DateTimeOffset To, int N, double? Mean, bool Suppressed, double RSquared, DriverMethod Method,
    string Unit, bool Causal, int? Needed, DateTimeOffset? Since, IReadOnlyList<DriverView> Drivers, IReadOnlyList<LeftOutView> LeftOut)
{
    internal static DriversAnswer Of(DriverQuestion question, DriverAnswer answer) => new(
        question.Target, question.Period.From, question.Period.To, answer.Result.Count, answer.Result.Mean, answer.Suppressed, answer.Result.Fit, answer.Result.Method, answer.Unit, false,
        answer.Result.Needed, answer.Since, [.. answer.Result.Drivers.Select(DriverView.Of)], [.. answer.Result.LeftOut.Select(l => new LeftOutView(l.Name, l.Reason))]);

    internal string ToCsv() => string.Concat(
    [
        CsvText.Line("driver", "kind", "importance", "importance_low", "importance_high", "weight", "johnson", "coefficient", "coefficient_low", "coefficient_high",
            "effect", "effect_low", "effect_high", "level", "best_quartile", "target_with", "gain", "gain_low", "gain_high"),
        .. Drivers.Select(d => CsvText.Line(d.Driver, d.Kind, d.Importance.Value, d.Importance.Low, d.Importance.High, d.Weight, d.Johnson, d.Coefficient.Value, d.Coefficient.Low,
            d.Coefficient.High, d.Effect.Value, d.Effect.Low, d.Effect.High, d.Level, d.BestQuartile, d.TargetWith, d.Gain?.Value, d.Gain?.Low, d.Gain?.High)),
    ]);
}

/// <summary>A value with its 95 % interval.</summary>
public sealed record IntervalView(double Value, double? Low, double? High)
{
    internal static IntervalView Of(Estimate estimate) => new(estimate.Value, estimate.Low, estimate.High);
}

/// <summary>One driver.</summary>
/// <param name="Importance">Its part of what all drivers explain, 0 to 1.</param>
/// <param name="Weight">Its part of R squared by the method; <paramref name="Johnson"/> the relative weight to compare.</param>
/// <param name="Coefficient">Points of the target that go with one more of it, the others being equal.</param>
/// <param name="Effect">Points that go with it in the whole: the coefficient times how often it is mentioned; of a level the coefficient.</param>
/// <param name="Level">Share of answers that mention it against, or its mean.</param>
/// <param name="TargetWith">Mean of the target where it is mentioned.</param>
/// <param name="BestQuartile">Its level in the best quarter of units, freed from chance.</param>
/// <param name="Gain">Points of the target to expect at that level, as far as it is a cause.</param>
public sealed record DriverView(string Driver, DriverKind Kind, IntervalView Importance, double Weight, double Johnson, IntervalView Coefficient, IntervalView Effect, double Level, double? TargetWith, double? BestQuartile, IntervalView? Gain)
{
    internal static DriverView Of(Driver d) => new(
        d.Name, d.Kind, IntervalView.Of(d.Share), d.Weight, d.Johnson, IntervalView.Of(d.Coefficient), IntervalView.Of(d.Effect), d.Level, d.TargetWith, d.BestQuartile, d.Gain is { } gain ? IntervalView.Of(gain) : null);
}

/// <summary>A column that cannot be a driver here.</summary>
public sealed record LeftOutView(string Driver, LeftOutReason Reason);
