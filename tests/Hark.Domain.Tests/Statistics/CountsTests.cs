using Hark.Domain.Statistics;
using Xunit;

namespace Hark.Domain.Tests.Statistics;

public sealed class CountsTests
{
    /// <summary>R: <c>poisson.test(c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878))</c> is of this kind; here 20 in one period against 40 in four.</summary>
    [Fact]
    public void Twice_the_usual_is_told_with_its_exact_interval()
    {
        var ratio = Counts.Ratio(20, 1, 40, 4)!.Value;
        Assert.Equal(2, ratio.Value, 12);
        // Clopper and Pearson of 20 in 60: 0.21691 to 0.46688; odds times four.
        var share = Proportions.ClopperPearson(20, 60)!.Value;
        Assert.Equal(4 * share.Low!.Value / (1 - share.Low.Value), ratio.Low!.Value, 12);
        Assert.Equal(4 * share.High!.Value / (1 - share.High.Value), ratio.High!.Value, 12);
        Assert.InRange(ratio.Low.Value, 1.10, 1.12);
        Assert.InRange(ratio.High.Value, 3.48, 3.52);
    }

    [Fact]
    public void Without_a_past_there_is_no_usual() => Assert.Null(Counts.Ratio(9, 1, 0, 8));

    [Fact]
    public void Alike_periods_still_have_the_spread_of_counts()
    {
        var usual = Counts.Usual([100, 100, 100, 100])!.Value;
        Assert.Equal(100, usual.Value);
        Assert.InRange(usual.Low!.Value, 60, 70);
        Assert.InRange(usual.High!.Value, 130, 140);
        Assert.Null(Counts.Usual([5, 6]));
        Assert.Equal(0, Counts.Usual([1, 0, 0])!.Value.Low);
    }

    [Fact]
    public void A_sample_is_read_back_from_its_interval()
    {
        var sample = Sample.Of([3, 5, 8, 13]);
        var read = Means.SampleOf(Means.Interval(sample), 4);
        Assert.Equal(sample.Mean, read.Mean, 12);
        Assert.Equal(sample.Variance!.Value, read.Variance!.Value, 9);
        Assert.Null(Means.SampleOf(new Estimate(4, null, null), 1).Variance);
    }

    [Fact]
    public void The_curve_agrees_with_the_targets_read_from_it()
    {
        Observation[] cases = [new(1, true), new(2, true), new(3, false), new(5, true), new(8, false)];
        var curve = AttainmentCurve.Of(cases, [new(2, 0.6)], [0, 2, 5]);
        Assert.Equal(0, curve.Points[0].Done!.Value.Value);
        Assert.Equal(curve.Attainment.Targets[0].Attained, curve.Points[1].Done);
        Assert.Equal(0.7, curve.Points[2].Done!.Value.Value, 12);
    }
}
