using Hark.Domain.Routing;
using Hark.Domain.Signals;
using Xunit;

namespace Hark.Domain.Tests.Routing;

public sealed class RouterTests
{
    [Fact]
    public void Nothing_matches_and_nothing_is_decided() =>
        Assert.Same(RoutingDecision.None, Router.Route(new RuleSet(1, [Rule("a", new Not(Condition.Always), new AskCallBack())]), Sample.Context()));

    [Fact]
    public void The_first_rule_that_opens_decides_and_later_ones_only_raise()
    {
        var set = new RuleSet(5,
        [
            Rule("low", Condition.Always, new OpenCase(Severity.Routine, "support", Title: "first")),
            Rule("same", Condition.Always, new OpenCase(Severity.Routine, "returns")),
            Rule("high", Condition.Always, new OpenCase(Severity.Critical, "returns", "eva", Title: "second")),
        ]);
        var decision = Router.Route(set, Sample.Context());
        Assert.Equal(new CaseDecision(Severity.Critical, "support", null, AssignmentStrategy.Team, "first", JoinMode.ContactAndSubject, null, new("low", 1, 5), new("high", 1, 5)), decision.Case);
        Assert.Equal(["low", "same", "high"], decision.Matches.Select(m => m.RuleId));
        Assert.Contains(new TrailEntry("rule:high", "1", "raises the case to critical"), decision.Trail());
    }

    [Fact]
    public void A_later_rule_never_lowers()
    {
        var set = new RuleSet(1, [Rule("a", Condition.Always, new OpenCase()), Rule("b", Condition.Always, new OpenCase(Severity.Routine))]);
        var decided = Router.Route(set, Sample.Context(Sample.Signal(severity: Severity.Critical))).Case!;
        Assert.Equal((Severity.Critical, null), (decided.Severity, decided.RaisedBy));
    }

    [Fact]
    public void Stop_ends_the_asking_only_where_the_rule_matched()
    {
        var set = new RuleSet(1,
        [
            Rule("no", new Not(Condition.Always), new AskCallBack()) with { Stop = true },
            Rule("off", Condition.Always, new AskCallBack()) with { Stop = true, Enabled = false },
            Rule("yes", Condition.Always, new AddTags(["t"])) with { Stop = true },
            Rule("late", Condition.Always, new AskCallBack()),
        ]);
        var decision = Router.Route(set, Sample.Context());
        Assert.Equal(["yes"], decision.Matches.Select(m => m.RuleId));
        Assert.Null(decision.CallBack);
    }

    [Fact]
    public void Says_each_thing_once_with_its_rule()
    {
        var mail = new Notify(new Recipient(RecipientKind.Email, "x@example.com"));
        var set = new RuleSet(2,
        [
            Rule("a", Condition.Always, new AddTags(["vip", "late"]), mail, new CallWebhook("crm"), new AutoReply("one"), new AskCallBack()) with { Version = 9 },
            Rule("b", Condition.Always, new AddTags(["late", "other"]), mail, new CallWebhook("crm"), new AutoReply("two"), new AskCallBack()),
        ]);
        var decision = Router.Route(set, Sample.Context());
        var (a, b) = (new RuleRef("a", 9, 2), new RuleRef("b", 1, 2));
        Assert.Equal([new("late", a), new("other", b)], decision.Tags); // the signal carries "vip" already
        Assert.Equal([new(mail, a)], decision.Notifications);
        Assert.Equal([new("crm", a)], decision.Webhooks);
        Assert.Equal(new(new AutoReply("one"), a), decision.Reply);
        Assert.Equal(a, decision.CallBack);
        Assert.Equal(8, decision.Trail().Count());
    }

    [Theory]
    [InlineData(10, Severity.Critical, "text", true, "critical")]
    [InlineData(2, Severity.Routine, null, null, "detractors")]
    [InlineData(7, Severity.Routine, "text", true, "passives")]
    [InlineData(7, Severity.Routine, null, true, "")]
    [InlineData(7, Severity.Routine, "text", null, "")]
    [InlineData(10, Severity.Routine, null, true, "promoters promoters-thanks")]
    [InlineData(10, Severity.Routine, null, false, "promoters")]
    public void The_rules_of_a_new_workspace(double nps, Severity severity, string? text, bool? contactBack, string matches)
    {
        var decision = Router.Route(RuleSet.Default("returns"), Sample.Context(Sample.Signal(text, nps, severity, contactBack)));
        Assert.Equal(matches, string.Join(' ', decision.Matches.Select(m => m.RuleId)));
        Assert.Equal(matches is "critical" or "detractors" ? "returns" : null, decision.Case?.Team);
        Assert.Equal(matches == "critical", decision.Notifications.Count == 1);
        Assert.Equal(matches.StartsWith('p') && contactBack == true, decision.Reply is not null);
    }

    private static Rule Rule(string id, Condition when, params RuleAction[] then) => new(id, id, true, when, then);
}
