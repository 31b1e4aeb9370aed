using BenchmarkDotNet.Attributes;
using Hark.Domain.Routing;
using Hark.Domain.Signals;

namespace Hark.Bench.Intake;

/// <summary>Claim: routing by fifty rules is a matter of microseconds, and allocates only when a rule matches.</summary>
public class Routing
{
    private readonly RuleSet _default = RuleSet.Default(), _fifty = Fifty(matching: false), _matching = Fifty(matching: true);
    private readonly RoutingContext _context = new() { Signal = Samples.Prepared(new SeverityEnricher()), Now = Samples.Now, Cohort = "active" };

    [Benchmark]
    public object DefaultRules() => Router.Route(_default, _context);

    [Benchmark]
    public object FiftyRulesOfWhichNoneMatches() => Router.Route(_fifty, _context);

    [Benchmark]
    public object FiftyRulesOfWhichTheLastMatches() => Router.Route(_matching, _context);

    private static RuleSet Fifty(bool matching)
    {
        var rules = Enumerable.Range(0, 49).Select(i => new Rule($"r{i}", $"Rule {i}", true, new AllOf([
            new Comparison("score", Comparator.Lt, [Scalar.Of(90)]),
            new AnyOf([new Comparison("touchpoint", Comparator.In, [Scalar.Of($"t{i}"), Scalar.Of($"u{i}")]), new Comparison("text", Comparator.Contains, [Scalar.Of($"no such word {i}")])]),
        ]), [new AddTags([$"tag{i}"])]));
        var last = new Rule("last", "Last", true, matching ? new Comparison("band", Comparator.Eq, [Scalar.Of("negative")]) : new Not(Condition.Always), [new OpenCase(Severity.Routine, "support")]);
        return new RuleSet(1, [.. rules, last]);
    }
}
