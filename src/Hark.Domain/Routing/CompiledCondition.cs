namespace Hark.Domain.Routing;

/// <summary>What must be known before a set of conditions can be evaluated, so that the store fetches this and no more.</summary>
/// <param name="SignalWindows">Windows, in days, of the counts of signals by the same contact; ascending.</param>
public sealed record ConditionNeeds(FieldNeeds Fields, IReadOnlyList<int> SignalWindows)
{
    public static ConditionNeeds None { get; } = new(FieldNeeds.None, []);

    /// <summary>What a condition needs, segments not followed: a segment's own needs are those of its set.</summary>
    public static ConditionNeeds Of(Condition condition) => condition switch
    {
        AllOf all => OfAll(all.Items.Select(Of)),
        AnyOf any => OfAll(any.Items.Select(Of)),
        Not not => Of(not.Item),
        Comparison comparison => new ConditionNeeds(ConditionFields.TryFind(comparison.Field, out var field) ? field.Needs : FieldNeeds.None, []),
        InSegment => new ConditionNeeds(FieldNeeds.Segments, []),
        SignalsByContact count => new ConditionNeeds(FieldNeeds.Contact, [count.WithinDays]),
        _ => None,
    };

    public static ConditionNeeds OfAll(IEnumerable<ConditionNeeds> all)
    {
        var (fields, windows) = (FieldNeeds.None, new SortedSet<int>());
        foreach (var needs in all)
        {
            fields |= needs.Fields;
            windows.UnionWith(needs.SignalWindows);
        }
        return new ConditionNeeds(fields, [.. windows]);
    }
}

/// <summary>
/// A condition made ready to be asked often. Thread-safe. Asking allocates nothing, except where text must be folded (once per signal) or an id formatted.
/// </summary>
public sealed class CompiledCondition
{
    private readonly Test _test;

    /// <summary>Throws <see cref="ArgumentException"/> for a condition that the parser would refuse.</summary>
    public CompiledCondition(Condition source) => (Source, Needs, _test) = (source, ConditionNeeds.Of(source), ConditionCompiler.Compile(source));

    public Condition Source { get; }
    public ConditionNeeds Needs { get; }

    public bool Matches(RoutingContext context)
    {
        var facts = new Facts(context);
        return _test(ref facts);
    }

    internal bool Matches(ref Facts facts) => _test(ref facts);
}
