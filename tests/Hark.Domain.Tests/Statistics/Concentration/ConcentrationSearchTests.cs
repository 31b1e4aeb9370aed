using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Statistics.Concentration;
using Xunit;

namespace Hark.Domain.Tests.Statistics.Concentration;

public sealed class ConcentrationSearchTests
{
    private static readonly ConcentrationOptions Options = new();

    [Fact]
    public void The_courier_explains_the_region()
    {
        // Courier 2 is late in region 3 and only there; both have many other rows.
        var data = Orders(1, 12_000, (courier, region, _) => courier == 2 && region == 3 ? .6 : .05);
        var finding = Assert.Single(ConcentrationSearch.Search(data, Options).Findings);
        Assert.Equal(new Segment(new(0, 2), new SegmentCondition(1, 3)), finding.Segment);
        Assert.Contains(new Segment(new(1, 3), null), finding.Explains);
        Assert.Equal(.6, finding.Value.Value, .1);
        Assert.Equal(.05, finding.Expected, .01);
        Assert.InRange(finding.Difference.Low!.Value, .3, .55);
        Assert.Equal(finding.Excess, (finding.Value.Value - finding.Expected) * finding.Count, 1e-6);
    }

    [Fact]
    public void A_courier_that_is_late_everywhere_is_one_finding_with_one_condition()
    {
        var data = Orders(2, 12_000, (courier, _, _) => courier == 2 ? .3 : .05);
        Assert.Equal(new Segment(new(0, 2), null), Assert.Single(ConcentrationSearch.Search(data, Options).Findings).Segment);
    }

    [Fact]
    public void Two_causes_are_two_findings()
    {
        var data = Orders(3, 20_000, (courier, _, sku) => courier == 2 ? .3 : sku == 7 ? .4 : .05);
        var found = ConcentrationSearch.Search(data, Options).Findings.Select(f => f.Segment).ToArray();
        Assert.Equal([new Segment(new(0, 2), null), new Segment(new(2, 7), null)], found.OrderBy(f => f.First.Column));
    }

    [Fact]
    public void A_low_mean_is_found_by_its_negative()
    {
        var random = new Random(4);
        var data = Orders(4, 8_000, (_, _, _) => 0);
        var outcome = data.Columns[2].Codes.Select(sku => (float)-((sku == 5 ? 40 : 75) + (random.NextDouble() * 40) - 20)).ToArray();
        var finding = Assert.Single(ConcentrationSearch.Search(data with { Outcome = outcome, Share = false }, Options).Findings);
        Assert.Equal(new Segment(new(2, 5), null), finding.Segment);
        Assert.Equal(-40, finding.Value.Value, 1.5);
        Assert.Equal(-75, finding.Expected, 1.0);
    }

    [Fact]
    public void What_is_asked_elsewhere_is_not_unusual_within_its_own_stratum()
    {
        // Stratum 1 hears complaints by its nature, and courier 2 is mostly talked about there.
        var random = new Random(5);
        var data = Orders(5, 10_000, (_, _, _) => 0);
        var strata = data.Columns[0].Codes.Select(c => (ushort)(random.NextDouble() < (c == 2 ? .8 : .2) ? 1 : 0)).ToArray();
        var outcome = strata.Select(s => random.NextDouble() < (s == 1 ? .7 : .1) ? 1f : 0f).ToArray();
        Assert.NotEmpty(ConcentrationSearch.Search(data with { Outcome = outcome }, Options).Findings);
        Assert.Empty(ConcentrationSearch.Search(data with { Outcome = outcome, Strata = strata, StrataCount = 2 }, Options).Findings);
    }

    /// <summary>Over 300 data sets without a pattern, each with some 200 segments: findings in no more of them than the rate allows, with room for chance.</summary>
    [Fact]
    public void Data_without_a_pattern_find_nothing()
    {
        var loud = Enumerable.Range(1, 300).Count(seed =>
            ConcentrationSearch.Search(Orders(seed, 1_500, (_, _, _) => seed % 3 == 0 ? .4 : .03), Options with { Rate = .05, LeastRatio = 1 }).Findings.Count > 0);
        Assert.InRange(loud, 0, 24);
    }

    /// <summary>With real causes beside, the mean share of false findings is held too.</summary>
    [Fact]
    public void The_false_discovery_rate_is_held_beside_real_causes()
    {
        var rates = Enumerable.Range(1, 100).Select(seed =>
        {
            var findings = ConcentrationSearch.Search(Orders(seed, 4_000, (courier, _, _) => courier == 2 ? .25 : .05), Options with { Rate = .05, LeastRatio = 1 }).Findings;
            return findings.Count == 0 ? 0 : findings.Count(f => f.Segment is not { First: { Column: 0, Code: 2 } }) / (double)findings.Count;
        }).ToArray();
        Assert.InRange(rates.Average(), 0, .06);
    }

    [Fact]
    public void Order_of_rows_does_not_matter() => Prop.ForAll(
        Gen.Choose(1, 10_000).ToArbitrary(),
        seed =>
        {
            var data = Orders(seed, 2_000, (courier, _, _) => courier == 1 ? .3 : .1);
            var order = Enumerable.Range(0, 2_000).ToArray();
            new Random(seed).Shuffle(order);
            var shuffled = data with
            {
                Outcome = [.. order.Select(i => data.Outcome[i])],
                Columns = [.. data.Columns.Select(c => c with { Codes = [.. order.Select(i => c.Codes[i])] })],
            };
            return ConcentrationSearch.Search(data, Options).Findings.Select(f => (f.Segment, f.Count))
                .SequenceEqual(ConcentrationSearch.Search(shuffled, Options).Findings.Select(f => (f.Segment, f.Count)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Few_rows_and_none_find_nothing()
    {
        Assert.Empty(ConcentrationSearch.Search(Orders(1, 19, (_, _, _) => 1), Options).Findings);
        var none = ConcentrationSearch.Search(Orders(1, 0, (_, _, _) => 1), Options);
        Assert.Null(none.Value);
    }

    // Couriers 1 to 4, regions 1 to 6, articles 1 to 12; some are not known.
    private static ConcentrationData Orders(int seed, int count, Func<int, int, int, double> chance)
    {
        var random = new Random(seed);
        var (courier, region, sku, outcome) = (new ushort[count], new ushort[count], new ushort[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            (courier[i], region[i], sku[i]) = ((ushort)random.Next(5), (ushort)(1 + random.Next(6)), (ushort)(1 + random.Next(12)));
            outcome[i] = random.NextDouble() < chance(courier[i], region[i], sku[i]) ? 1 : 0;
        }

        return new(
            [new("courier", SegmentRole.Place, courier, 4), new("region", SegmentRole.Place, region, 6), new("sku", SegmentRole.Place, sku, 12)],
            outcome,
            true,
            new ushort[count],
            1);
    }
}
