using Hark.Domain.Statistics.Risk;
using Xunit;

namespace Hark.Domain.Tests.Statistics.Risk;

public sealed class RiskRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Somebody_content_is_at_low_risk_even_with_a_renewal_near()
    {
        var (level, reasons) = Judge(new([Said(5, 90), Said(40, 80)], [], new(2026, 3, 20)));
        Assert.Equal(RiskLevel.Low, level);
        Assert.Empty(reasons);
    }

    [Fact]
    public void An_account_that_stops_using_the_product_before_its_renewal_is_at_high_risk()
    {
        var usage = Enumerable.Range(0, 6).Select(i => new RiskSignal(Now.AddDays(-7 * i), null, true, true, null));
        var (level, reasons) = Judge(new([.. usage], [], new(2026, 3, 20)));
        Assert.Equal(RiskLevel.High, level);
        Assert.Contains(reasons, r => r.Feature == RiskFeature.UsageDrop);
        Assert.Contains(reasons, r => r.Feature == RiskFeature.Renewal);
    }

    [Fact]
    public void Falling_scores_and_cases_opened_again_are_reasons()
    {
        var (_, reasons) = Judge(new([Said(150, 95), Said(140, 90), Said(10, 30)], [new(Now.AddDays(-9), true, 2)], null));
        Assert.Equal([RiskFeature.Falling, RiskFeature.LastNegative, RiskFeature.OpenCases, RiskFeature.Reopened], reasons.Select(r => r.Feature).OrderBy(f => f.ToString()));
    }

    [Fact]
    public void What_came_after_the_outcome_is_not_known() =>
        Assert.Single(new RiskHistory([Said(5, 90), Said(40, 80)], [new(Now.AddDays(-9), true, 1)], null).Until(Now.AddDays(-20)).Signals);

    [Fact]
    public void A_customer_of_whom_nothing_is_known_has_features_without_gaps() => Assert.All(RiskFeatures.Of(new([], [], null), Now), f => Assert.True(double.IsFinite(f)));

    private static (RiskLevel Level, IReadOnlyList<RiskReason> Reasons) Judge(RiskHistory history) => RiskRule.Judge(RiskFeatures.Of(history, Now));

    private static RiskSignal Said(int daysAgo, double score) => new(Now.AddDays(-daysAgo), score, score < 60, false, null);
}
