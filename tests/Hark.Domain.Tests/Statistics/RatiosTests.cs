using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Statistics;
using Xunit;

namespace Hark.Domain.Tests.Statistics;

public sealed class RatiosTests
{
    /// <summary>Spending on food for each member of 33 households, Cochran (1977) example of section 2.11: 7.376 with a standard error of 0.534.</summary>
    [Fact]
    public void Cochran_on_food()
    {
        var ratio = Ratios.Interval(new RatioSums(33, 907.2, 123, 28_224, 3_595.5, 533))!.Value;
        Assert.Equal(7.376, ratio.Value, 5e-4);
        Assert.Equal(0.534, (ratio.High!.Value - ratio.Low!.Value) / 2 / StudentT.TwoSided(.95, 32), 5e-4);
    }

    /// <summary>From Wilson's limits the difference is Newcombe's tenth method: 56 of 70 against 48 of 80 (Newcombe 1998, example a).</summary>
    [Fact]
    public void Difference_of_Wilson_limits_is_Newcombes()
    {
        var difference = Ratios.Difference(Proportions.Wilson(56, 70), Proportions.Wilson(48, 80))!.Value;
        Assert.Equal((0.2, 0.0524, 0.3339), (Math.Round(difference.Value, 4), Math.Round(difference.Low!.Value, 4), Math.Round(difference.High!.Value, 4)));
    }

    [Fact]
    public void Nothing_to_say_without_a_denominator_or_of_one_day()
    {
        Assert.Null(Ratios.Interval(default));
        Assert.Null(Ratios.Interval(new RatioSums().Add(0, 0)));
        Assert.Equal(new Estimate(2, null, null), Ratios.Interval(new RatioSums().Add(6, 3)));
        Assert.Null(Ratios.Difference(new Estimate(2, null, null), new Estimate(1, 0, 2)));
    }

    /// <summary>The ratio does not hang on how the total is cut into days when every day has the same ratio: then there is no doubt about it either.</summary>
    [Fact]
    public void Equal_days_leave_no_doubt() =>
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt[]>().Filter(c => c.Length > 1), ArbMap.Default.ArbFor<PositiveInt>(), (counts, rate) =>
        {
            var sums = counts.Aggregate(new RatioSums(), (s, c) => s.Add((double)rate.Get * c.Get, c.Get));
            var ratio = Ratios.Interval(sums)!.Value;
            return Math.Abs(ratio.Value - rate.Get) < 1e-9 * rate.Get && ratio.High - ratio.Low < 1e-4 * rate.Get;
        }).QuickCheckThrowOnFailure();
}
