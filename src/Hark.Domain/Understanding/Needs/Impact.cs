using Hark.Domain.Routing;
using Hark.Domain.Signals;

namespace Hark.Domain.Understanding.Needs;

/// <summary>
/// How much a signal matters, 0 to 100: how negative it is (up to 50), that it is critical (20), that it reveals something (15), and what the account is worth a year (up to 15, on a
/// logarithmic scale that is full at a million). A rule of thumb to sort by, not a forecast.
/// </summary>
public static class Impact
{
    private const double OfNegative = 50, OfCritical = 20, OfReveal = 15, OfValue = 15, FullValue = 1_000_000;

    public static double Of(PreparedSignal signal, AccountFacts? account)
    {
        var negative = signal.Rating is { } rating ? 1 - (rating.ScoreMilli / 100_000.0) : Math.Max(0, -(signal.Sentiment?.Value ?? 0));
        var value = account?.AnnualValue is { } annual && annual > 0 ? Math.Min(1, Math.Log10(1 + (double)annual) / Math.Log10(FullValue)) : 0;
        return Math.Round((OfNegative * negative) + (signal.Severity == Severity.Critical ? OfCritical : 0) + (signal.Tags.Contains(RevealTag) ? OfReveal : 0) + (OfValue * value), 1);
    }

    /// <summary>The tag of a signal that reveals something that cannot wait.</summary>
    public const string RevealTag = "reveal";
}
