namespace Hark.Domain.Statistics.Drivers;

/// <summary>Counts and sums of every column by unit.</summary>
internal sealed class GroupLevels(int groups, int columns)
{
    private readonly double[] _counts = new double[groups];
    private readonly double[] _sums = new double[groups * columns];

    public int Groups => groups;

    public void Add(int group, ReadOnlySpan<double> row)
    {
        _counts[group]++;
        for (var c = 0; c < columns; c++) _sums[(group * columns) + c] += row[c];
    }

    public void Add(GroupLevels other, double times)
    {
        for (var i = 0; i < _counts.Length; i++) _counts[i] += times * other._counts[i];
        for (var i = 0; i < _sums.Length; i++) _sums[i] += times * other._sums[i];
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Array.Clear(_sums);
    }

    public double Count(int group) => _counts[group];

    public double Mean(int group, int column) => _sums[(group * columns) + column] / _counts[group];
}
