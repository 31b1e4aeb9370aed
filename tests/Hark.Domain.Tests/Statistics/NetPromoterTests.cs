using Hark.Domain.Signals;
using Hark.Domain.Statistics;
using Xunit;

namespace Hark.Domain.Tests.Statistics;

public sealed class NetPromoterTests
{
    /// <summary>The test vectors of the R package NPS (brendan-R/NPS); its shares of 1 are points here.</summary>
    [Theory]
    [InlineData(new[] { 0, 7, 7, 9, 9, 9 }, 30.43)]
    [InlineData(new[] { 1, 9 }, 70.7)]
    [InlineData(new[] { 7, 9 }, 35.4)]
    [InlineData(new[] { 0, 7, 9 }, 47.1)]
    [InlineData(new[] { 10, 10, 10 }, 0)]
    [InlineData(new[] { 0, 0 }, 0)]
    [InlineData(new[] { 7, 8 }, 0)]
    public void StandardError_as_the_R_package(int[] scores, double error)
    {
        var bands = scores.Select(score =>
        {
            Assert.True(Rating.TryCreate(RatingScale.Nps, score, null, null, out var rating, out _));
            return rating.Band;
        }).ToLookup(band => band);
        var actual = NetPromoter.StandardError(
            bands[RatingBand.Positive].Count(), bands[RatingBand.Neutral].Count(), bands[RatingBand.Negative].Count());
        Assert.Equal(error, actual!.Value, 0.05);
    }

    [Fact]
    public void Score_and_variance_of_one_to_fifteen()
    {
        // 1:15 with breaks 0-6, 7-8, 9-15.
        Assert.Equal(100 * 1 / 15.0, NetPromoter.Score(7, 2, 6)!.Value.Value, 1e-12);
        var error = NetPromoter.StandardError(7, 2, 6)!.Value / 100;
        Assert.Equal(0.8622, error * error * 15, 5e-5);
    }

    [Theory]
    [InlineData(50, 30, 20, 30, 14.05, 44.20)]
    [InlineData(19, 8, 9, 27.78, -0.44, 51.72)]
    [InlineData(10, 0, 0, 100, 47.50, 106.34)]
    [InlineData(500, 300, 200, 30, 25.08, 34.74)]
    public void AdjustedWald_as_Lewis_and_Sauro(double promoters, double passives, double detractors, double score, double low, double high)
    {
        var estimate = NetPromoter.AdjustedWald(promoters, passives, detractors)!.Value;
        Assert.Equal(score, estimate.Value, 0.005);
        Assert.Equal(low, estimate.Low!.Value, 0.0051);
        Assert.Equal(high, estimate.High!.Value, 0.0051);
    }

    [Theory]
    [InlineData(50, 30, 20, 14.69, 45.31)]
    [InlineData(10, 0, 0, 100, 100)]
    public void Wald(double promoters, double passives, double detractors, double low, double high)
    {
        var estimate = NetPromoter.Wald(promoters, passives, detractors)!.Value;
        Assert.Equal(low, estimate.Low!.Value, 0.005);
        Assert.Equal(high, estimate.High!.Value, 0.005);
    }

    [Fact]
    public void Score_is_cut_to_what_the_scale_shows()
    {
        var estimate = NetPromoter.Score(10, 0, 0)!.Value;
        Assert.Equal(100, estimate.High);
        Assert.Equal(47.50, estimate.Low!.Value, 0.005);
        Assert.Equal(-100, NetPromoter.Score(0, 0, 10)!.Value.Low);
    }

    [Fact]
    public void Nobody_has_no_score_rather_than_zero()
    {
        Assert.Null(NetPromoter.Score(0, 0, 0));
        Assert.Null(NetPromoter.Wald(0, 0, 0));
        Assert.Null(NetPromoter.Difference((0, 0, 0), (5, 5, 5)));
    }

    [Fact]
    public void Difference_of_two_waves()
    {
        var change = NetPromoter.Difference((200, 120, 80), (220, 120, 60))!.Value;
        Assert.Equal(10, change.Difference.Value, 1e-9);
        Assert.Equal(1.865, change.Test.Statistic, 0.0005);
        Assert.Equal(0.0622, change.Test.P, 0.00005);
        Assert.Equal(5.362, (change.Difference.High!.Value - 10) / Normal.Z95, 0.0005);
    }

    [Fact]
    public void Difference_without_any_variation_is_not_tested() => Assert.Null(NetPromoter.Difference((5, 0, 0), (9, 0, 0)));

    [Fact]
    public void Negative_counts_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NetPromoter.Score(-1, 5, 5));
}
