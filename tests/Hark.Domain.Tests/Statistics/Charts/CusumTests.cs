using Hark.Domain.Statistics.Charts;
using Xunit;

namespace Hark.Domain.Tests.Statistics.Charts;

public sealed class CusumTests
{
    private static readonly double[] NistValues =
    [
        324.925, 324.675, 324.725, 324.350, 325.350, 325.225, 324.125, 324.525, 325.225, 324.600, 324.625, 325.150, 328.325, 327.250, 327.825, 328.500, 326.675, 327.775, 326.875, 328.350,
    ];

    /// <summary>NIST/SEMATECH e-Handbook 6.3.2.3.</summary>
    [Fact]
    public void Example_of_NIST()
    {
        var chart = new Cusum(325, .3175, 4.1959).Chart(NistValues);
        Close([0, 0, 0, 0, .0325, 0, 0, 0, 0, 0, 0, 0, 3.0075, 4.9400, 7.4475, 10.63, 11.9875, 14.445, 16.0025, 19.035], chart.Select(p => p.High));
        Assert.Equal(.0075, chart[1].Low, 1e-9);
        Assert.Equal(.3325, chart[3].Low, 1e-9);
        Assert.Equal(.5575, chart[6].Low, 1e-9);
        Assert.Equal(.7150, chart[7].Low, 1e-9);
        Assert.Equal(14, chart.Select((p, i) => (p, i)).First(x => x.p.Signal).i + 1);
    }

    /// <summary>Montgomery and Runger, example 16-6: no signal.</summary>
    [Fact]
    public void Example_of_Montgomery_and_Runger()
    {
        double[] values = [102, 94.8, 98.3, 98.4, 102, 98.5, 99, 97.7, 100, 98.1, 101.3, 98.7, 101.1, 98.4, 97, 96.7, 100.3, 101.4, 97.2, 101];
        var chart = new Cusum(99, 1, 10).Chart(values);
        Close([2, 0, 0, 0, 2, .5, 0, 0, 0, 0, 1.3, 0, 1.1, 0, 0, 0, .3, 1.7, 0, 1], chart.Select(p => p.High));
        Close([0, 3.2, 2.9, 2.5, 0, 0, 0, .3, 0, 0, 0, 0, 0, 0, 1, 2.3, 0, 0, .8, 0], chart.Select(p => p.Low));
        Assert.DoesNotContain(chart, p => p.Signal);
    }

    /// <summary>Lucas and Crosier 1982: the head start finds at the third value what else takes until the seventh.</summary>
    [Theory]
    [InlineData(0, new[] { .3, 1.7, 2.6, 4.1, 4.7, 4.9, 7.0 }, 7)]
    [InlineData(2.5, new[] { 2.8, 4.2, 5.1, 6.6, 7.2, 7.4, 9.5 }, 3)]
    public void Head_start_of_Lucas_and_Crosier(double headStart, double[] sums, int signal)
    {
        var chart = new Cusum(0, .5, 5, headStart).Chart([.8, 1.9, 1.4, 2.0, 1.1, .7, 2.6]);
        Close(sums, chart.Select(p => p.High));
        Assert.Equal(signal, chart.Select((p, i) => (p, i)).First(x => x.p.High > 5).i + 1);
    }

    /// <summary>Average run lengths for k = 0.5 (Lucas and Crosier 1982, as in Montgomery's table of CUSUM run lengths).</summary>
    [Theory]
    [InlineData(4, 0, 0, 168)]
    [InlineData(4, 0, .25, 74.2)]
    [InlineData(4, 0, .5, 26.6)]
    [InlineData(4, 0, 1, 8.38)]
    [InlineData(4, 0, 2, 3.34)]
    [InlineData(4, 0, 3, 2.19)]
    [InlineData(5, 0, 0, 465)]
    [InlineData(5, 0, .5, 38.0)]
    [InlineData(5, 0, 1, 10.4)]
    [InlineData(5, 0, 2, 4.01)]
    [InlineData(4, 2, 0, 149)]
    [InlineData(4, 2, 1, 5.29)]
    [InlineData(5, 2.5, 0, 430)]
    [InlineData(5, 2.5, .5, 28.7)]
    [InlineData(5, 2.5, 1, 6.35)]
    public void Run_lengths_of_Lucas_and_Crosier(double interval, double headStart, double shift, double length) =>
        Assert.Equal(length, CusumRunLength.TwoSided(.5, interval, shift, headStart), .008 * length);

    private static void Close(double[] expected, IEnumerable<double> actual) => Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-9));
}
