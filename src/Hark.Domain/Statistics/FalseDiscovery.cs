namespace Hark.Domain.Statistics;

/// <summary>
/// Many tests at once: keeps the expected share of false ones among those reported at or under a rate (Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical
/// Society B 57 (1995) 289-300).
/// </summary>
public static class FalseDiscovery
{
    /// <summary>The largest p-value to report; null when none is small enough. All p-values count, also those of tests that showed nothing.</summary>
    public static double? Threshold(ReadOnlySpan<double> values, double rate)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            if (sorted[i] <= rate * (i + 1) / sorted.Length) return sorted[i];
        }

        return null;
    }
}
