using Hark.Data.Aggregates;
using Hark.Data.Signals;

namespace Hark.Data.Facts;

/// <summary>Those rows of a table that a question is about, newest first.</summary>
public sealed class FactSelection
{
    private readonly FactTable _table;
    private readonly int[] _rows;

    private FactSelection(FactTable table, int[] rows) => (_table, _rows) = (table, rows);

    public FactNames Names => _table.Names;
    public int Count => _rows.Length;

    /// <summary>What came in before was not looked at; null when all was.</summary>
    public DateTimeOffset? Since => _table.Since;

    /// <param name="filter">Only values and bounds of the score count here; words and persons were found before.</param>
    /// <param name="mostPerPerson">
    /// Newest signals of one person that count: somebody who posts a thousand times is still one person. Signals of nobody known all count.
    /// </param>
    public static FactSelection Of(FactTable table, SignalFilter filter, DateTimeOffset from, DateTimeOffset to, int mostPerPerson)
    {
        var wanted = Wanted(table.Names, filter);
        var (first, last) = (Seconds(from), Seconds(to));
        var perPerson = new Dictionary<int, int>();
        var rows = new List<int>();
        foreach (var (b, i) in NewestFirst(table))
        {
            var block = table.Blocks[b];
            if (block.Seconds[i] < first || block.Seconds[i] >= last || !Matches(block, i, filter, wanted)) continue;
            if (block.People[i] is not 0 and var person)
            {
                var before = perPerson.GetValueOrDefault(person);
                if (before == mostPerPerson) continue;
                perPerson[person] = before + 1;
            }

            rows.Add((b * FactBlock.Rows) + i);
        }

        return new(table, [.. rows]);
    }

    /// <summary>Only the rows for which <paramref name="keep"/> holds.</summary>
    public FactSelection Where(Func<FactBlock, int, bool> keep) => new(_table, [.. _rows.Where(r => keep(_table.Blocks[r / FactBlock.Rows], r % FactBlock.Rows))]);

    /// <summary>One value for each row.</summary>
    public T[] Select<T>(Func<FactBlock, int, T> value)
    {
        var values = new T[_rows.Length];
        for (var i = 0; i < values.Length; i++) values[i] = value(_table.Blocks[_rows[i] / FactBlock.Rows], _rows[i] % FactBlock.Rows);
        return values;
    }

    /// <summary>The codes of one dimension.</summary>
    public ushort[] Codes(string dimension)
    {
        var place = Place(dimension);
        return Select((block, i) => block.Codes[place][i]);
    }

    public static int Place(string dimension) => Dimensions.Names.ToList().IndexOf(dimension);

    private static IEnumerable<(int Block, int Row)> NewestFirst(FactTable table)
    {
        for (var k = 0; k < table.Blocks.Count; k++)
        {
            var b = table.NewestFirst ? k : table.Blocks.Count - 1 - k;
            var count = table.Blocks[b].Count;
            for (var i = 0; i < count; i++) yield return (b, table.NewestFirst ? i : count - 1 - i);
        }
    }

    private static List<(int Place, bool[] Codes)> Wanted(FactNames names, SignalFilter filter)
    {
        var wanted = new List<(int, bool[])>();
        foreach (var (dimension, values) in filter.Values)
        {
            var place = Place(dimension);
            wanted.Add((place, names.CodesOf(place, values)));
        }

        return wanted;
    }

    private static bool Matches(FactBlock block, int i, SignalFilter filter, List<(int Place, bool[] Codes)> wanted)
    {
        foreach (var (place, codes) in wanted)
        {
            if (!codes[block.Codes[place][i]]) return false;
        }

        if (filter.ScoreMin is { } min && block.Scores[i] < min) return false;
        return filter.ScoreMax is not { } max || (block.Scores[i] >= 0 && block.Scores[i] <= max);
    }

    private static int Seconds(DateTimeOffset time) => (int)Math.Clamp(Math.Ceiling((time - FactBlock.Epoch).TotalSeconds), 0, int.MaxValue);
}
