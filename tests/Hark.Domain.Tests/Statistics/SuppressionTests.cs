using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Statistics;
using Xunit;

namespace Hark.Domain.Tests.Statistics;

public sealed class SuppressionTests
{
    [Theory]
    [InlineData(new long[] { 5, 6, 7 }, "...")]
    [InlineData(new long[] { 40, 4, 30, 7 }, ".x.x")]
    [InlineData(new long[] { 3, 4, 30 }, "xx.")]
    [InlineData(new long[] { 1, 2, 30, 20 }, "xx.x")]
    [InlineData(new long[] { 4, 0, 9, 9 }, "x.x.")]
    [InlineData(new long[] { 4, 0, 0 }, "x..")]
    [InlineData(new long[] { 0, 0 }, "..")]
    [InlineData(new long[] { 4 }, "x")]
    [InlineData(new long[0], "")]
    public void Small_cells_are_hidden_with_enough_others(long[] counts, string hidden) =>
        Assert.Equal(hidden, string.Concat(Suppression.Hide(counts).Select(h => h ? 'x' : '.')));

    [Fact]
    public void Threshold_is_the_workspace_s()
    {
        Assert.Equal([true, true, false], Suppression.Hide([9, 10, 50], Suppression.DefaultVerbatimMinimum));
        Assert.Equal([false, false], Suppression.Hide([1, 2], 1));
        Assert.True(Suppression.IsTooSmall(4));
        Assert.False(Suppression.IsTooSmall(5));
        Assert.False(Suppression.IsTooSmall(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Suppression.Hide([-1]));
    }

    [Fact]
    public void No_small_cell_shows_and_none_follows_from_the_total() => Prop.ForAll(
        (from counts in Gen.Choose(0, 20).ListOf() from minimum in Gen.Choose(1, 12) select (counts, minimum)).ToArbitrary(),
        c =>
        {
            var counts = c.counts.Select(n => (long)n).ToArray();
            var hidden = Suppression.Hide(counts, c.minimum);
            var covered = counts.Where((_, i) => hidden[i]).ToArray();
            var shown = counts.Where((_, i) => !hidden[i]).ToArray();
            var nothingLeft = shown.All(n => n == 0);
            return shown.All(n => n == 0 || n >= c.minimum)
                && covered.All(n => n > 0)
                && (covered.Length == 0 || nothingLeft || (covered.Length > 1 && covered.Sum() >= c.minimum))
                && (covered.Length > 0 || counts.All(n => n == 0 || n >= c.minimum));
        }).QuickCheckThrowOnFailure();
}
