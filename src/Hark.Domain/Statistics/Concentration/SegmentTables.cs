namespace Hark.Domain.Statistics.Concentration;

/// <summary>
/// Sums of every segment of one and two conditions, by one pass over two columns at a time: a table of pairs stays in the processor's cache, which is what makes a
/// million rows quick.
/// </summary>
internal sealed class SegmentTables
{
    // With the code 0 for all others; 128 squared cells of 32 bytes are half a megabyte.
    private const int PairValues = 127;

    private readonly ConcentrationData _data;
    private readonly Cell[][] _singles;
    private readonly byte[]?[] _short;
    private readonly int[][] _long;
    private readonly Dictionary<(int, int), Cell[]> _pairs = [];

    private SegmentTables(ConcentrationData data)
    {
        _data = data;
        _singles = new Cell[data.Columns.Count][];
        _short = new byte[]?[data.Columns.Count];
        _long = new int[data.Columns.Count][];
    }

    /// <summary>The sums of all rows.</summary>
    public Cell All { get; private set; }

    /// <summary>Counts the rows that are not <paramref name="taken"/>. Pairs are made of the most frequent values of at least <paramref name="minimum"/> rows of places.</summary>
    public static SegmentTables Of(ConcentrationData data, bool[] taken, int minimum)
    {
        var tables = new SegmentTables(data);
        var strata = StrataOf(data, taken);
        for (var c = 0; c < data.Columns.Count; c++)
        {
            tables.CountSingles(c, strata, taken);
            if (data.Columns[c].Role == SegmentRole.Place) tables.Shorten(c, minimum);
        }

        tables.CountAll(strata, taken);
        for (var a = 0; a < data.Columns.Count; a++)
        {
            for (var b = a + 1; b < data.Columns.Count; b++) tables.CountPairs(a, b, strata, taken);
        }

        return tables;
    }

    public Cell Sums(Segment segment) => segment.Second is not { } second
        ? _singles[segment.First.Column][segment.First.Code]
        : _pairs.TryGetValue((segment.First.Column, second.Column), out var pairs)
            ? pairs[(Place(segment.First) * (PairValues + 1)) + Place(second)]
            : default;

    /// <summary>Every segment with at least so many rows and so many around it.</summary>
    public IEnumerable<Segment> Segments(int minimum)
    {
        for (var c = 0; c < _singles.Length; c++)
        {
            for (var v = 1; v < _singles[c].Length; v++)
            {
                if (Enough(_singles[c][v].Count)) yield return new(new(c, v), null);
            }
        }

        foreach (var ((a, b), cells) in _pairs)
        {
            for (var i = 0; i < cells.Length; i++)
            {
                var (first, second) = Math.DivRem(i, PairValues + 1);
                if (first > 0 && second > 0 && Enough(cells[i].Count)) yield return new(new(a, _long[a][first]), new SegmentCondition(b, _long[b][second]));
            }
        }

        bool Enough(int count) => count >= minimum && All.Count - count >= minimum;
    }

    private static Stratum[] StrataOf(ConcentrationData data, bool[] taken)
    {
        var (counts, sums, squares) = (new double[data.StrataCount], new double[data.StrataCount], new double[data.StrataCount]);
        for (var i = 0; i < data.Outcome.Length; i++)
        {
            if (taken[i]) continue;
            var s = data.Strata[i];
            counts[s]++;
            sums[s] += data.Outcome[i];
            squares[s] += (double)data.Outcome[i] * data.Outcome[i];
        }

        return [.. counts.Select((n, s) => n == 0 ? default : new Stratum(sums[s] / n, Math.Max(0, (squares[s] / n) - (sums[s] / n * sums[s] / n))))];
    }

    private void CountAll(Stratum[] strata, bool[] taken)
    {
        var all = default(Cell);
        for (var i = 0; i < taken.Length; i++)
        {
            if (!taken[i]) all.Add(_data.Outcome[i], strata[_data.Strata[i]]);
        }

        All = all;
    }

    private void CountSingles(int column, Stratum[] strata, bool[] taken)
    {
        var (codes, cells) = (_data.Columns[column].Codes, new Cell[_data.Columns[column].Values + 1]);
        for (var i = 0; i < codes.Length; i++)
        {
            if (!taken[i]) cells[codes[i]].Add(_data.Outcome[i], strata[_data.Strata[i]]);
        }

        _singles[column] = cells;
    }

    // Codes by frequency in one byte, 0 for values that are rare or not known.
    private void Shorten(int column, int minimum)
    {
        var cells = _singles[column];
        int[] frequent = [0, .. Enumerable.Range(1, cells.Length - 1).Where(v => cells[v].Count >= minimum).OrderByDescending(v => cells[v].Count).ThenBy(v => v).Take(PairValues)];
        _long[column] = frequent;
        if (frequent.Length == 1) return;
        var map = new byte[cells.Length];
        for (var i = 1; i < frequent.Length; i++) map[frequent[i]] = (byte)i;
        var codes = _data.Columns[column].Codes;
        var shortened = new byte[codes.Length];
        for (var i = 0; i < codes.Length; i++) shortened[i] = map[codes[i]];
        _short[column] = shortened;
    }

    private void CountPairs(int a, int b, Stratum[] strata, bool[] taken)
    {
        if (_short[a] is not { } first || _short[b] is not { } second) return;
        var cells = new Cell[(PairValues + 1) * (PairValues + 1)];
        var (outcome, stratum) = (_data.Outcome, _data.Strata);
        for (var i = 0; i < first.Length; i++)
        {
            if (taken[i] || first[i] == 0 || second[i] == 0) continue;
            cells[(first[i] * (PairValues + 1)) + second[i]].Add(outcome[i], strata[stratum[i]]);
        }

        _pairs[(a, b)] = cells;
    }

    private int Place(SegmentCondition condition) => Math.Max(0, Array.IndexOf(_long[condition.Column], condition.Code));
}
