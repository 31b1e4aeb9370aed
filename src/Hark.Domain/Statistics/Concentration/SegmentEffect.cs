namespace Hark.Domain.Statistics.Concentration;

/// <summary>How much higher a segment is than the others of its strata.</summary>
internal readonly record struct SegmentEffect(int Count, Estimate Value, double Expected, Estimate Difference, double Excess)
{
    public static SegmentEffect Of(ConcentrationData data, Segment segment, bool[] taken, double confidence)
    {
        var (inside, outside) = (new Moment[data.StrataCount], new Moment[data.StrataCount]);
        for (var i = 0; i < taken.Length; i++)
        {
            if (taken[i]) continue;
            var side = Holds(data, segment, i) ? inside : outside;
            side[data.Strata[i]] = side[data.Strata[i]].With(data.Outcome[i]);
        }

        return Compare(inside, outside, data.Share, confidence);
    }

    public static bool Holds(ConcentrationData data, Segment segment, int row) =>
        data.Columns[segment.First.Column].Codes[row] == segment.First.Code
        && (segment.Second is not { } second || data.Columns[second.Column].Codes[row] == second.Code);

    // Only strata that both sides have can be compared; the segment's own shares of them weigh the others.
    private static SegmentEffect Compare(Moment[] inside, Moment[] outside, bool share, double confidence)
    {
        Moment all = default, own = default, others = default;
        var expected = 0.0;
        for (var s = 0; s < inside.Length; s++)
        {
            all += inside[s];
            if (inside[s].Count == 0 || outside[s].Count == 0) continue;
            own += inside[s];
            others += outside[s];
            expected += inside[s].Count * outside[s].Sum / outside[s].Count;
        }

        var (mean, level) = (own.Sum / own.Count, expected / own.Count);
        var value = share ? Proportions.Wilson(all.Sum, all.Count)!.Value : Means.Interval(all.Sample);
        return new((int)all.Count, value, level, Beside(own, others, mean, level, share, confidence), own.Sum - expected);
    }

    private static Estimate Beside(Moment own, Moment others, double mean, double level, bool share, double confidence)
    {
        if (share) return Proportions.Difference(own.Sum, own.Count, level * others.Count, others.Count, confidence)!.Value;
        return Means.Welch(own.Sample, others.Sample with { Mean = level }, confidence)?.Difference ?? new(mean - level, null, null);
    }

    private readonly record struct Moment(double Count, double Sum, double Squares)
    {
        public Sample Sample => new(Count, Sum / Count, Count > 1 ? Math.Max(0, (Squares - (Sum * Sum / Count)) / (Count - 1)) : null);

        public Moment With(double value) => new(Count + 1, Sum + value, Squares + (value * value));

        public static Moment operator +(Moment a, Moment b) => new(a.Count + b.Count, a.Sum + b.Sum, a.Squares + b.Squares);
    }
}
