using Hark.Domain.Statistics;
using Xunit;

namespace Hark.Domain.Tests.Statistics;

public sealed class PostStratificationTests
{
    /// <summary>Kish's design effect of 50 weights of 1, 30 of 2 and 20 of 5.</summary>
    [Fact]
    public void Design_effect_of_unequal_weights()
    {
        var weights = Weights.Of([.. Enumerable.Repeat(1.0, 50), .. Enumerable.Repeat(2.0, 30), .. Enumerable.Repeat(5.0, 20)]);
        Assert.Equal(1.5192744, weights.DesignEffect!.Value, 5e-8);
        Assert.Equal(65.8209, weights.EffectiveCount!.Value, 5e-5);
    }

    /// <summary>apiclus1 of the R package survey, post-stratified by type of school.</summary>
    [Fact]
    public void Weights_of_the_R_package_survey()
    {
        var weights = PostStratification.Of([new("E", 144, 4421), new("H", 14, 755), new("M", 25, 1018)]);
        // The weights of survey count schools; ours have a mean of 1.
        var scale = (4421.0 + 755 + 1018) / (144 + 14 + 25);
        Assert.Equal(30.7014, weights.ByStratum["E"] * scale, 5e-5);
        Assert.Equal(53.9286, weights.ByStratum["H"] * scale, 5e-5);
        Assert.Equal(40.7200, weights.ByStratum["M"] * scale, 5e-5);
        Assert.Equal(1.0393592, weights.Total.DesignEffect!.Value, 5e-8);
        Assert.Empty(weights.Capped);
    }

    /// <summary>apistrat of the R package survey.</summary>
    [Fact]
    public void Stratified_mean_of_the_R_package_survey()
    {
        var (mean, error) = PostStratification.Mean(
        [
            (4421, new Sample(100, 674.43, 15687.419)),
            (755, new Sample(50, 625.82, 11947.089)),
            (1018, new Sample(50, 636.60, 13824.857)),
        ])!.Value;
        Assert.Equal(662.2874, mean, 5e-4);
        Assert.Equal(9.4089, error, 5e-5);
    }

    [Fact]
    public void An_empty_stratum_is_reported_and_an_extreme_weight_is_cut()
    {
        var weights = PostStratification.Of([new("web", 990, 500), new("store", 10, 500), new("phone", 0, 200)]);
        Assert.Equal(["phone"], weights.Collapsed);
        Assert.Equal(["store"], weights.Capped);
        Assert.Equal(PostStratification.MostWeight, weights.ByStratum["store"]);
        Assert.True(weights.Total.EffectiveCount < 1000);
    }

    [Fact]
    public void A_stratum_that_nobody_counted_keeps_the_weight_of_one() =>
        Assert.Equal(1, PostStratification.Of([new("web", 50, 500), new("other", 10, 0)]).ByStratum["other"]);
}
