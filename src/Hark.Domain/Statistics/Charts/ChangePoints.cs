namespace Hark.Domain.Statistics.Charts;

/// <summary>A change of level: the first point of the new one, and the means on both sides up to the next changes.</summary>
/// <param name="Test">Welch's test of the two stretches. The place was chosen to make them differ, so its p-value is for orientation.</param>
public readonly record struct ChangePoint(int Index, double Before, double After, MeanDifference? Test);

/// <summary>Where the level of a series changed.</summary>
public static class ChangePoints
{
    /// <summary>
    /// The division into stretches of constant level with the least sum of squares plus a penalty for each change, exactly, by optimal partitioning (B. Jackson et
    /// al., IEEE Signal Processing Letters 12 (2005) 105-108). A change must pay 3 ln(n) times the noise, which is taken from the differences of neighbours, so that
    /// the changes themselves do not count as noise. Values that depend on their neighbours look like changes. Cost n^2; days of some years are meant.
    /// </summary>
    /// <param name="shortest">Fewest points of a stretch.</param>
    public static IReadOnlyList<ChangePoint> Find(ReadOnlySpan<double> values, int shortest = 5)
    {
        var n = values.Length;
        if (n < 2 * shortest) return [];
        var sums = new Sums(values);
        var penalty = 3 * Math.Log(n) * Noise(values);
        var (best, last) = (new double[n + 1], new int[n + 1]);
        best[0] = -penalty;
        for (var end = 1; end <= n; end++)
        {
            best[end] = double.PositiveInfinity;
            for (var start = 0; start <= end - shortest; start++)
            {
                var cost = best[start] + sums.Squares(start, end) + penalty;
                if (cost < best[end]) (best[end], last[end]) = (cost, start);
            }
        }

        return double.IsFinite(best[n]) ? Describe(values, Starts(last)) : [];
    }

    private static List<int> Starts(int[] last)
    {
        var starts = new List<int> { last.Length - 1 };
        for (var end = last.Length - 1; end > 0; end = last[end]) starts.Add(last[end]);
        starts.Reverse();
        return starts;
    }

    private static List<ChangePoint> Describe(ReadOnlySpan<double> values, List<int> starts)
    {
        var changes = new List<ChangePoint>();
        for (var i = 1; i < starts.Count - 1; i++)
        {
            var before = Sample.Of(values[starts[i - 1]..starts[i]]);
            var after = Sample.Of(values[starts[i]..starts[i + 1]]);
            changes.Add(new(starts[i], before.Mean, after.Mean, Means.Welch(after, before)));
        }

        return changes;
    }

    // Variance of one value from the differences of neighbours (J. von Neumann, Annals of Mathematical Statistics 12 (1941) 367-395).
    private static double Noise(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        for (var i = 1; i < values.Length; i++) sum += (values[i] - values[i - 1]) * (values[i] - values[i - 1]);
        return sum / (2 * (values.Length - 1));
    }

    private sealed class Sums
    {
        private readonly double[] _sums, _squares;

        public Sums(ReadOnlySpan<double> values)
        {
            _sums = new double[values.Length + 1];
            _squares = new double[values.Length + 1];
            var centre = Sample.Of(values).Mean;
            for (var i = 0; i < values.Length; i++)
            {
                var value = values[i] - centre;
                _sums[i + 1] = _sums[i] + value;
                _squares[i + 1] = _squares[i] + (value * value);
            }
        }

        /// <summary>Sum of squares about the own mean of the points from start to before end.</summary>
        public double Squares(int start, int end)
        {
            var sum = _sums[end] - _sums[start];
            return Math.Max(0, _squares[end] - _squares[start] - (sum * sum / (end - start)));
        }
    }
}
