namespace Hark.Domain.Statistics;

/// <summary>
/// Count, sum and sum of squares of whole numbers: the additive parts that means and their intervals are made of. Exact, so that the order
/// of adding, merging and taking away never shows, and a rebuild from facts gives the same bits. Scores are summed in milli-points
/// (<see cref="Signals.Rating.ScoreMilli"/>), durations in milliseconds.
/// </summary>
/// <remarks>
/// A difference (new minus old) is a value of this type too; its parts may be negative until it is merged.
/// Ranges: scores are 0 to 1e5 milli-points, their squares at most 1e10, so one stored row keeps its squares in a 64-bit column for up to
/// 9.2e8 observations; merged here they are 128 bits wide, enough for 1e14 scores, or for 1e9 durations of up to 100 days each. Durations do
/// not fit a 64-bit column of squares. Arithmetic is checked: past the range it throws <see cref="OverflowException"/>, it never wraps.
/// </remarks>
public readonly record struct Moments(long Count, long Sum, Int128 SumSquares)
{
    /// <summary>The parts of one observation.</summary>
    public static Moments Of(long value) => new(1, value, (Int128)value * value);

    public Moments Add(long value) => this + Of(value);

    public Moments Subtract(long value) => this - Of(value);

    public static Moments operator +(Moments a, Moments b) =>
        checked(new(a.Count + b.Count, a.Sum + b.Sum, a.SumSquares + b.SumSquares));

    public static Moments operator -(Moments a, Moments b) =>
        checked(new(a.Count - b.Count, a.Sum - b.Sum, a.SumSquares - b.SumSquares));

    /// <summary>In the unit that was added; null without observations.</summary>
    public double? Mean => Count > 0 ? (double)Sum / Count : null;

    /// <summary>
    /// Sample variance (divided by n - 1) in the square of the unit; null under two observations. The numerator n * sum(x^2) - (sum x)^2 is
    /// taken in whole numbers, so there is no cancellation, the usual fault of this formula.
    /// </summary>
    public double? Variance
    {
        get
        {
            if (Count < 2) return null;
            var numerator = checked((Count * SumSquares) - ((Int128)Sum * Sum));
            return (double)numerator / Count / (Count - 1);
        }
    }

    /// <summary>
    /// The mean with its Student interval (<see cref="Means.Interval"/>), divided by <paramref name="unit"/>: 1000 turns milli-points into
    /// points. Null without observations.
    /// </summary>
    public Estimate? MeanInterval(double unit = 1, double confidence = 0.95) =>
        Mean is { } mean ? Means.Interval(new Sample(Count, mean / unit, Variance / (unit * unit)), confidence) : null;
}
