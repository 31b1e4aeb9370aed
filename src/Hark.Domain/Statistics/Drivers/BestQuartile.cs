namespace Hark.Domain.Statistics.Drivers;

/// <summary>
/// The level that the best quarter of units already reaches. The means of small units scatter by chance alone, so that the best of them would promise what
/// nobody can hold: each is first drawn towards the whole by the variance that is really between units (R. DerSimonian and N. Laird, Controlled Clinical Trials
/// 7 (1986) 177-188). Where units do not differ, the best quarter is no better than the whole.
/// </summary>
internal static class BestQuartile
{
    private const int FewestAnswers = 5, FewestUnits = 4;

    /// <summary>Null under four units with five answers each.</summary>
    /// <param name="mean">The level of all.</param>
    /// <param name="variance">Of one answer.</param>
    /// <param name="lower">Whether lower is better.</param>
    public static double? Of(GroupLevels levels, int column, double mean, double variance, bool lower)
    {
        var (units, spread, weight, squares) = (0, 0.0, 0.0, 0.0);
        for (var g = 0; g < levels.Groups; g++)
        {
            var n = levels.Count(g);
            if (n < FewestAnswers) continue;
            units++;
            spread += n / variance * (levels.Mean(g, column) - mean) * (levels.Mean(g, column) - mean);
            weight += n / variance;
            squares += n / variance * n / variance;
        }

        if (units < FewestUnits || !(variance > 0)) return null;
        var between = Math.Max(0, (spread - (units - 1)) / (weight - (squares / weight)));
        var reached = new List<(double Level, double Count)>();
        for (var g = 0; g < levels.Groups; g++)
        {
            var n = levels.Count(g);
            if (n < FewestAnswers) continue;
            var own = between / (between + (variance / n));
            reached.Add((mean + (own * (levels.Mean(g, column) - mean)), n));
        }

        return Quartile(reached, lower);
    }

    // The best units that hold a quarter of the answers, together.
    private static double Quartile(List<(double Level, double Count)> units, bool lower)
    {
        units.Sort((a, b) => lower ? a.Level.CompareTo(b.Level) : b.Level.CompareTo(a.Level));
        var wanted = units.Sum(u => u.Count) / 4;
        var (sum, count) = (0.0, 0.0);
        foreach (var unit in units)
        {
            var part = Math.Min(unit.Count, wanted - count);
            sum += part * unit.Level;
            count += part;
            if (count >= wanted) break;
        }

        return sum / count;
    }
}
