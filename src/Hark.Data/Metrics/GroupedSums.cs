using Hark.Domain.Common;
using Hark.Domain.Statistics;

namespace Hark.Data.Metrics;

/// <summary>Sums by group and bucket, as they come from the store. For one thread.</summary>
/// <param name="width">Sums in each cell.</param>
internal sealed class GroupedSums(IReadOnlyList<TimeBucket> buckets, int width)
{
    /// <summary>Lines in one answer. More is no answer a person reads, and costs memory.</summary>
    public const int MostRows = 200_000;

    private readonly Dictionary<GroupKey, long[]> _groups = [];

    /// <summary>The groups found, in no order.</summary>
    public IReadOnlyList<GroupKey> Groups => [.. _groups.Keys];

    /// <summary>Makes sure that a group is there, though it may stay empty.</summary>
    public long[] Group(GroupKey key)
    {
        if (_groups.TryGetValue(key, out var sums)) return sums;
        if ((long)(_groups.Count + 1) * buckets.Count > MostRows) throw new TooManyRowsException();
        return _groups[key] = new long[buckets.Count * width];
    }

    public void Remove(GroupKey key) => _groups.Remove(key);

    /// <summary>The sums of one cell.</summary>
    public Span<long> Cell(GroupKey key, int bucket) => Group(key).AsSpan(bucket * width, width);

    public int BucketOf(DateTimeOffset time) => TimeBuckets.IndexOf(buckets, time);

    public void Add(GroupKey key, int bucket, ReadOnlySpan<long> sums)
    {
        var cell = Cell(key, bucket);
        for (var i = 0; i < width; i++) cell[i] += sums[i];
    }

    /// <summary>The sum over all buckets of the first sum, which is the number of signals or cases.</summary>
    public long Total(GroupKey key)
    {
        long total = 0;
        var sums = Group(key);
        for (var i = 0; i < sums.Length; i += width) total += sums[i];
        return total;
    }
}

/// <summary>An answer of more than <see cref="GroupedSums.MostRows"/> lines; never leaves <see cref="MetricReader"/>.</summary>
internal sealed class TooManyRowsException : Exception
{
    public static Error Error { get; } = Error.Invalid("group_by",
        $"would give more than {GroupedSums.MostRows} rows; choose a coarser grain, a shorter period, a filter or fewer dimensions");
}
