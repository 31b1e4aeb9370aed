using Hark.Domain.Common;

namespace Hark.Domain.Insight;

/// <summary>How much each kind of signal counts in the experience quality index; any scale, those not heard leave theirs to the others.</summary>
/// <param name="Direct">What customers say when asked.</param>
/// <param name="Indirect">What they say elsewhere: tickets, reviews, calls.</param>
/// <param name="Inferred">What their behaviour implies.</param>
public sealed record QualityWeights(double Direct, double Indirect, double Inferred)
{
    public static QualityWeights Usual { get; } = new(0.6, 0.25, 0.15);

    public static Result<QualityWeights> Parse(string json) => InsightDocument.Parse<QualityWeights>(json, (weights, errors) =>
    {
        foreach (var (name, value) in new[] { ("direct", weights.Direct), ("indirect", weights.Indirect), ("inferred", weights.Inferred) })
            if (!(value >= 0 && double.IsFinite(value))) errors.Add("/" + name, "must be a number that is not negative");
        if (!(weights.Direct + weights.Indirect + weights.Inferred > 0)) errors.Add("", "needs at least one weight above 0");
    });

    public string ToJson() => InsightDocument.Write(this);
}
