using Hark.Data.Model;

namespace Hark.Data.Aggregates;

/// <summary>Compares cells number by number. Pure.</summary>
internal static class CellComparison
{
    private static readonly AggregateCell Nothing = new() { Dimension = "", Value = "" };

    /// <summary>Every number that differs; a cell that is not there counts as zeros, which is what it means.</summary>
    public static IEnumerable<CellDifference> Differences(IEnumerable<AggregateCell> expected, IEnumerable<AggregateCell> stored)
    {
        var known = stored.ToDictionary(Key);
        foreach (var cell in expected)
        {
            known.Remove(Key(cell), out var other);
            foreach (var difference in Compare(cell, cell, other ?? Nothing)) yield return difference;
        }
        foreach (var cell in known.Values)
            foreach (var difference in Compare(cell, Nothing, cell)) yield return difference;
    }

    private static (AggregateGrain, string, long, string) Key(AggregateCell cell) => (cell.Grain, cell.Dimension, cell.BucketAt.UtcTicks, cell.Value);

    private static IEnumerable<CellDifference> Compare(AggregateCell cell, AggregateCell expected, AggregateCell stored)
    {
        foreach (var column in Measures)
            if ((long)column.Get(expected)! is var should && (long)column.Get(stored)! is var has && should != has)
                yield return new(cell.Grain, cell.BucketAt, cell.Dimension, cell.Value, column.Name, should, has);
    }

    private static readonly Store.Column<AggregateCell>[] Measures = [.. AggregateColumns.All.Where(c => AggregateColumns.Measures.Contains(c.Name))];
}
