using System.Globalization;
using Hark.Domain.Statistics.Charts;
using Xunit;

namespace Hark.Domain.Tests.Statistics.Charts;

public sealed class SurgeTestTests
{
    [Fact]
    public void A_doubling_is_seen_and_a_usual_day_not()
    {
        var usual = Counts(1, 57, _ => 40);
        Assert.True(SurgeTest.Of(usual, 7, false)!.Value.P > .001);
        var surge = SurgeTest.Of([.. usual[..^1], new(80, 1)], 7, false)!.Value;
        Assert.True(surge.P < 1e-5);
        Assert.Equal(1, surge.Periods);
        Assert.Equal(80, surge.Observed);
        Assert.Equal(40, surge.Expected, 4.0);
    }

    [Fact]
    public void A_week_a_quarter_above_is_seen_together_though_no_day_is()
    {
        var points = Counts(3, 63, day => day < 56 ? 60 : 84);
        var surge = SurgeTest.Of(points, 7, false)!.Value;
        Assert.Equal(7, surge.Periods);
        Assert.True(surge.P < 1e-5);
    }

    [Fact]
    public void The_first_three_of_something_new_are_a_surge_and_the_first_one_is_not()
    {
        var quiet = Enumerable.Repeat(new SeriesPoint(0, 1), 56).ToArray();
        Assert.True(SurgeTest.Of([.. quiet, new(3, 1)], 7, false)!.Value.P < 1e-4);
        Assert.True(SurgeTest.Of([.. quiet, new(1, 1)], 7, false)!.Value.P > .01);
    }

    [Fact]
    public void Little_history_says_nothing() => Assert.Null(SurgeTest.Of(Counts(1, 15, _ => 5), 7, false));

    [Fact]
    public void A_share_is_judged_by_its_answers()
    {
        var usual = Enumerable.Repeat(new SeriesPoint(10, 100), 56).ToArray();
        Assert.True(SurgeTest.Of([.. usual, new(1, 3)], 7, true)!.Value.P > .1);
        Assert.True(SurgeTest.Of([.. usual, new(33, 100)], 7, true)!.Value.P < 1e-6);
    }

    /// <summary>
    /// False alarms at the product's threshold, over 40 series of a year of days with a weekly pattern, more spread than Poisson's and neighbours that resemble each
    /// other: at most two in 12,000 looks. docs/statistics.md says what that means.
    /// </summary>
    [Fact]
    public void Series_without_a_change_stay_silent()
    {
        var (alarms, looks) = (0, 0);
        for (var seed = 1; seed <= 40; seed++)
        {
            var points = Restless(seed, 360);
            for (var end = 57; end <= points.Length; end++)
            {
                looks++;
                if (SurgeTest.Of(points.AsSpan()[Math.Max(0, end - 63)..end], 7, false)!.Value.P < SurgeTest.AlertAt) alarms++;
            }
        }

        Assert.Equal(12_160, looks);
        Assert.InRange(alarms, 0, 2);
    }

    /// <summary>The series of the Numenta Anomaly Benchmark that have no anomaly, each hour of two weeks looked at.</summary>
    [Theory]
    [InlineData("art_daily_no_noise")]
    [InlineData("art_daily_perfect_square_wave")]
    [InlineData("art_daily_small_noise")]
    [InlineData("art_flatline")]
    [InlineData("art_noisy")]
    public void Silent_on_the_series_without_anomaly(string name)
    {
        var values = SharedFiles.Rows($"nab/artificialNoAnomaly/{name}.csv").Select(r => double.Parse(r[1], CultureInfo.InvariantCulture)).ToArray();
        var hours = values.Chunk(12).Select(h => new SeriesPoint(h.Sum(), h.Length)).ToArray();
        for (var end = (3 * 24) + 8; end <= hours.Length; end++)
            Assert.True(SurgeTest.Of(hours.AsSpan()[..end], 24, false)!.Value.P >= SurgeTest.AlertAt, $"hour {end}");
    }

    private static SeriesPoint[] Counts(int seed, int days, Func<int, double> mean)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, days).Select(d => new SeriesPoint(Poisson(random, mean(d)), 1))];
    }

    private static SeriesPoint[] Restless(int seed, int days)
    {
        var (random, mood) = (new Random(seed), 0.0);
        return [.. Enumerable.Range(0, days).Select(d =>
        {
            mood = (.4 * mood) + (.12 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5));
            return new SeriesPoint(Poisson(random, 30 * (d % 7 >= 5 ? .5 : 1) * Math.Exp(mood)), 1);
        })];
    }

    private static int Poisson(Random random, double mean)
    {
        var (product, count) = (random.NextDouble(), 0);
        for (var limit = Math.Exp(-mean); product > limit; count++) product *= random.NextDouble();
        return count;
    }
}
