using Hark.Data.Facts;

namespace Hark.Data.Insight;

/// <summary>The units of which the best quartile is asked: places where most answers have one, else weeks.</summary>
internal static class DriverUnits
{
    private const int SecondsOfWeek = 7 * 86_400, FewestUnits = 4;

    /// <summary>The unit's name and the number of each row's unit, -1 for none.</summary>
    public static (string Unit, int[] Groups, int Count) Of(FactSelection rows, string? asked)
    {
        if (asked is not null) return Read(rows, asked);
        foreach (var unit in DriverQuestion.Units)
        {
            var (_, groups, count) = Read(rows, unit);
            if (count >= FewestUnits && groups.Count(g => g >= 0) * 2 >= groups.Length) return (unit, groups, count);
        }

        return Read(rows, DriverQuestion.Week);
    }

    private static (string Unit, int[] Groups, int Count) Read(FactSelection rows, string unit)
    {
        var raw = unit == DriverQuestion.Week
            ? rows.Select((b, i) => (b.Seconds[i] / SecondsOfWeek) + 1)
            : Array.ConvertAll(rows.Codes(unit), c => (int)c);
        var numbers = new Dictionary<int, int>();
        var groups = Array.ConvertAll(raw, r =>
        {
            if (r == 0) return -1;
            if (!numbers.TryGetValue(r, out var number)) numbers[r] = number = numbers.Count;
            return number;
        });
        return (unit, groups, numbers.Count);
    }
}
