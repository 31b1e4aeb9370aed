using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Domain.Routing;

/// <summary>One rule: when it matches, its actions are taken.</summary>
/// <param name="Id">The workspace's own key of the rule; stays when the rule is edited.</param>
/// <param name="Version">Rises when, and only when, the rule is changed; not part of what the rule says.</param>
/// <param name="Stop">Later rules are not asked once this one matched.</param>
public sealed record Rule(string Id, string Name, bool Enabled, Condition When, IReadOnlyList<RuleAction> Then, bool Stop = false, long Version = 1)
{
    /// <summary>Whether the two say the same, whatever their versions.</summary>
    public bool SaysTheSameAs(Rule other) =>
        (Id, Name, Enabled, Stop) == (other.Id, other.Name, other.Enabled, other.Stop) && When == other.When && Then.SequenceEqual(other.Then);
}

/// <summary>A workspace's rules in order, compiled. Immutable and thread-safe; swapped as a whole when edited.</summary>
public sealed class RuleSet
{
    public const int MaxRules = 500;

    /// <summary>Key of the template by which passives who agreed to be contacted are asked what was missing.</summary>
    public const string PassiveTemplate = "passive_follow_up";

    /// <summary>Key of the template by which promoters who agreed to be contacted are thanked.</summary>
    public const string PromoterTemplate = "promoter_thanks";

    public RuleSet(long version, IReadOnlyList<Rule> rules)
    {
        (Version, Rules) = (version, rules);
        Compiled = [.. rules.Where(r => r.Enabled).Select(r => (r, new CompiledCondition(r.When)))];
        Needs = ConditionNeeds.OfAll(Compiled.Select(c => c.Condition.Needs));
    }

    public static RuleSet Empty { get; } = new(1, []);
    public long Version { get; }
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>What the enabled rules need to know.</summary>
    public ConditionNeeds Needs { get; }

    internal (Rule Rule, CompiledCondition Condition)[] Compiled { get; }

    /// <summary>Reads <c>{"rules": [{"id", "name", "enabled", "when", "then", "stop"}]}</c>; null when it has errors. Versions are read where present.</summary>
    public static RuleSet? Parse(string json, IRoutingNames names, out SourceErrors errors)
    {
        var root = JsonSource.Parse(json, out errors);
        if (root is null) return null;
        var set = new RuleSetReader(new DocumentReader(errors, names), names).Read(root);
        return errors.Any ? null : set;
    }

    public string ToJson() => CanonicalJson.Write(RuleSetWriter.Write, this);

    /// <summary>
    /// This set as the successor of the one in force: the set's version rises by one when anything differs (a changed order too), a rule's when
    /// it changed. An unchanged set is returned with the previous versions, so that saving without a change changes nothing.
    /// A rule that comes back after it was removed gets the set's new version, which no earlier version of it can have had.
    /// </summary>
    public RuleSet Next(RuleSet previous)
    {
        if (Rules.Count == previous.Rules.Count && Rules.Zip(previous.Rules).All(p => p.First.SaysTheSameAs(p.Second))) return previous;
        var before = previous.Rules.ToDictionary(r => r.Id, StringComparer.Ordinal);
        var version = previous.Version + 1;
        return new RuleSet(version,
        [
            .. Rules.Select(rule => before.TryGetValue(rule.Id, out var old) ? rule with { Version = rule.SaysTheSameAs(old) ? old.Version : old.Version + 1 } : rule with { Version = version }),
        ]);
    }

    /// <summary>
    /// The rules of a new workspace: critical signals open a critical case and tell the team; detractors (a negative score on any scale) open a routine
    /// case; passives with a comment and promoters are tagged and, where they agreed to be contacted, get a reply of their own.
    /// </summary>
    public static RuleSet Default(string team = "support") => new(1,
    [
        new Rule("critical", "Critical signals", true, Is("severity", "critical"),
            [new OpenCase(Severity.Critical, team, Assign: AssignmentStrategy.LeastOpenWork), new Notify(new Recipient(RecipientKind.Team, team))], Stop: true),
        new Rule("detractors", "Detractors", true, Is("band", "negative"), [new OpenCase(Severity.Routine, team)], Stop: true),
        new Rule("passives", "Passives with a comment", true, new AllOf([Is("band", "neutral"), Exists("text"), MayContact]),
            [new AddTags(["passive-follow-up"]), new AutoReply(PassiveTemplate)]),
        new Rule("promoters", "Promoters", true, Is("band", "positive"), [new AddTags(["promoter"])]),
        new Rule("promoters-thanks", "Thank promoters", true, new AllOf([Is("band", "positive"), MayContact]), [new AutoReply(PromoterTemplate)]),
    ]);

    private static Comparison MayContact { get; } = new("consent.contact_back", Comparator.Eq, [Scalar.Of(true)]);
    private static Comparison Is(string field, string value) => new(field, Comparator.Eq, [Scalar.Of(value)]);
    private static Comparison Exists(string field) => new(field, Comparator.Exists, [Scalar.Of(true)]);
}
