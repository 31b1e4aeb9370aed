using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Statistics;
using Xunit;

namespace Hark.Domain.Tests.Statistics;

/// <summary>Freireich 1963 (6-MP in leukaemia, weeks of remission) and Miller 1997 (aml), with the figures of R's survival package.</summary>
public sealed class SurvivalTests
{
    private static readonly Observation[] Drug = Parse("6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+");
    private static readonly Observation[] Placebo = Parse("1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23");
    private static readonly Observation[] Maintained = Parse("9 13 13+ 18 23 28+ 31 34 45+ 48 161+");
    private static readonly Observation[] NotMaintained = Parse("5 5 8 8 12 16+ 23 27 30 33 43 45");

    [Fact]
    public void Steps_of_the_drug()
    {
        var steps = KaplanMeier.Fit(Drug).Steps;
        Assert.Equal([6, 7, 10, 13, 16, 22, 23], steps.Select(s => s.Time));
        Assert.Equal([21, 17, 15, 12, 11, 7, 6], steps.Select(s => s.AtRisk));
        Near([.8571, .8067, .7529, .6902, .6275, .5378, .4482], steps.Select(s => s.Survival), 5.1e-5);
        Near([.07636, .08694, .09635, .10681, .11405, .12823, .13459], steps.Select(s => s.StandardError), 5.1e-6);
    }

    [Fact]
    public void Log_limits_of_the_drug()
    {
        var curve = KaplanMeier.Fit(Drug);
        var lows = curve.Steps.Select(s => curve.SurvivalAt(s.Time, SurvivalInterval.Log)!.Value.Low!.Value);
        Near([.71982, .65312, .58592, .50961, .43939, .33704, .24879], lows, 5.1e-6);
        Assert.Equal(1, curve.SurvivalAt(6, SurvivalInterval.Log)!.Value.High);
    }

    /// <summary>Stata's "sts list" has the log-log interval by default; its first rows are printed at data.princeton.edu/eco572/KaplanMeier.html.</summary>
    [Theory]
    [InlineData(1, .9048, .6700, .9753)]
    [InlineData(2, .8095, .5689, .9239)]
    public void LogLog_limits_of_the_placebo(long time, double survival, double low, double high)
    {
        var share = KaplanMeier.Fit(Placebo).SurvivalAt(time, SurvivalInterval.LogLog)!.Value;
        Near([survival, low, high], [share.Value, share.Low!.Value, share.High!.Value], 5.1e-5);
    }

    /// <summary>Recomputed by hand from the counts: exp(-exp(log(-log S) +- z sqrt(G) / log S)) with G the Greenwood sum.</summary>
    [Fact]
    public void LogLog_limits_of_the_drug()
    {
        var curve = KaplanMeier.Fit(Drug);
        var limits = curve.Steps.Select(s => curve.SurvivalAt(s.Time, SurvivalInterval.LogLog)!.Value).ToList();
        Near([.6197, .5631, .5032, .4316, .3675, .2678, .1881], limits.Select(e => e.Low!.Value), 5.1e-5);
        Near([.9516, .9228, .8894, .8491, .8049, .7468, .6801], limits.Select(e => e.High!.Value), 5.1e-5);
    }

    [Fact]
    public void Medians_with_their_log_limits()
    {
        Assert.Equal(new Estimate(23, 16, null), KaplanMeier.Fit(Drug).Quantile(0.5));
        Assert.Equal(8, KaplanMeier.Fit(Placebo).Quantile(0.5)!.Value.Value);
        Assert.Equal(new Estimate(31, 18, null), KaplanMeier.Fit(Maintained).Quantile(0.5));
        Assert.Equal(new Estimate(23, 8, null), KaplanMeier.Fit(NotMaintained).Quantile(0.5));
    }

    [Fact]
    public void Quantile_that_was_not_reached_does_not_exist()
    {
        Assert.Null(KaplanMeier.Fit(Drug).Quantile(0.9));
        Assert.Null(KaplanMeier.Fit(Parse("5+ 7+")).Quantile(0.5));
        Assert.Null(KaplanMeier.Fit([]).Quantile(0.5));
        // 7 of 10 have ended exactly at 7: rounding must not move the answer to 8.
        Assert.Equal(7, KaplanMeier.Fit(Parse("1 2 3 4 5 6 7 8 9 10")).Quantile(0.7)!.Value.Value);
    }

    [Fact]
    public void Log_rank_of_drug_and_placebo()
    {
        var result = LogRank.Compare(Drug, Placebo)!.Value;
        Assert.Equal((9, 21), (result.Observed1, result.Observed2));
        Assert.Equal(19.25, result.Expected1, 0.005);
        Assert.Equal(10.75, result.Expected2, 0.005);
        Assert.Equal(16.79, result.Test.Statistic, 0.005);
        Assert.Equal(4.2e-5, result.Test.P, 5e-7);
    }

