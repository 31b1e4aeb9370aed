using System.Collections.Frozen;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Domain.Routing;

/// <summary>Turns conditions into delegates: one call per node, the operands prepared beforehand.</summary>
internal static class ConditionCompiler
{
    /// <summary>How far ahead of now <c>occurred_at</c> may lie.</summary>
    private static readonly TimeSpan AcceptedAhead = TimeSpan.FromMinutes(5);

    public static Test Compile(Condition condition) => condition switch
    {
        AllOf { Items: [var only] } => Compile(only),
        AnyOf { Items: [var only] } => Compile(only),
        AllOf all => All([.. all.Items.Select(Compile)]),
        AnyOf any => Any([.. any.Items.Select(Compile)]),
        Not not => Negate(Compile(not.Item)),
        InSegment segment => Segment(segment.Key),
        SignalsByContact count => Count(count.WithinDays, count.AtLeast ?? 0, count.AtMost ?? int.MaxValue),
        Comparison comparison => Compile(comparison),
        _ => throw new ArgumentException($"No evaluation for {condition.GetType().Name}.", nameof(condition)),
    };

    private static Test All(Test[] items) => (ref facts) =>
    {
        foreach (var item in items)
        {
            if (!item(ref facts)) return false;
        }
        return true;
    };

    private static Test Any(Test[] items) => (ref facts) =>
    {
        foreach (var item in items)
        {
            if (item(ref facts)) return true;
        }
        return false;
    };

    private static Test Negate(Test test) => (ref facts) => !test(ref facts);

    private static Test Segment(string key) => (ref facts) =>
    {
        var segments = facts.Segments;
        for (var i = 0; i < segments.Count; i++)
        {
            if (segments[i] == key) return true;
        }
        return false;
    };

    private static Test Count(int days, int least, int most) => (ref facts) =>
    {
        var count = facts.Context.SignalsByContactWithinDays(days);
        return count >= least && count <= most;
    };

    private static Test Compile(Comparison comparison)
    {
        if (!ConditionFields.TryFind(comparison.Field, out var field)) throw new ArgumentException($"There is no field '{comparison.Field}'.", nameof(comparison));
        return comparison.Op switch
        {
            Comparator.Ne => Negate(Holds(field, Comparator.Eq, comparison.Values)),
            Comparator.NotIn => Negate(Holds(field, Comparator.In, comparison.Values)),
            Comparator.Exists when comparison.Values[0].Truth == false => Negate(Holds(field, Comparator.Exists, comparison.Values)),
            _ => Holds(field, comparison.Op, comparison.Values),
        };
    }

    private static Test Holds(ConditionField field, Comparator op, IReadOnlyList<Scalar> values)
    {
        if (field is { Name: "text", Type: FieldType.Text } && op is Comparator.Contains or Comparator.StartsWith) return Verbatim(op, values);
        if (field.AnyOfTexts is { } texts)
        {
            var test = field.Type == FieldType.List && op == Comparator.Contains ? TextTest(Comparator.In, values) : TextTest(op, values);
            return (ref facts) => texts(ref facts, test);
        }
        if (field.AnyOfScalars is { } scalars) return ScalarHolds(scalars, op, values);
        if (field.ReadText is { } text)
        {
            var test = TextTest(op, values);
            return (ref facts) => text(facts.Context) is { } value && test(value);
        }
        if (field.ReadNumber is { } number)
        {
            var test = NumberTest(op, values);
            return (ref facts) => number(facts.Context) is { } value && test(value);
        }
        if (field.ReadTruth is { } truth)
        {
            var (any, wanted) = (op == Comparator.Exists, values[0].Truth);
            return (ref facts) => truth(facts.Context) is { } value && (any || value == wanted);
        }
        if (field.ReadInstant is { } instant)
        {
            var test = InstantTest(op, values[0]);
            return (ref facts) => instant(facts.Context) is { } value && test(value, facts.Context.Now);
        }
        var date = field.ReadDate!;
        var dateTest = DateTest(op, values[0]);
        return (ref facts) => date(facts.Context) is { } value && dateTest(value, facts.Context.Now);
    }

    /// <summary>The signal's words are folded once for all rules.</summary>
    private static Test Verbatim(Comparator op, IReadOnlyList<Scalar> values)
    {
        var words = Folded(values);
        if (op == Comparator.StartsWith) return (ref facts) => facts.FoldedText is { } text && text.AsSpan().TrimStart().StartsWith(words[0], StringComparison.Ordinal);
        return (ref facts) => facts.FoldedText is { } text && ContainsAny(text, words);
    }

    private static string[] Folded(IReadOnlyList<Scalar> values) => [.. values.Select(v => TextFold.Fold(v.Text!))];

