using Hark.Domain.Statistics;

namespace Hark.Data.Metrics;

/// <summary>One number with what it rests on.</summary>
/// <param name="N">People or cases behind it.</param>
/// <param name="Value">Null where there is nothing to say. Nothing is rounded.</param>
/// <param name="Parts">What it is made of, in a fixed order for each metric.</param>
public sealed record MetricValue(long N, Estimate? Value, IReadOnlyList<(string Name, double? Value)> Parts)
{
    public static MetricValue Of(long n, Estimate? value, params (string, double?)[] parts) => new(n, value, parts);
}

/// <summary>One line of the answer.</summary>
/// <param name="BucketAt">Where the hour, day, week or month begins, with the offset of the asked zone.</param>
/// <param name="Group">Values in the order of the query's <see cref="MetricQuery.GroupBy"/>; null for what has no value in that dimension.</param>
/// <param name="Suppressed">Too few people: <paramref name="Value"/> tells only how many.</param>
public sealed record MetricRow(DateTimeOffset BucketAt, IReadOnlyList<string?> Group, MetricValue Value, bool Suppressed);

/// <summary>The values of up to two dimensions that a line is about; <c>default</c> where nothing is grouped.</summary>
public readonly record struct GroupKey(string? First, string? Second)
{
    /// <summary>By name, those without a value last.</summary>
    public static IComparer<GroupKey> ByName { get; } =
        Comparer<GroupKey>.Create((a, b) => Compare(a.First, b.First) is var first and not 0 ? first : Compare(a.Second, b.Second));

    public string?[] Take(int count) => count switch { 0 => [], 1 => [First], _ => [First, Second] };

    private static int Compare(string? a, string? b) =>
        a is null || b is null ? (a is null).CompareTo(b is null) : string.CompareOrdinal(a, b);
}
