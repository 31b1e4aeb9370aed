namespace Hark.Domain.Statistics.Concentration;

/// <summary>Whether a segment is higher than the rows around it, allowing for its strata.</summary>
internal static class CellTest
{
    /// <summary>
    /// One-sided p-value of the segment within <paramref name="around"/>, whose rows include it. Under the null hypothesis its rows are drawn from those around it
    /// without regard to the outcome: mean and variance of their sum are known. The tail of a share is taken from a Poisson variable scaled to that variance, which
    /// is exact for rare events and on the safe side for frequent ones; that of a mean from Student's t.
    /// </summary>
    public static double P(in Cell cell, in Cell around, bool share)
    {
        if (cell.Count >= around.Count) return 1;
        var expected = cell.Sum - cell.Above + (cell.Count * around.Above / around.Count);
        if (cell.Sum <= expected) return 1;
        var left = 1 - ((double)cell.Count / around.Count);
        return share ? ShareTail(cell, expected, left) : MeanTail(cell, expected, left);
    }

    /// <summary>How much better the data are explained by the segment being special: a log-likelihood ratio, comparable between segments.</summary>
    public static double Strength(in Cell cell, in Cell around, bool share)
    {
        var expected = cell.Sum - cell.Above + (cell.Count * around.Above / around.Count);
        if (!share)
        {
            var z = (cell.Sum - expected) / Math.Sqrt(Math.Max(1e-12, cell.Variance));
            return z * z / (1 - ((double)cell.Count / around.Count));
        }

        var (n, rest) = ((double)cell.Count, (double)around.Count - cell.Count);
        var outside = around.Sum - cell.Sum;
        var outsideExpected = around.Sum - expected;
        return 2 * (Part(cell.Sum, expected) + Part(n - cell.Sum, n - expected) + Part(outside, outsideExpected) + Part(rest - outside, rest - outsideExpected));
    }

    private static double Part(double seen, double expected) => seen > 0 && expected > 0 ? seen * Math.Log(seen / expected) : 0;

    private static double ShareTail(in Cell cell, double expected, double left)
    {
        if (!(expected > 0)) return 1;
        var scale = Math.Max(1e-3, (1 - (expected / cell.Count)) * left);
        var seen = ((cell.Sum - 0.5) / scale) + 0.5;
        return SpecialFunctions.LowerGamma(seen, expected / scale);
    }

    private static double MeanTail(in Cell cell, double expected, double left)
    {
        var variance = cell.Variance * left;
        return variance > 0 ? StudentT.TwoSidedP((cell.Sum - expected) / Math.Sqrt(variance), cell.Count - 1) / 2 : 1;
    }
}
