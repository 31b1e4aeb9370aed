using System.Globalization;

namespace Hark.Data.Insight;

/// <summary>A number in bands: its own values where there are few, else four with about as many rows each.</summary>
internal sealed class NumberBands
{
    private const int FewValues = 5;
    private readonly float[] _from;
    private readonly float _highest;
    private readonly bool _single;

    private NumberBands(float[] from, float highest, bool single) => (_from, _highest, _single) = (from, highest, single);

    public int Count => _from.Length;

    /// <summary>Null where all rows have one number, or none.</summary>
    public static NumberBands? Of(float[] numbers)
    {
        var sorted = numbers.Where(n => !float.IsNaN(n)).Order().ToArray();
        if (sorted.Length == 0 || sorted[0] == sorted[^1]) return null;
        var values = sorted.Distinct().Take(FewValues + 1).ToArray();
        if (values.Length <= FewValues) return new(values, sorted[^1], true);
        return new([.. Enumerable.Range(0, 4).Select(q => sorted[sorted.Length * q / 4]).Distinct()], sorted[^1], false);
    }

    public ushort[] Codes(float[] numbers) => Array.ConvertAll(numbers, n => float.IsNaN(n) ? (ushort)0 : Code(n));

    public string Name(int code)
    {
        var culture = CultureInfo.InvariantCulture;
        if (_single) return _from[code - 1].ToString(culture);
        return code == _from.Length
            ? string.Create(culture, $"{_from[code - 1]}–{_highest}")
            : string.Create(culture, $"{_from[code - 1]}–<{_from[code]}");
    }

    private ushort Code(float number)
    {
        var place = Array.BinarySearch(_from, number);
        return (ushort)(place < 0 ? ~place : place + 1);
    }
}
