using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Routing;
using Xunit;

namespace Hark.Domain.Tests.Routing;

public sealed class AssignmentTests
{
    private static readonly AssignmentCandidate Ana = Candidate(1, 3, true, "en", "cs");
    private static readonly AssignmentCandidate Bob = Candidate(2, 1, true, "en");
    private static readonly AssignmentCandidate Cyn = Candidate(3, 1, true, "pt-BR");
    private static readonly AssignmentCandidate Away = Candidate(4, 0, false, "cs");
    private static readonly AssignmentCandidate[] All = [Cyn, Away, Ana, Bob];

    [Fact]
    public void The_team_strategy_names_nobody() => Assert.Null(Assignment.Choose(AssignmentStrategy.Team, All, "cs", null));

    [Fact]
    public void Nobody_available_means_nobody() => Assert.Null(Assignment.Choose(AssignmentStrategy.RoundRobin, [Away], "cs", null));

    [Fact]
    public void Round_robin_goes_round_and_survives_leavers()
    {
        Assert.Equal(Ana.MemberId, Assignment.Choose(AssignmentStrategy.RoundRobin, All, null, null));
        Assert.Equal(Bob.MemberId, Assignment.Choose(AssignmentStrategy.RoundRobin, All, null, Ana.MemberId));
        Assert.Equal(Ana.MemberId, Assignment.Choose(AssignmentStrategy.RoundRobin, All, null, Cyn.MemberId));
        Assert.Equal(Cyn.MemberId, Assignment.Choose(AssignmentStrategy.RoundRobin, [Ana, Cyn], null, Bob.MemberId));
    }

    [Fact]
    public void Least_open_work_breaks_ties_in_turn()
    {
        Assert.Equal(Bob.MemberId, Assignment.Choose(AssignmentStrategy.LeastOpenWork, All, null, null));
        Assert.Equal(Cyn.MemberId, Assignment.Choose(AssignmentStrategy.LeastOpenWork, All, null, Bob.MemberId));
    }

    [Theory]
    [InlineData("cs", 1)]
    [InlineData("pt", 3)]
    [InlineData("PT-PT", 3)]
    [InlineData("fa", 2)]
    [InlineData(null, 2)]
    public void Language_skill_prefers_those_who_speak_it(string? language, int expected) =>
        Assert.Equal(Id(expected), Assignment.Choose(AssignmentStrategy.LanguageSkill, All, language, null));

    [Fact]
    public void Round_robin_is_fair() => Prop.ForAll(Gen.Choose(1, 9).ToArbitrary(), Gen.Choose(1, 5).ToArbitrary(), (people, rounds) =>
    {
        AssignmentCandidate[] team = [.. Enumerable.Range(1, people).Select(i => Candidate(i, 0, true))];
        Guid? last = null;
        var counts = new Dictionary<Guid, int>();
        for (var i = 0; i < people * rounds; i++)
        {
            last = Assignment.Choose(AssignmentStrategy.RoundRobin, team, null, last);
            counts[last!.Value] = counts.GetValueOrDefault(last.Value) + 1;
        }
        return counts.Count == people && counts.Values.All(n => n == rounds);
    }).QuickCheckThrowOnFailure();

    private static AssignmentCandidate Candidate(int id, int open, bool available, params string[] languages) => new(Id(id), languages, open, available);
    private static Guid Id(int id) => new(id, 0, 0, new byte[8]);
}
