namespace Hark.Domain.Statistics.Risk;

/// <summary>How likely a customer is to leave, in words.</summary>
public enum RiskLevel { Low, Medium, High }

/// <summary>A reason and its weight: points of the rule of thumb, or log-odds of a model beside an average customer.</summary>
public readonly record struct RiskReason(RiskFeature Feature, double Weight);

/// <summary>
/// A rule of thumb for as long as no outcomes are known. It orders customers by what usually goes before leaving; it is no probability and was measured on nothing.
/// </summary>
public static class RiskRule
{
    public static (RiskLevel Level, IReadOnlyList<RiskReason> Reasons) Judge(ReadOnlySpan<double> features)
    {
        var reasons = new List<RiskReason>();
        Add(reasons, RiskFeature.LastNegative, 25 * features[(int)RiskFeature.LastNegative]);
        Add(reasons, RiskFeature.OpenCases, features[(int)RiskFeature.OpenCases] > 0 ? 15 : 0);
        Add(reasons, RiskFeature.Reopened, features[(int)RiskFeature.Reopened] > 0 ? 10 : 0);
        Add(reasons, RiskFeature.Negatives, features[(int)RiskFeature.Negatives] >= Math.Log(3) ? 15 : 0);
        Add(reasons, RiskFeature.Falling, features[(int)RiskFeature.Falling] > 15 ? 10 : 0);
        Add(reasons, RiskFeature.UsageDrop, features[(int)RiskFeature.UsageDrop] > 0.5 ? 25 : 0);
        Add(reasons, RiskFeature.Silence, features[(int)RiskFeature.Silence] >= 180 ? 10 : 0);
        // A renewal that is near is no trouble of itself; it makes trouble urgent.
        if (reasons.Count > 0) Add(reasons, RiskFeature.Renewal, 15 * features[(int)RiskFeature.Renewal]);
        var points = reasons.Sum(r => r.Weight);
        return (points >= 50 ? RiskLevel.High : points >= 25 ? RiskLevel.Medium : RiskLevel.Low, [.. reasons.OrderByDescending(r => r.Weight)]);
    }

    private static void Add(List<RiskReason> reasons, RiskFeature feature, double points)
    {
        if (points > 0) reasons.Add(new(feature, points));
    }
}