    private static bool ContainsAny(string text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.Ordinal)) return true;
        }
        return false;
    }

    /// <summary>Equality of names ignores case; parts of texts are compared folded.</summary>
    private static Func<string, bool> TextTest(Comparator op, IReadOnlyList<Scalar> values)
    {
        if (op == Comparator.Exists) return static text => text.Length > 0;
        if (op is Comparator.Contains or Comparator.StartsWith)
        {
            var words = Folded(values);
            return op == Comparator.Contains
                ? text => ContainsAny(TextFold.Fold(text), words)
                : text => TextFold.Fold(text).AsSpan().TrimStart().StartsWith(words[0], StringComparison.Ordinal);
        }
        if (values.Count == 1)
        {
            var wanted = values[0].Text!;
            return text => string.Equals(text, wanted, StringComparison.OrdinalIgnoreCase);
        }
        var set = values.Select(v => v.Text!).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        return set.Contains;
    }

    private static Func<double, bool> NumberTest(Comparator op, IReadOnlyList<Scalar> values)
    {
        var wanted = values[0].Number ?? 0;
        switch (op)
        {
            case Comparator.Exists: return static _ => true;
            case Comparator.Eq: return number => number == wanted;
            case Comparator.Lt: return number => number < wanted;
            case Comparator.Lte: return number => number <= wanted;
            case Comparator.Gt: return number => number > wanted;
            case Comparator.Gte: return number => number >= wanted;
            default:
                var set = values.Select(v => v.Number!.Value).ToFrozenSet();
                return set.Contains;
        }
    }

    private static Func<DateTimeOffset, DateTimeOffset, bool> InstantTest(Comparator op, Scalar value)
    {
        if (op is Comparator.WithinDays or Comparator.WithinNextDays) return Within(op, value);
        if (op == Comparator.Exists) return static (_, _) => true;
        if (!OperandReader.TryInstant(value.Text ?? "", out var wanted)) throw new ArgumentException($"'{value}' is no time.", nameof(value));
        return (instant, _) => Ordered(op, instant.CompareTo(wanted));
    }

    private static Func<DateOnly, DateTimeOffset, bool> DateTest(Comparator op, Scalar value)
    {
        if (op is Comparator.WithinDays or Comparator.WithinNextDays)
        {
            var days = (int)value.Number!.Value;
            return op == Comparator.WithinDays
                ? (date, now) => Ago(date, now) is var ago && ago >= 0 && ago <= days
                : (date, now) => -Ago(date, now) is var ahead && ahead >= 0 && ahead <= days;
        }
        if (op == Comparator.Exists) return static (_, _) => true;
        if (!OperandReader.TryDate(value.Text ?? "", out var wanted)) throw new ArgumentException($"'{value}' is no date.", nameof(value));
        return (date, _) => Ordered(op, date.CompareTo(wanted));
    }

    /// <summary>Whole days from the date to today, in UTC.</summary>
    private static int Ago(DateOnly date, DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime).DayNumber - date.DayNumber;

    /// <summary>
    /// From now back (or ahead) so many times 24 hours, both ends included. A source's clock may run ahead as far as intake accepts it; what lies
    /// further ahead is not within the last days.
    /// </summary>
    private static Func<DateTimeOffset, DateTimeOffset, bool> Within(Comparator op, Scalar value)
    {
        var span = TimeSpan.FromDays(value.Number!.Value);
        return op == Comparator.WithinDays
            ? (instant, now) => now - instant is var age && age >= -AcceptedAhead && age <= span
            : (instant, now) => instant - now is var ahead && ahead >= TimeSpan.Zero && ahead <= span;
    }

    private static bool Ordered(Comparator op, int order) => op switch
    {
        Comparator.Lt => order < 0,
        Comparator.Lte => order <= 0,
        Comparator.Gt => order > 0,
        Comparator.Gte => order >= 0,
        _ => order == 0,
    };

    private static Test ScalarHolds(AnyScalar any, Comparator op, IReadOnlyList<Scalar> values)
    {
        switch (op)
        {
            case Comparator.Exists: return (ref facts) => any(facts.Context, static _ => true);
            case Comparator.Contains or Comparator.StartsWith:
                var text = TextTest(op, values);
                return Each(any, value => value.Text is { } t && text(t));
            case Comparator.Lt or Comparator.Lte or Comparator.Gt or Comparator.Gte:
                var number = NumberTest(op, values);
                return Each(any, value => value.Number is { } n && number(n));
            case Comparator.WithinDays or Comparator.WithinNextDays:
                var within = Within(op, values[0]);
                // The only comparison of a free value that needs the time, and rare: it may allocate its closure.
                return (ref facts) =>
                {
                    var now = facts.Context.Now;
                    return any(facts.Context, value => value.Text is { } t && OperandReader.TryInstant(t, out var instant) && within(instant, now));
                };
            default:
                if (values.Count == 1) return Each(any, value => Same(value, values[0]));
                return Each(any, value => values.Any(wanted => Same(value, wanted)));
        }
    }

    private static Test Each(AnyScalar any, Func<Scalar, bool> test) => (ref facts) => any(facts.Context, test);

    private static bool Same(Scalar a, Scalar b) =>
        a.Text is { } text ? string.Equals(text, b.Text, StringComparison.OrdinalIgnoreCase) : a == b;
}
