namespace Hark.Domain.Statistics.Concentration;

/// <summary>
/// Finds where an outcome is unusually high: segments of one or two conditions, with the false discovery rate held over all that were looked at. What is unusual only
/// because of the rows of another finding is folded into it: the courier explains the region. Silent where there is no pattern.
/// </summary>
public static class ConcentrationSearch
{
    /// <summary>
    /// Searches all segments. A pair counts only when it is higher than the rest of both its segments. After each finding its rows are taken out and what was
    /// unusual is tested again without them. A million rows of twelve columns take about a second for the first pass and less for each finding.
    /// </summary>
    public static ConcentrationResult Search(ConcentrationData data, ConcentrationOptions options)
    {
        var taken = new bool[data.Outcome.Length];
        var tables = SegmentTables.Of(data, taken, options.MinimumCount);
        var segments = tables.Segments(options.MinimumCount).ToArray();
        double? value = tables.All.Count == 0 ? null : tables.All.Sum / tables.All.Count;
        var values = segments.Select(s => P(tables, s, data.Share)).ToArray();
        if (FalseDiscovery.Threshold(values, options.Rate) is not { } threshold) return new(data.Outcome.Length, value, segments.Length, []);

        var unusual = segments.Zip(values).Where(s => s.Second <= threshold && Matters(tables, s.First, data.Share, options)).ToList();
        var confidence = 1 - (0.05 * unusual.Count / segments.Length);
        var findings = new List<ConcentrationFinding>();
        while (unusual.Count > 0 && findings.Count < options.Most)
        {
            var best = unusual.OrderBy(u => Role(data, u.First)).ThenByDescending(u => Strength(tables, u.First, data.Share)).First();
            var effect = SegmentEffect.Of(data, best.First, taken, confidence);
            Take(data, best.First, taken);
            tables = SegmentTables.Of(data, taken, options.MinimumCount);
            var still = unusual.Where(u => u.First != best.First && P(tables, u.First, data.Share) <= threshold && Matters(tables, u.First, data.Share, options)).ToList();
            var explained = unusual.Except(still).Where(u => u.First != best.First).Select(u => u.First).ToArray();
            findings.Add(new(best.First, effect.Count, effect.Value, effect.Expected, effect.Difference, effect.Excess, best.Second, explained));
            unusual = still;
        }

        return new(data.Outcome.Length, value, segments.Length, findings);
    }

    private static double P(SegmentTables tables, Segment segment, bool share)
    {
        var (cell, all) = (tables.Sums(segment), tables.All);
        if (cell.Count == 0) return 1;
        var p = CellTest.P(cell, all, share);
        if (segment.Second is not { } second) return p;
        p = Math.Max(p, CellTest.P(cell, tables.Sums(new(segment.First, null)), share));
        return Math.Max(p, CellTest.P(cell, tables.Sums(new(second, null)), share));
    }

    private static double Strength(SegmentTables tables, Segment segment, bool share) => CellTest.Strength(tables.Sums(segment), tables.All, share);

    private static bool Matters(SegmentTables tables, Segment segment, bool share, ConcentrationOptions options)
    {
        var (cell, all) = (tables.Sums(segment), tables.All);
        var (rest, above) = (all.Count - cell.Count, cell.Above - (cell.Count * all.Above / all.Count));
        if (cell.Count == 0 || rest == 0) return false;
        // What lies above the whole lies further above the rest.
        var difference = above / cell.Count * all.Count / rest;
        if (!share) return difference >= 0.2 * Math.Sqrt(cell.Variance / cell.Count);
        var value = cell.Sum / cell.Count;
        return value >= options.LeastRatio * (value - difference);
    }

    private static SegmentRole Role(ConcentrationData data, Segment segment) => data.Columns[segment.First.Column].Role;

    private static void Take(ConcentrationData data, Segment segment, bool[] taken)
    {
        for (var i = 0; i < taken.Length; i++) taken[i] |= SegmentEffect.Holds(data, segment, i);
    }
}
