using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Statistics;
using Hark.Domain.Statistics.Quality;
using Xunit;

namespace Hark.Domain.Tests.Statistics.Quality;

public sealed class QualityTests
{
    private static readonly Sample Whole = new(5_000, 70, 400);

    [Fact]
    public void Kinds_count_as_declared_and_those_not_heard_leave_their_weight_to_the_others()
    {
        var big = new Sample(1_000_000, 90, 400);
        var index = QualityIndex.Of([new("direct", 6, big, Whole), new("indirect", 2, big with { Mean = 50 }, Whole), new("inferred", 2, null, Whole)])!;
        Assert.Equal((.75 * 90) + (.25 * 50), index.Index.Value, .01);
        Assert.Equal(["direct", "indirect"], index.Parts.Select(p => p.Kind));
    }

    [Fact]
    public void Three_angry_answers_stay_near_the_whole_and_uncertain()
    {
        var few = QualityIndex.Of([new("direct", 1, new Sample(3, 0, 0), Whole)])!;
        Assert.Equal(70 * 20 / 23.0, few.Index.Value, 1e-9);
        var many = QualityIndex.Of([new("direct", 1, new Sample(300, 0, 0), Whole)])!;
        Assert.True(many.Index.Value < 6);
        Assert.True(few.Index.High - few.Index.Low > 2 * (many.Index.High - many.Index.Low));
    }

    [Fact]
    public void Nothing_heard_is_no_index() => Assert.Null(QualityIndex.Of([new("direct", 1, null, Whole)]));

    [Fact]
    public void Parts_add_up_to_the_change() => Prop.ForAll(
        Gen.Choose(0, 100).ArrayOf(16).ToArbitrary(),
        numbers =>
        {
            var (before, after) = (Parts(numbers[..8]), Parts(numbers[8..]));
            var change = after.Sum(p => p.Weight * p.Value) - before.Sum(p => p.Weight * p.Value);
            return Math.Abs(change - Decomposition.Of(before, after).Sum(c => c.Total)) < 1e-9;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_unit_that_only_grew_moves_the_mean_by_the_mix_alone()
    {
        var changes = Decomposition.Of([new("web", .5, 80), new("store", .5, 40)], [new("web", .75, 80), new("store", .25, 40)]);
        Assert.All(changes, c => Assert.Equal(0, c.Within, 1e-12));
        Assert.Equal(10, changes.Sum(c => c.Mix), 1e-12);
    }

    // Four parts: weights that add up to 1, then values.
    private static MeanPart[] Parts(int[] numbers)
    {
        var sum = numbers[..4].Sum(n => n + 1.0);
        return [.. Enumerable.Range(0, 4).Select(i => new MeanPart($"{i}", (numbers[i] + 1) / sum, numbers[i + 4]))];
    }
}
