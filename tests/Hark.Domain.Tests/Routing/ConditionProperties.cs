using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Routing;
using Hark.Domain.Signals;
using Xunit;

namespace Hark.Domain.Tests.Routing;

/// <summary>The laws of logic hold for every condition and every signal.</summary>
public sealed class ConditionProperties
{
    [Fact]
    public void Not_not_is_itself() =>
        Check((c, s) => Holds(new Not(new Not(c)), s) == Holds(c, s));

    [Fact]
    public void De_Morgan() =>
        Prop.ForAll(Pairs, Pairs, (a, b) =>
            Holds(new Not(new AllOf([a.Condition, b.Condition])), a.Signal) == Holds(new AnyOf([new Not(a.Condition), new Not(b.Condition)]), a.Signal)
            && Holds(new Not(new AnyOf([a.Condition, b.Condition])), a.Signal) == Holds(new AllOf([new Not(a.Condition), new Not(b.Condition)]), a.Signal))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Order_of_items_is_irrelevant() =>
        Prop.ForAll(Conditions.NonEmptyListOf().ToArbitrary(), Pairs, (items, pair) =>
        {
            Condition[] reversed = [.. items.AsEnumerable().Reverse()];
            return Holds(new AllOf([.. items]), pair.Signal) == Holds(new AllOf(reversed), pair.Signal)
                && Holds(new AnyOf([.. items]), pair.Signal) == Holds(new AnyOf(reversed), pair.Signal);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Writing_and_reading_back_gives_the_same_condition() =>
        Prop.ForAll(Conditions.ToArbitrary(), c => c.Equals(Condition.Parse(c.ToJson(), out _))).QuickCheckThrowOnFailure();

    [Fact]
    public void Ne_and_not_in_are_the_negations() =>
        Check((_, s) => Holds(new Comparison("touchpoint", Comparator.Ne, [Scalar.Of("checkout")]), s) != Holds(new Comparison("touchpoint", Comparator.Eq, [Scalar.Of("checkout")]), s)
            && Holds(new Comparison("score", Comparator.NotIn, [Scalar.Of(30)]), s) != Holds(new Comparison("score", Comparator.In, [Scalar.Of(30)]), s));

    private sealed record Pair(Condition Condition, PreparedSignal Signal);

    private static Arbitrary<Pair> Pairs => (from c in Conditions from s in Signals select new Pair(c, s)).ToArbitrary();

    private static Gen<PreparedSignal> Signals =>
        from nps in Gen.Elements<double?>(null, 0, 3, 6, 7, 9, 10)
        from text in Gen.Elements(null, "thank you", "Pozdě", "ЕЩЁ", "")
        from severity in Gen.Elements(Severity.Routine, Severity.Critical)
        from consent in Gen.Elements<bool?>(null, true, false)
        select Sample.Signal(text, nps, severity, consent);

    private static Gen<Condition> Leaves => Gen.OneOf<Condition>(
        from op in Gen.Elements(Comparator.Eq, Comparator.Ne, Comparator.Lt, Comparator.Lte, Comparator.Gt, Comparator.Gte)
        from name in Gen.Elements("score", "rating.value", "sentiment.value", "account.annual_value", "attributes.delivery_days")
        from value in Gen.Elements(0, 3, 30, 30.5, 70, -1e-7)
        select (Condition)new Comparison(name, op, [Scalar.Of(value)]),
        from op in Gen.Elements(Comparator.Contains, Comparator.StartsWith, Comparator.Eq)
        from name in Gen.Elements("text", "touchpoint", "contact.email", "attributes.courier", "answers.why")
        from value in Gen.Elements("thank", "pozdě", "еще", "a \"b\" \\ / \n <>", "🙂")
        select (Condition)new Comparison(name, op, [Scalar.Of(value)]),
        from op in Gen.Elements(Comparator.In, Comparator.NotIn)
        from values in Gen.SubListOf("chat", "web", "store")
        select (Condition)new Comparison("channel", op, [Scalar.Of("sms"), .. values.Select(v => Scalar.Of(v))]),
        from name in Gen.Elements("text", "tags", "consent.research", "occurred_at", "account.renews_on", "answers.how")
        from truth in Gen.Elements(true, false)
        select (Condition)new Comparison(name, Comparator.Exists, [Scalar.Of(truth)]),
        from days in Gen.Choose(1, 400)
        from name in Gen.Elements("occurred_at", "account.renews_on", "attributes.since")
        from op in Gen.Elements(Comparator.WithinDays, Comparator.WithinNextDays)
        select (Condition)new Comparison(name, op, [Scalar.Of(days)]),
        from key in Gen.Elements("vip", "other") select (Condition)new InSegment(key),
        from days in Gen.Choose(1, 200) from n in Gen.Choose(1, 5) select (Condition)new SignalsByContact(days, n, null));

    private static Gen<Condition> Conditions => Gen.Sized(size => Sized(Math.Min(size, 24)));

    private static Gen<Condition> Sized(int size)
    {
        if (size <= 1) return Leaves;
        var inner = Sized(size / 3);
        return Gen.OneOf(
            Leaves,
            inner.Select(c => (Condition)new Not(c)),
            inner.ListOf(3).Select(list => (Condition)new AllOf([.. list])),
            inner.ListOf(2).Select(list => (Condition)new AnyOf([.. list])));
    }

    private static bool Holds(Condition condition, PreparedSignal signal) => new CompiledCondition(condition).Matches(Sample.Context(signal));

    private static void Check(Func<Condition, PreparedSignal, bool> law) =>
        Prop.ForAll(Pairs, p => law(p.Condition, p.Signal)).QuickCheckThrowOnFailure();
}
