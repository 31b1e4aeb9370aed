using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Statistics;
using Xunit;

namespace Hark.Domain.Tests.Statistics;

/// <summary>Against the tables of Abramowitz and Stegun and values of R 4.2.</summary>
public sealed class DistributionsTests
{
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.995, 2.575829303548901)]
    [InlineData(0.025, -1.959963984540054)]
    [InlineData(0.9999, 3.719016485455709)]
    [InlineData(1e-10, -6.361340902404056)]
    [InlineData(1e-300, -37.0470962993612)] // where erfc(z / sqrt 2) / 2 = 1e-300, by bisection with the C library's erfc
    public void Normal_quantile(double p, double z) => Assert.Equal(z, Normal.Quantile(p), Math.Abs(z) * 1e-9);

    [Fact]
    public void Normal_quantile_undoes_the_cumulative_share() => Prop.ForAll(
        Gen.Choose(1, 999_999).ToArbitrary(),
        i => Math.Abs(Normal.Cumulative(Normal.Quantile(i / 1e6)) - (i / 1e6)) < 1e-13).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Normal_quantile_refuses_what_has_none(double p) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Normal.Quantile(p));

    [Theory]
    [InlineData(0.95, 1, 12.706204736)]
    [InlineData(0.95, 2, 4.302652730)]
    [InlineData(0.95, 5, 2.570581836)]
    [InlineData(0.95, 10, 2.228138852)]
    [InlineData(0.95, 30, 2.042272456)]
    [InlineData(0.95, 120, 1.979930405)]
    [InlineData(0.99, 4, 4.604094871)]
    [InlineData(0.99, 1, 63.656741162)]
    [InlineData(0.999, 2, 31.599054577)]
    public void Student_quantile(double confidence, double df, double t) =>
        Assert.Equal(t, StudentT.TwoSided(confidence, df), 1e-8);

    [Theory]
    [InlineData(0.5)]
    [InlineData(3.7)]
    [InlineData(17.776474)]
    [InlineData(999)]
    [InlineData(1000)]
    [InlineData(100_000)]
    public void Student_quantile_undoes_the_tail(double df) =>
        Assert.Equal(0.05, StudentT.TwoSidedP(StudentT.TwoSided(0.95, df), df), 1e-10);

    [Theory]
    [InlineData(3.841458820694124, 1, 0.05)]
    [InlineData(7.814727903251178, 3, 0.05)]
    [InlineData(18.307038053275146, 10, 0.05)]
    [InlineData(0, 2, 1)]
    [InlineData(1, 2, 0.6065306597126334)]
    public void Chi_squared_tail(double x, double df, double p) => Assert.Equal(p, ChiSquared.UpperTail(x, df), 1e-12);
}
