using Hark.Domain.Statistics;
using Xunit;

namespace Hark.Domain.Tests.Statistics;

public sealed class FalseDiscoveryTests
{
    /// <summary>The fifteen p-values of Benjamini and Hochberg 1995, section 3.2: four are rejected at 5 %.</summary>
    [Fact]
    public void The_example_of_Benjamini_and_Hochberg()
    {
        double[] values = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1.000];
        Assert.Equal(.0095, FalseDiscovery.Threshold(values, .05));
    }

    [Fact]
    public void Nothing_small_enough_is_nothing() => Assert.Null(FalseDiscovery.Threshold([.2, .06, .9], .05));

    [Fact]
    public void No_tests_find_nothing() => Assert.Null(FalseDiscovery.Threshold([], .05));
}
