using Hark.Domain.Signals;
using Xunit;

namespace Hark.Domain.Tests.Signals;

public sealed class RatingTests
{
    private static Rating Valid(RatingScale scale, double value, double? min = null, double? max = null)
    {
        Assert.True(Rating.TryCreate(scale, value, min, max, out var rating, out var problem), problem.Reason);
        return rating;
    }

    [Theory]
    [InlineData(RatingScale.Nps, "nnnnnnn__pp")]
    [InlineData(RatingScale.Csat, "nn_pp")]
    [InlineData(RatingScale.Stars, "nn_pp")]
    [InlineData(RatingScale.Ces, "nnn_ppp")]
    [InlineData(RatingScale.Thumbs, "np")]
    public void Band_of_every_value_of_a_fixed_scale(RatingScale scale, string bands)
    {
        var (min, max) = scale.Bounds()!.Value;
        var actual = string.Concat(Enumerable.Range(min, max - min + 1).Select(value => Valid(scale, value).Band switch
        {
            RatingBand.Negative => 'n',
            RatingBand.Neutral => '_',
            RatingBand.Positive => 'p',
        }));
        Assert.Equal(bands, actual);
    }

    [Theory]
    [InlineData(39.9994, RatingBand.Negative)]
    [InlineData(39.9995, RatingBand.Neutral)]
    [InlineData(40, RatingBand.Neutral)]
    [InlineData(60, RatingBand.Neutral)]
    [InlineData(60.001, RatingBand.Positive)]
    public void Band_of_a_custom_scale_goes_by_its_score(double value, RatingBand band) =>
        Assert.Equal(band, Valid(RatingScale.Custom, value, 0, 100).Band);

    [Theory]
    [InlineData(RatingScale.Nps, 3, null, null, 30_000)]
    [InlineData(RatingScale.Csat, 1, null, null, 0)]
    [InlineData(RatingScale.Csat, 4, null, null, 75_000)]
    [InlineData(RatingScale.Stars, 5, 1.0, 5.0, 100_000)]
    [InlineData(RatingScale.Ces, 2, null, null, 16_667)]
    [InlineData(RatingScale.Thumbs, 1, null, null, 100_000)]
    [InlineData(RatingScale.Custom, 0, -50.0, 50.0, 50_000)]
    [InlineData(RatingScale.Custom, 0.000005, 0.0, 1.0, 1)]
    [InlineData(RatingScale.Custom, 1e9, -1e9, 1e9, 100_000)]
    public void Score_is_linear_between_the_bounds(RatingScale scale, double value, double? min, double? max, int milli)
    {
        var rating = Valid(scale, value, min, max);
        Assert.Equal(milli, rating.ScoreMilli);
        Assert.Equal(milli / 1000.0, rating.Score);
    }

    [Theory]
    [InlineData(RatingScale.Nps, 11, null, null, "value", "must be a number from 0 to 10 on the nps scale")]
    [InlineData(RatingScale.Nps, -1, null, null, "value", "must be a number from 0 to 10 on the nps scale")]
    [InlineData(RatingScale.Nps, double.NaN, null, null, "value", "must be a number from 0 to 10 on the nps scale")]
    [InlineData(RatingScale.Ces, double.PositiveInfinity, null, null, "value", "must be a number from 1 to 7 on the ces scale")]
    [InlineData(RatingScale.Csat, 4.5, null, null, "value", "must be a whole number from 1 to 5 on the csat scale")]
    [InlineData(RatingScale.Csat, 4, 0.0, null, "min", "must be 1 or left out on the csat scale")]
    [InlineData(RatingScale.Csat, 4, 1.0, 10.0, "max", "must be 5 or left out on the csat scale")]
    [InlineData(RatingScale.Custom, 4, null, 10.0, "min", "a custom scale needs a min between -1000000000 and 1000000000")]
    [InlineData(RatingScale.Custom, 4, 0.0, null, "max", "a custom scale needs a max between -1000000000 and 1000000000")]
    [InlineData(RatingScale.Custom, 4, 0.0, double.NaN, "max", "a custom scale needs a max between -1000000000 and 1000000000")]
    [InlineData(RatingScale.Custom, 4, -1e300, 1e300, "min", "a custom scale needs a min between -1000000000 and 1000000000")]
    [InlineData(RatingScale.Custom, 4, 5.0, 5.0, "max", "must be greater than min")]
    [InlineData(RatingScale.Custom, 0.25, 0.5, 1.5, "value", "must be a number from 0.5 to 1.5 on the custom scale")]
    [InlineData((RatingScale)0, 0, null, null, "scale", "must be one of nps, csat, ces, stars, thumbs, custom")]
    public void Refusal_names_the_field_and_the_remedy(
        RatingScale scale, double value, double? min, double? max, string field, string reason)
    {
        Assert.False(Rating.TryCreate(scale, value, min, max, out _, out var problem));
        Assert.Equal((field, reason), problem);
    }

    [Fact]
    public void Names_are_read_back_in_any_case()
    {
        var names = RatingScales.Names.Split(", ");
        Assert.Equal(Enum.GetValues<RatingScale>().Select(scale => scale.Name()), names);
        foreach (var scale in Enum.GetValues<RatingScale>())
        {
            Assert.True(RatingScales.TryParse(scale.Name().ToUpperInvariant(), out var read));
            Assert.Equal(scale, read);
        }

        Assert.False(RatingScales.TryParse("likert", out _));
        Assert.False(RatingScales.TryParse("", out _));
    }

    [Fact]
    public void Minus_zero_is_zero() =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(0.0), BitConverter.DoubleToInt64Bits(Valid(RatingScale.Nps, -0.0).Value));

    [Fact]
    public void Making_and_reading_a_rating_allocates_nothing()
    {
        long Work()
        {
            return RatingScales.TryParse("ces", out var scale) && Rating.TryCreate(scale, 5, null, null, out var rating, out _)
                ? rating.ScoreMilli + (long)rating.Band
                : 0;
        }

        var sum = Work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) sum += Work();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(101 * 66_669, sum);
    }
}
