using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Statistics;
using Xunit;

namespace Hark.Domain.Tests.Statistics;

/// <summary>The cases of Newcombe 1998 (both papers) and Fleiss 1981, as R's prop.test and binom.test give them.</summary>
public sealed class ProportionsTests
{
    [Theory]
    [InlineData(81, 263, .2553, .3662, .2535, .3682, .2527, .3676)]
    [InlineData(15, 148, .0624, .1605, .0598, .1644, .0578, .1617)]
    [InlineData(0, 20, 0, .1611, 0, .2005, 0, .1684)]
    [InlineData(1, 29, .0061, .1718, .0018, .1963, .0009, .1776)]
    public void Single_share(int x, int n, double low, double high, double ccLow, double ccHigh, double cpLow, double cpHigh)
    {
        Near(low, high, Proportions.Wilson(x, n));
        Near(ccLow, ccHigh, Proportions.WilsonCorrected(x, n));
        Near(cpLow, cpHigh, Proportions.ClopperPearson(x, n));
        Near(1 - high, 1 - low, Proportions.Wilson(n - x, n));
        Near(1 - ccHigh, 1 - ccLow, Proportions.WilsonCorrected(n - x, n));
        Near(1 - cpHigh, 1 - cpLow, Proportions.ClopperPearson(n - x, n));
    }

    [Theory]
    [InlineData(56, 70, 48, 80, .0524, .3339)]
    [InlineData(9, 10, 3, 10, .1705, .8090)]
    [InlineData(6, 7, 2, 7, .0582, .8062)]
    [InlineData(5, 56, 0, 29, -.0381, .1926)]
    [InlineData(0, 10, 0, 20, -.1611, .2775)]
    [InlineData(0, 10, 0, 10, -.2775, .2775)]
    [InlineData(10, 10, 0, 20, .6791, 1.0)]
    [InlineData(10, 10, 0, 10, .6075, 1.0)]
    public void Difference_of_two_shares(int x1, int n1, int x2, int n2, double low, double high)
    {
        var difference = Proportions.Difference(x1, n1, x2, n2);
        Near(low, high, difference);
        Assert.Equal(((double)x1 / n1) - ((double)x2 / n2), difference!.Value.Value, 1e-12);
    }

    [Fact]
    public void Chi_squared_of_four_groups()
    {
        var test = Proportions.Test([(83, 86), (90, 93), (129, 136), (70, 82)])!.Value;
        Assert.Equal(12.6004, test.Statistic, 5e-5);
        Assert.Equal(3, test.DegreesOfFreedom);
        Assert.Equal(0.005585, test.P, 5e-7);
    }

    [Fact]
    public void Chi_squared_of_two_groups_with_and_without_Yates()
    {
        (double, double)[] groups = [(56, 70), (48, 80)];
        var plain = Proportions.Test(groups)!.Value;
        Assert.Equal(7.02341, plain.Statistic, 5e-6);
        Assert.Equal(0.0080451, plain.P, 5e-8);
        var corrected = Proportions.Test(groups, yates: true)!.Value;
        Assert.Equal(6.11427, corrected.Statistic, 5e-6);
        Assert.Equal(0.0134095, corrected.P, 5e-8);
    }

    [Fact]
    public void Nothing_to_say_without_data_or_variation()
    {
        Assert.Null(Proportions.Wilson(0, 0));
        Assert.Null(Proportions.WilsonCorrected(0, 0));
        Assert.Null(Proportions.ClopperPearson(0, 0));
        Assert.Null(Proportions.Difference(1, 2, 0, 0));
        Assert.Null(Proportions.Test([(0, 5), (0, 9)]));
        Assert.Null(Proportions.Test([(3, 5), (0, 0)]));
        Assert.Null(Proportions.Test([(3, 5), (0, 0)], yates: true));
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(6, 5)]
    public void Impossible_counts_are_refused(double x, double n) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportions.Wilson(x, n));

    [Fact]
    public void Intervals_hold_the_share_and_stay_in_range() => Prop.ForAll(
        (from n in Gen.Choose(1, 5000) from x in Gen.Choose(0, n) select (X: x, N: n)).ToArbitrary(),
        share => new[]
        {
            Proportions.Wilson(share.X, share.N), Proportions.WilsonCorrected(share.X, share.N), Proportions.ClopperPearson(share.X, share.N),
        }.All(e => e is { Low: >= 0, High: <= 1 } && e.Value.Low <= e.Value.Value && e.Value.Value <= e.Value.High)).QuickCheckThrowOnFailure();

    private static void Near(double low, double high, Estimate? estimate)
    {
        // The published figures have four decimals.
        Assert.Equal(low, estimate!.Value.Low!.Value, 0.000051);
        Assert.Equal(high, estimate.Value.High!.Value, 0.000051);
    }
}