    [Fact]
    public void Log_rank_of_aml()
    {
        var result = LogRank.Compare(Maintained, NotMaintained)!.Value;
        Assert.Equal(3.40, result.Test.Statistic, 0.005);
        Assert.Equal(0.065, result.Test.P, 0.0005);
        Assert.Null(LogRank.Compare(Parse("1+ 2+"), Parse("3+")));
        Assert.Null(LogRank.Compare([], Parse("3 4")));
    }

    [Fact]
    public void Survival_is_unknown_past_the_longest_watch_unless_all_ended()
    {
        var open = KaplanMeier.Fit(Parse("2 5+"));
        Assert.Equal(1, open.SurvivalAt(0)!.Value.Value);
        Assert.Equal(0.5, open.SurvivalAt(5)!.Value.Value);
        Assert.Null(open.SurvivalAt(6));
        Assert.Equal(0, KaplanMeier.Fit(Parse("2 5")).SurvivalAt(long.MaxValue)!.Value.Value);
        Assert.Null(KaplanMeier.Fit([]).SurvivalAt(0));
    }

    [Fact]
    public void Ends_come_before_censorings_at_ties() =>
        Assert.Equal(0.75, KaplanMeier.Fit(Parse("4+ 4 4+ 9")).SurvivalAt(4)!.Value.Value);

    [Fact]
    public void Attainment_counts_open_cases_for_as_long_as_they_were_watched()
    {
        var attainment = Attainment.Of(Drug, [new(10, 0.6), new(23, 0.5), new(40, 0.95)]);
        Assert.Equal((21, 12), (attainment.N, attainment.Open));
        Assert.Equal(1 - .7529, attainment.Targets[0].Attained!.Value.Value, 5.1e-5);
        Assert.Equal(1 - .4482, attainment.Targets[1].Attained!.Value.Value, 5.1e-5);
        Assert.True(attainment.Targets[1].Attained is { Low: > 0.25 and < 0.4, High: > 0.7 and < 0.9 });
        Assert.Null(attainment.Targets[2].Attained);
        Assert.Equal(23, attainment.P50!.Value.Value);
        Assert.Null(attainment.P90);
        Assert.Equal(0, Attainment.Of([], [new(10, 0.6)]).N);
    }

    [Fact]
    public void Attainment_without_open_cases_is_a_plain_share_with_its_Wilson_interval() => Prop.ForAll(
        (from durations in Gen.Choose(0, 30).NonEmptyListOf() from within in Gen.Choose(0, 30) select (durations, within)).ToArbitrary(),
        c =>
        {
            var observations = c.durations.Select(d => new Observation(d, true)).ToArray();
            var attained = Attainment.Of(observations, [new(c.within, 0.9)]).Targets[0].Attained!.Value;
            var expected = Proportions.Wilson(c.durations.Count(d => d <= c.within), c.durations.Count)!.Value;
            return Math.Abs(attained.Value - expected.Value) < 1e-9
                && Math.Abs(attained.Low!.Value - expected.Low!.Value) < 1e-9
                && Math.Abs(attained.High!.Value - expected.High!.Value) < 1e-9;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Curve_falls_within_its_limits_whatever_the_order() => Prop.ForAll(
        Gen.Zip(Gen.Choose(0, 50), Gen.Elements(true, false)).ListOf().ToArbitrary(),
        list =>
        {
            var observations = list.Select(o => new Observation(o.Item1, o.Item2)).ToArray();
            var curve = KaplanMeier.Fit(observations);
            var again = KaplanMeier.Fit(observations.Reverse().ToArray());
            var shares = curve.Steps.Select(s => curve.SurvivalAt(s.Time)!.Value).ToList();
            return curve.Steps.SequenceEqual(again.Steps)
                && curve.Steps.Sum(s => s.Events) + curve.Censored == list.Count
                && shares.All(e => e.Low <= e.Value + 1e-12 && e.Value <= e.High + 1e-12 && e.Low >= 0 && e.High <= 1)
                && shares.Zip(shares.Skip(1)).All(pair => pair.Second.Value < pair.First.Value);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void Impossible_durations_are_refused(long duration) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => KaplanMeier.Fit([new Observation(duration, true)]));

    private static Observation[] Parse(string text) =>
        [.. text.Split(' ').Select(t => new Observation(
            long.Parse(t.TrimEnd('+'), System.Globalization.CultureInfo.InvariantCulture), !t.EndsWith('+')))];

    private static void Near(double[] expected, IEnumerable<double> actual, double tolerance) =>
        Assert.All(expected.Zip(actual.ToArray(), (e, a) => (e, a)), pair => Assert.Equal(pair.e, pair.a, tolerance));
}
