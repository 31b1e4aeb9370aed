using Hark.Domain.Statistics.Charts;
using Xunit;

namespace Hark.Domain.Tests.Statistics.Charts;

public sealed class EwmaTests
{
    /// <summary>NIST/SEMATECH e-Handbook 6.3.2.4.</summary>
    [Fact]
    public void Example_of_NIST()
    {
        double[] values = [52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
        double[] averages = [50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11, 49.36, 49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99];
        var chart = Ewma.Chart(values, 50, 2.0539, settled: true);
        Assert.All(averages.Zip(chart), p => Assert.Equal(p.First, p.Second.Value!.Value, .0051));
        Assert.Equal((52.5884, 47.4116), (Math.Round(chart[0].High, 4), Math.Round(chart[0].Low, 4)));
        Assert.DoesNotContain(chart, p => p.Outside);
    }

    [Fact]
    public void First_limits_are_narrower_and_grow_to_the_settled_ones()
    {
        var chart = Ewma.Chart(new double[60], 0, 1, .2);
        Assert.Equal(3 * .2, chart[0].High, 1e-12);
        Assert.Equal(3 * Math.Sqrt(.2 / 1.8), chart[^1].High, 1e-6);
    }
}
