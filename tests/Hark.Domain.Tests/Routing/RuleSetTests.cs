using Hark.Domain.Routing;
using Xunit;

namespace Hark.Domain.Tests.Routing;

public sealed class RuleSetTests
{
    private const string Full = """
        {"version":4,"rules":[{"id":"a","name":"A rule","enabled":false,"version":3,"when":{"field":"score","lt":40},"then":[
        {"open_case":{"severity":"critical","team":"support","assign":"language_skill","title":"Řeš","join":"never","policy":"fast"}},
        {"open_case":{"assignee":"eva"}},{"tag":{"tags":["x","y"]}},{"notify":{"to":"team:support","template":"passive_follow_up"}},{"notify":{"to":"member:omid"}},
        {"notify":{"to":"boss@example.com"}},{"ask_call_back":{}},{"webhook":{"endpoint":"crm"}},{"auto_reply":{"template":"promoter_thanks"}}],"stop":true}]}
        """;

    [Fact]
    public void Reads_every_action_and_writes_it_back()
    {
        var set = Parse(Full);
        Assert.Equal(Full.ReplaceLineEndings(""), set.ToJson());
        Assert.Equal(9, set.Rules[0].Then.Count);
    }

    [Fact]
    public void Takes_a_bare_key_for_a_team_then_a_member()
    {
        var set = Parse("""{"rules":[{"id":"a","when":{"all":[]},"then":[{"notify":{"to":"support"}},{"notify":{"to":"eva"}}]}]}""");
        Assert.Equal([new Notify(new Recipient(RecipientKind.Team, "support")), new Notify(new Recipient(RecipientKind.Member, "eva"))], set.Rules[0].Then);
    }

    [Theory]
    [InlineData("""{"open_case":{"team":"suport"}}""", "/open_case/team", "did you mean 'support'")]
    [InlineData("""{"open_case":{"assignee":"evva"}}""", "/open_case/assignee", "there is no member 'evva'; did you mean 'eva'")]
    [InlineData("""{"open_case":{"policy":"slow"}}""", "/open_case/policy", "there is no SLA policy")]
    [InlineData("""{"open_case":{"severity":"urgent"}}""", "/open_case/severity", "one of routine, critical")]
    [InlineData("""{"open_case":{"assignee":"eva","assign":"round_robin"}}""", "/open_case/assign", "nobody to choose")]
    [InlineData("""{"open_case":{"assing":"team"}}""", "/open_case/assing", "did you mean 'assign'")]
    [InlineData("""{"open_case":[]}""", "/open_case", "an object; it is a list")]
    [InlineData("""{"opencase":{}}""", "/opencase", "did you mean 'open_case'")]
    [InlineData("""{"tag":{"tags":["a",7]}}""", "/tag/tags/1", "must be a tag")]
    [InlineData("""{"tag":{"tags":[]}}""", "/tag/tags", "at least one")]
    [InlineData("""{"tag":{}}""", "/tag", "needs \"tags\"")]
    [InlineData("""{"notify":{"to":"nobody"}}""", "/notify/to", "no team, member or e-mail")]
    [InlineData("""{"notify":{"to":"team:suport"}}""", "/notify/to", "did you mean 'team:support'")]
    [InlineData("""{"notify":{"to":"a@b"}}""", "/notify/to", "no team, member or e-mail")]
    [InlineData("""{"notify":{}}""", "/notify", "needs \"to\"")]
    [InlineData("""{"webhook":{"endpoint":"crn"}}""", "/webhook/endpoint", "did you mean 'crm'")]
    [InlineData("""{"auto_reply":{}}""", "/auto_reply", "needs \"template\"")]
    [InlineData("""{"ask_call_back":{"when":"now"}}""", "/ask_call_back/when", "not known")]
    [InlineData("""{"tag":{"tags":["a"]},"webhook":{"endpoint":"crm"}}""", "", "must be one action")]
    public void Refuses_wrong_actions(string action, string pointer, string reason)
    {
        Assert.Null(RuleSet.Parse($$"""{"rules":[{"id":"a","when":{"all":[]},"then":[{{action}}]}]}""", Sample.Names, out var errors));
        Assert.Equal("/rules/0/then/0" + pointer, errors.All[0].Pointer);
        Assert.Contains(reason, errors.All[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_wrong_rules()
    {
        Assert.Null(RuleSet.Parse("""
            {"rules":[{"id":"a","when":{"segment":"vipp"},"then":[]},
            {"id":"a","then":3,"stop":"no"},{"id":"Ä","when":{"all":[]},"then":[{"ask_call_back":{}}],"enabeld":true}]}
            """, Sample.Names, out var errors));
        Assert.Equal(
            [("/rules/0/when/segment", 1), ("/rules/0/then", 1), ("/rules/1/id", 2), ("/rules/1", 2), ("/rules/1/then", 2), ("/rules/1/stop", 2), ("/rules/2/enabeld", 2), ("/rules/2/id", 2)],
            errors.All.Select(e => (e.Pointer, e.Line)));
    }

    [Fact]
    public void A_version_rises_only_with_a_change()
    {
        var first = new RuleSet(7, [Rule("a", 2), Rule("b", 5), Rule("c", 1)]);
        Assert.Same(first, new RuleSet(1, [Rule("a"), Rule("b"), Rule("c")]).Next(first));

        var edited = new RuleSet(1, [Rule("a"), Rule("b") with { Name = "new name" }, Rule("d")]).Next(first);
        Assert.Equal(8, edited.Version);
        Assert.Equal([("a", 2L), ("b", 6L), ("d", 8L)], edited.Rules.Select(r => (r.Id, r.Version)));

        var reordered = new RuleSet(1, [.. edited.Rules.Reverse()]).Next(edited);
        Assert.Equal(9, reordered.Version);
        Assert.Equal([("d", 8L), ("b", 6L), ("a", 2L)], reordered.Rules.Select(r => (r.Id, r.Version)));

        var back = new RuleSet(1, [Rule("c")]).Next(reordered);
        Assert.Equal(10, back.Rules[0].Version);
    }

    [Fact]
    public void Saving_what_was_read_changes_nothing()
    {
        var set = new RuleSet(3, RuleSet.Default().Rules);
        Assert.Same(set, Parse(set.ToJson()).Next(set));
    }

    private static RuleSet Parse(string json)
    {
        var set = RuleSet.Parse(json, Sample.Names, out var errors);
        Assert.Empty(errors.All);
        return set!;
    }

    private static Rule Rule(string id, long version = 1) => new(id, id, true, Condition.Always, [new AddTags([id])], Version: version);
}
