using Hark.Domain.Sla;
using Hark.Domain.Statistics;
using Hark.Domain.Targets;
using Xunit;

namespace Hark.Domain.Tests.Targets;

public sealed class TargetSetTests
{
    [Fact]
    public void Written_and_read_it_is_the_same()
    {
        var set = TargetSet.Default with
        {
            Attainment = [new(ClockKind.Respond, TimeSpan.FromMinutes(30), .5)],
            Outcomes = [TargetSet.Default.Of(OutcomeKind.Retention) with { About = "came \"back\" <b>", Target = new(2026, 44.5), Stages = ["renewal"] }, .. TargetSet.Default.Outcomes.Skip(1)],
        };
        var read = TargetSet.Parse(set.ToJson(), out var errors);
        Assert.Empty(errors.All);
        Assert.Equal(set.Attainment, read!.Attainment);
        Assert.Equal(set.ToJson(), read.ToJson());
        Assert.Equal("came \"back\" <b>", read.Of(OutcomeKind.Retention).About);
    }

    [Fact]
    public void What_is_left_out_is_as_usual()
    {
        var read = TargetSet.Parse("""{"attainment":[],"outcomes":[{"outcome":"cost_to_serve","per":1,"unit":"CZK"}]}""", out _)!;
        Assert.Equal([OutcomeKind.Retention, OutcomeKind.Adoption, OutcomeKind.CostToServe], read.Outcomes.Select(o => o.Kind));
        Assert.Equal((1, "CZK", false), (read.Of(OutcomeKind.CostToServe).Per, read.Of(OutcomeKind.CostToServe).Unit, read.Of(OutcomeKind.CostToServe).MoreIsBetter));
        Assert.Equal(["renewal", "advocacy"], read.Of(OutcomeKind.Retention).Stages);
    }

    [Fact]
    public void A_clock_without_targets_of_its_own_is_asked_for_the_usual_spread()
    {
        AttainmentTarget[] usual = [new(7_200_000, .6), new(21_600_000, .85), new(172_800_000, .95)];
        Assert.Equal(usual, TargetSet.Default.Promised(ClockKind.Acknowledge));
        var own = TargetSet.Default with { Attainment = [new(ClockKind.Acknowledge, TimeSpan.FromHours(1), .9)] };
        Assert.Equal([new AttainmentTarget(3_600_000, .9)], own.Promised(ClockKind.Acknowledge));
        Assert.Equal(usual, own.Promised(ClockKind.Verify));
        Assert.Empty(own.Of(ClockKind.Verify));
    }

    [Theory]
    [InlineData("""{"outcomes":[]}""", "attainment")]
    [InlineData("""{"attainment":[{"clock":"lunch","within":"2h","share":0.6}]}""", "acknowledge")]
    [InlineData("""{"attainment":[{"within":"2h","share":0.6}]}""", "clock")]
    [InlineData("""{"attainment":[{"clock":"verify","within":"soon","share":0.6}]}""", "2h")]
    [InlineData("""{"attainment":[{"clock":"verify","within":"2h","share":60}]}""", "above 0")]
    [InlineData("""{"attainment":[],"outcomes":[{"outcome":"retention"},{"outcome":"retention"}]}""", "twice")]
    [InlineData("""{"attainment":[],"outcomes":[{"outcome":"retention","per":10}]}""", "percent")]
    [InlineData("""{"attainment":[],"outcomes":[{"outcome":"retention","target":{"year":2026,"value":101}}]}""", "0 to 100")]
    [InlineData("""{"attainment":[],"outcomes":[{"outcome":"retention","target":{"year":2026}}]}""", "value")]
    [InlineData("""{"attainment":[],"outcomes":[{"outcome":"retention","stages":[1]}]}""", "stage")]
    [InlineData("""{"attainment":[],"profit":1}""", "profit")]
    public void Every_error_is_told(string json, string says)
    {
        Assert.Null(TargetSet.Parse(json, out var errors));
        Assert.Contains(errors.All, e => e.ToString()!.Contains(says, StringComparison.Ordinal));
    }
}
