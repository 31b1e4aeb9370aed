using System.Globalization;
using Hark.Domain.Statistics.Charts;
using Xunit;

namespace Hark.Domain.Tests.Statistics.Charts;

public sealed class ChangePointsTests
{
    [Fact]
    public void The_Nile_fell_after_1898()
    {
        var rows = SharedFiles.Rows("stat_reference/datasets__Nile.csv");
        var change = Assert.Single(ChangePoints.Find([.. rows.Select(r => double.Parse(r[^1], CultureInfo.InvariantCulture))]));
        Assert.Equal(1899, 1871 + change.Index);
        Assert.Equal(1097.75, change.Before, .005);
        Assert.Equal(849.97, change.After, .005);
    }

    [Fact]
    public void Two_steps_are_two_changes()
    {
        var random = new Random(2);
        var values = Enumerable.Range(0, 90).Select(i => (i < 30 ? 10.0 : i < 60 ? 20 : 12) + random.NextDouble()).ToArray();
        Assert.Equal([30, 60], ChangePoints.Find(values).Select(c => c.Index));
    }

    /// <summary>At 3 ln(n) a series of independent noise shows a change in about one of a hundred.</summary>
    [Fact]
    public void Noise_shows_no_changes()
    {
        var found = Enumerable.Range(1, 200).Count(seed =>
        {
            var random = new Random(seed);
            return ChangePoints.Find([.. Enumerable.Range(0, 90).Select(_ => random.NextDouble() + random.NextDouble() + random.NextDouble())]).Count > 0;
        });
        Assert.InRange(found, 0, 8);
    }

    [Fact]
    public void Too_few_points_and_a_flat_line_have_no_changes()
    {
        Assert.Empty(ChangePoints.Find([1, 9, 1, 9]));
        Assert.Empty(ChangePoints.Find(new double[50]));
    }
}
