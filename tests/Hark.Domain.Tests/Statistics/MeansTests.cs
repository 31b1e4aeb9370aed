using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Statistics;
using Xunit;

namespace Hark.Domain.Tests.Statistics;

public sealed class MeansTests
{
    /// <summary>Extra sleep with two drugs, Student 1908 (R data set sleep).</summary>
    private static readonly double[] Sleep1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    private static readonly double[] Sleep2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    [Fact]
    public void Welch_on_sleep()
    {
        var (difference, test) = Means.Welch(Sample.Of(Sleep1), Sample.Of(Sleep2))!.Value;
        Assert.Equal(-1.860813, test.Statistic, 5e-7);
        Assert.Equal(17.776474, test.DegreesOfFreedom!.Value, 5e-7);
        Assert.Equal(0.0793941, test.P, 5e-8);
        Assert.Equal(-3.365483, difference.Low!.Value, 5e-7);
        Assert.Equal(0.205483, difference.High!.Value, 5e-7);
    }

    [Fact]
    public void Pooled_on_sleep()
    {
        var test = Means.Pooled(Sample.Of(Sleep1), Sample.Of(Sleep2))!.Value.Test;
        Assert.Equal(18, test.DegreesOfFreedom);
        Assert.Equal(0.0791867, test.P, 5e-8);
    }

    [Fact]
    public void Welch_on_unequal_samples()
    {
        double[] a = [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4];
        double[] b = [27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.5, 24.4];
        var test = Means.Welch(Sample.Of(a), Sample.Of(b))!.Value.Test;
        Assert.Equal(-2.852955, test.Statistic, 5e-7);
        Assert.Equal(27.8873, test.DegreesOfFreedom!.Value, 5e-5);
        Assert.Equal(0.0080719, test.P, 5e-8);
    }

    [Fact]
    public void Too_little_to_test_is_null()
    {
        Assert.Null(Means.Welch(Sample.Of([1]), Sample.Of(Sleep1)));
        Assert.Null(Means.Welch(Sample.Of([1, 1]), Sample.Of([2, 2])));
        Assert.Null(Means.Pooled(Sample.Of([1, 1]), Sample.Of([2, 2])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample.Of([]));
    }

    [Fact]
    public void Interval_of_one_sample()
    {
        // mean(sleep2) +- qt(.975, 9) sd / sqrt(10), as R's t.test: 0.8976775 to 3.7623225.
        var estimate = Means.Interval(Sample.Of(Sleep2));
        Assert.Equal(2.33, estimate.Value, 1e-12);
        Assert.Equal(0.8976775, estimate.Low!.Value, 5e-7);
        Assert.Equal(3.7623225, estimate.High!.Value, 5e-7);
        Assert.Equal(new Estimate(7, null, null), Means.Interval(Sample.Of([7])));
    }

    [Fact]
    public void Kish_design_effect()
    {
        var weights = Weights.Of([.. Enumerable.Repeat(1.0, 50), .. Enumerable.Repeat(2.0, 30), .. Enumerable.Repeat(5.0, 20)]);
        Assert.Equal(1.5192744, weights.DesignEffect!.Value, 5e-8);
        Assert.Equal(65.8209, weights.EffectiveCount!.Value, 5e-5);
        var survey = Weights.Of(
            [.. Enumerable.Repeat(4421 / 144.0, 144), .. Enumerable.Repeat(755 / 14.0, 14), .. Enumerable.Repeat(1018 / 25.0, 25)]);
        Assert.Equal(1.0393592, survey.DesignEffect!.Value, 5e-8);
        Assert.Null(Weights.Of([]).EffectiveCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => Weights.Of([1, double.NaN]));
    }

    [Fact]
    public void Moments_agree_with_the_two_pass_sample()
    {
        var moments = Sleep1.Aggregate(default(Moments), (sum, value) => sum.Add((long)Math.Round(value * 1000)));
        var expected = Means.Interval(Sample.Of(Sleep1));
        var actual = moments.MeanInterval(1000)!.Value;
        Assert.Equal(expected.Value, actual.Value, 1e-12);
        Assert.Equal(expected.Low!.Value, actual.Low!.Value, 1e-12);
        Assert.Equal(expected.High!.Value, actual.High!.Value, 1e-12);
    }

    [Fact]
    public void Moments_do_not_cancel_on_large_numbers_close_together()
    {
        var moments = default(Moments).Add(1_000_000_000_000).Add(1_000_000_000_001).Add(1_000_000_000_002);
        Assert.Equal(1, moments.Variance);
        Assert.Null(default(Moments).MeanInterval());
        Assert.Null(Moments.Of(5).Variance);
    }

    [Fact]
    public void Moments_overflow_is_an_error_and_not_a_wrong_number() =>
        Assert.Throws<OverflowException>(() => new Moments(1, long.MaxValue, 0).Add(1));

    [Fact]
    public void Moments_are_the_same_in_any_order_and_after_changes() => Prop.ForAll(
        Gen.Choose(0, 100_000).ListOf().Two().ToArbitrary(),
        lists =>
        {
            var (kept, removed) = lists;
            var straight = kept.Aggregate(default(Moments), (sum, value) => sum.Add(value));
            var all = kept.Concat(removed).Order().Aggregate(default(Moments), (sum, value) => sum.Add(value));
            // A difference is made first and merged later, as an update of an aggregate row is.
            var difference = removed.Aggregate(default(Moments), (sum, value) => sum.Subtract(value));
            return all + difference == straight && difference + all == straight && all - straight - all == default(Moments) - straight;
        }).QuickCheckThrowOnFailure();
}
