namespace Hark.Domain.Statistics;

/// <summary>
/// Which cells of a breakdown are hidden because too few people are behind them. Hiding a small cell is not enough when the total is known:
/// what is missing is the difference, so others are hidden with it (complementary suppression; L. Willenborg and T. de Waal, Elements of
/// Statistical Disclosure Control, 2001, ch. 1).
/// </summary>
public static class Suppression
{
    /// <summary>Fewest people behind a shown score (the minimum group of Microsoft Viva Insights); a workspace may raise it.</summary>
    public const int DefaultMinimum = 5;

    /// <summary>Fewest people behind shown verbatims.</summary>
    public const int DefaultVerbatimMinimum = 10;

    /// <summary>Whether a number over so many people stays hidden on its own. Nobody at all is an empty cell and not a hidden one.</summary>
    public static bool IsTooSmall(long n, int minimum = DefaultMinimum) => n > 0 && n < minimum;

    /// <summary>
    /// One breakdown: cells that add up to a total which can be asked for. Hides every cell with 0 &lt; n &lt; <paramref name="minimum"/>; then, while only
    /// one is hidden or all hidden ones together hold fewer people than the minimum, also the smallest of the others (the earlier of equals).
    /// Empty cells have nothing to hide and do not serve as cover.
    /// </summary>
    /// <param name="counts">People behind each cell, none negative.</param>
    /// <param name="minimum">Fewest people behind a shown cell.</param>
    /// <returns>One flag a cell, in the same order. The counts themselves may be shown, the values and intervals not.</returns>
    public static bool[] Hide(ReadOnlySpan<long> counts, int minimum = DefaultMinimum)
    {
        var hidden = new bool[counts.Length];
        HideMore(counts, hidden, minimum);
        return hidden;
    }

    /// <summary>The same, going on from cells that are hidden already for another reason: another total to which they add up.</summary>
    /// <returns>Whether any more were hidden.</returns>
    public static bool HideMore(ReadOnlySpan<long> counts, Span<bool> hidden, int minimum = DefaultMinimum)
    {
        long people = 0;
        var (cells, before) = (0, 0);
        for (var i = 0; i < counts.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(counts[i], nameof(counts));
            if (hidden[i]) before++;
            hidden[i] |= IsTooSmall(counts[i], minimum);
            if (!hidden[i]) continue;
            cells++;
            people += counts[i];
        }

        while (cells > 0 && (cells == 1 || people < minimum) && SmallestShown(counts, hidden) is { } next)
        {
            hidden[next] = true;
            cells++;
            people += counts[next];
        }

        return cells > before;
    }

    private static int? SmallestShown(ReadOnlySpan<long> counts, ReadOnlySpan<bool> hidden)
    {
        int? smallest = null;
        for (var i = 0; i < counts.Length; i++)
        {
            if (!hidden[i] && counts[i] > 0 && (smallest is not { } s || counts[i] < counts[s])) smallest = i;
        }

        return smallest;
    }
}
