using Hark.Domain.Statistics.Numerics;

namespace Hark.Domain.Statistics.Drivers;

/// <summary>
/// The answers dealt into at most <see cref="MostBlocks"/> random blocks, each with its sums. Drawing blocks instead of answers gives the same standard errors
/// (random groups: K. M. Wolter, Introduction to Variance Estimation, ch. 2), and with fewer answers than that every block is one answer: the plain bootstrap.
/// </summary>
internal sealed class DriverSample
{
    public const int MostBlocks = 400;

    private DriverSample(double[] centres, CrossProducts total, CrossProducts[] blocks, GroupLevels levels, GroupLevels[] blockLevels)
    {
        Centres = centres;
        Total = total;
        Blocks = blocks;
        Levels = levels;
        BlockLevels = blockLevels;
    }

    /// <summary>Means of the columns, the target's last; sums are taken about them so that large values keep their digits.</summary>
    public double[] Centres { get; }
    public CrossProducts Total { get; }
    public CrossProducts[] Blocks { get; }
    public GroupLevels Levels { get; }
    public GroupLevels[] BlockLevels { get; }

    public static DriverSample Of(DriverData data)
    {
        var (rows, columns) = (data.Target.Length, data.Columns.Count + 1);
        var values = data.Columns.Select(c => c.Values).Append(data.Target).ToArray();
        var centres = values.Select(Mean).ToArray();
        var count = Math.Min(rows, MostBlocks);
        var blocks = Make(count, () => new CrossProducts(columns));
        var levels = Make(count, () => new GroupLevels(data.GroupCount, columns - 1));
        var row = new double[columns];
        var order = Deal(rows, count);
        for (var i = 0; i < rows; i++)
        {
            for (var c = 0; c < columns; c++) row[c] = values[c][i] - centres[c];
            blocks[order[i]].Add(row);
            if (data.Groups[i] >= 0) levels[order[i]].Add(data.Groups[i], row);
        }

        var (total, allLevels) = (new CrossProducts(columns), new GroupLevels(data.GroupCount, columns - 1));
        foreach (var block in blocks) total.Add(block, 1);
        foreach (var level in levels) allLevels.Add(level, 1);
        return new(centres, total, blocks, allLevels, levels);
    }

    private static T[] Make<T>(int count, Func<T> make) => [.. Enumerable.Range(0, count).Select(_ => make())];

    private static double Mean(float[] values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return values.Length == 0 ? 0 : sum / values.Length;
    }

    private static int[] Deal(int rows, int blocks)
    {
        var order = new int[rows];
        var draws = new SeededDraws(20_000);
        for (var i = 0; i < rows; i++)
        {
            var j = draws.Next(i + 1);
            order[i] = order[j];
            order[j] = i % blocks;
        }

        return order;
    }
}
