using Hark.Domain.Statistics;

namespace Hark.Data.Metrics;

/// <summary>The last steps of every metric: all buckets of all groups, in order, and what is hidden. Pure.</summary>
internal static class MetricRows
{
    /// <param name="found">In any order; with stored values, which <paramref name="name"/> turns into those shown.</param>
    /// <param name="value">The value of a group in a bucket.</param>
    /// <param name="isCount">Counts are never hidden.</param>
    public static IReadOnlyList<MetricRow> Of(MetricQuery query, IReadOnlyList<GroupKey> found, Func<GroupKey, int, MetricValue> value, bool isCount,
        Func<GroupKey, GroupKey> name)
    {
        var groups = found.OrderBy(name, GroupKey.ByName).ToList();
        var named = groups.Select(g => name(g).Take(query.GroupBy.Count)).ToList();
        var rows = new List<MetricRow>(query.Buckets.Count * groups.Count);
        for (var bucket = 0; bucket < query.Buckets.Count; bucket++)
        {
            var values = groups.Select(g => value(g, bucket)).ToList();
            var hidden = isCount ? new bool[values.Count] : Hide(groups, [.. values.Select(v => v.N)], query.GroupBy.Count, query.MinimumCount);
            for (var i = 0; i < values.Count; i++)
                rows.Add(new(query.Buckets[bucket].Label, named[i], hidden[i] ? Hidden(values[i]) : values[i], hidden[i]));
        }
        return rows;
    }

    private static MetricValue Hidden(MetricValue value) => new(value.N, null, [.. value.Parts.Select(p => (p.Name, (double?)null))]);

    /// <summary>
    /// Hides small cells and the others that would tell them. The cells of a bucket add up to the bucket's total; with two dimensions also the lines of each
    /// value, whose totals can be asked for by one dimension alone: so each of those is closed too, until nothing changes.
    /// </summary>
    internal static bool[] Hide(IReadOnlyList<GroupKey> groups, long[] counts, int dimensions, int minimum)
    {
        var hidden = Suppression.Hide(counts, minimum);
        if (dimensions < 2 || !hidden.AsSpan().Contains(true)) return hidden;
        var lines = Enumerable.Range(0, groups.Count).GroupBy(i => (0, groups[i].First))
            .Concat(Enumerable.Range(0, groups.Count).GroupBy(i => (1, groups[i].Second))).Select(g => g.ToArray()).ToList();
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var line in lines) changed |= HideLine(line, counts, hidden, minimum);
        }
        return hidden;
    }

    private static bool HideLine(int[] line, long[] counts, bool[] hidden, int minimum)
    {
        Span<bool> flags = [.. line.Select(i => hidden[i])];
        // Empty line: nothing to add to. A line with one group only would show its own total anyway.
        var more = Suppression.HideMore([.. line.Select(i => counts[i])], flags, minimum);
        for (var i = 0; i < line.Length; i++) hidden[line[i]] |= flags[i];
        return more;
    }
}
