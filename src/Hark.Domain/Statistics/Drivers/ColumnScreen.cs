using Hark.Domain.Statistics.Numerics;

namespace Hark.Domain.Statistics.Drivers;

/// <summary>Tells which columns can be used together.</summary>
internal static class ColumnScreen
{
    /// <summary>The columns to keep, in order; one that is constant, or nothing but a sum of those kept before it, is left out with the reason.</summary>
    public static (int[] Kept, IReadOnlyList<LeftOutColumn> LeftOut) Of(CrossProducts total, IReadOnlyList<DriverColumn> columns)
    {
        var kept = new List<int>();
        var left = new List<LeftOutColumn>();
        for (var c = 0; c < columns.Count; c++)
        {
            if (!(total.Count > 0 && total.Covariance(c, c) > 0)) left.Add(new(columns[c].Name, LeftOutReason.Constant));
            else if (IsSumOf(total, [.. kept], c)) left.Add(new(columns[c].Name, LeftOutReason.Collinear));
            else kept.Add(c);
        }

        return ([.. kept], left);
    }

    private static bool IsSumOf(CrossProducts total, int[] kept, int column)
    {
        int[] with = [.. kept, column];
        var (predictors, target) = total.Correlations(with);
        return SymmetricMatrix.Solve(predictors, target) is null;
    }
}
