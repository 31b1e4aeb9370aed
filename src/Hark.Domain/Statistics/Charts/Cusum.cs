namespace Hark.Domain.Statistics.Charts;

/// <summary>The two sums after one value, and whether either passed the decision interval.</summary>
public readonly record struct CusumPoint(double High, double Low, bool Signal);

/// <summary>
/// The tabular cumulative sum chart (E. S. Page, Biometrika 41 (1954) 100-115; NIST/SEMATECH e-Handbook 6.3.2.3), with the head start of J. M. Lucas and R. B. Crosier,
/// Technometrics 24 (1982) 199-205.
/// </summary>
/// <param name="Target">The value to hold.</param>
/// <param name="Allowance">k: half the shift that matters, in the unit of the values.</param>
/// <param name="Interval">h: the sum that signals.</param>
/// <param name="HeadStart">Where the sums begin; half of h finds at once what is already wrong at the start.</param>
public readonly record struct Cusum(double Target, double Allowance, double Interval, double HeadStart = 0)
{
    /// <summary>Sums over the values. The sums go on after a signal, as on paper; who acts on it begins a new chart.</summary>
    public IReadOnlyList<CusumPoint> Chart(ReadOnlySpan<double> values)
    {
        var chart = new List<CusumPoint>(values.Length);
        var (high, low) = (HeadStart, HeadStart);
        foreach (var value in values)
        {
            high = Math.Max(0, high + value - Target - Allowance);
            low = Math.Max(0, low + Target - Allowance - value);
            chart.Add(new(high, low, high > Interval || low > Interval));
        }

        return chart;
    }
}
