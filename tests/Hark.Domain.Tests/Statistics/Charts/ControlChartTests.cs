using Hark.Domain.Statistics.Charts;
using Xunit;

namespace Hark.Domain.Tests.Statistics.Charts;

public sealed class ControlChartTests
{
    /// <summary>Cans of orange juice concentrate, 30 samples of 50 (Montgomery, Introduction to Statistical Quality Control, example 7.1).</summary>
    [Fact]
    public void P_chart_of_Montgomery()
    {
        double[] defects = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6];
        var chart = ControlChart.Shares([.. defects.Select(d => new SeriesPoint(d, 50))]);
        Assert.All(chart, p =>
        {
            Assert.Equal(.2313, p.Centre, 5e-5);
            Assert.Equal(.4102, p.High, 6e-5);
            Assert.Equal(.0524, p.Low, 6e-5);
        });
        Assert.Equal([15, 23], Outside(chart));
    }

    /// <summary>Defects on 25 wafers (NIST/SEMATECH e-Handbook 6.3.3.1).</summary>
    [Fact]
    public void Counts_chart_of_NIST()
    {
        double[] defects = [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13];
        var chart = ControlChart.Counts([.. defects.Select(d => new SeriesPoint(d, 1))]);
        Assert.All(chart, p => Assert.Equal((16.0, 4.0, 28.0), (p.Centre, p.Low, p.High)));
        Assert.Equal([24], Outside(chart));
    }

    [Fact]
    public void Limits_are_wider_where_fewer_answered_and_a_period_without_answers_has_no_value()
    {
        var chart = ControlChart.Shares([new(10, 100), new(2, 20), new(0, 0)]);
        Assert.True(chart[1].High - chart[1].Centre > chart[0].High - chart[0].Centre);
        Assert.Null(chart[2].Value);
        Assert.False(chart[2].Outside);
    }

    [Fact]
    public void A_usual_Sunday_is_not_outside()
    {
        var points = Enumerable.Range(0, 28).Select(i => new SeriesPoint(i % 7 == 6 ? 4 : 40, 1)).ToArray();
        var profile = WeekProfile.Of(points, 7);
        Assert.Equal(4, ControlChart.Counts(points).Count(p => p.Value < p.Low));
        Assert.Empty(Outside(ControlChart.Counts(points, usual: [.. points.Select((_, i) => profile[i])])));
    }

    [Fact]
    public void Chance_alone_makes_no_weekly_profile()
    {
        var random = new Random(4);
        var points = Enumerable.Range(0, 70).Select(_ => new SeriesPoint(Enumerable.Range(0, 40).Count(_ => random.NextDouble() < .5), 1)).ToArray();
        var profile = WeekProfile.Of(points, 7);
        for (var day = 0; day < 7; day++) Assert.InRange(profile[day], .95, 1.05);
    }

    private static IEnumerable<int> Outside(IReadOnlyList<ControlPoint> chart) => chart.Select((p, i) => (p, i)).Where(x => x.p.Outside).Select(x => x.i + 1);
}
