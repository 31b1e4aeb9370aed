using Hark.Data.Aggregates;
using Hark.Data.Facts;
using Hark.Domain.Statistics.Concentration;

namespace Hark.Data.Insight;

/// <summary>A column of a search with what its codes mean.</summary>
/// <param name="Attribute">Whether it is an attribute of the sources rather than one of the dimensions.</param>
/// <param name="Names">The value of each code.</param>
public sealed record NamedColumn(SegmentColumn Column, bool Attribute, Func<int, string> Names);

/// <summary>The columns by which rows can be told apart: dimensions, and attributes in values or bands.</summary>
public static class FactColumns
{
    /// <summary>Where a signal was heard, which decides what was asked there.</summary>
    public static IReadOnlyList<string> Listening { get; } = [Dimensions.Source, Dimensions.Channel, Dimensions.Touchpoint, Dimensions.Kind];

    /// <summary>Whom and what a signal is about.</summary>
    public static IReadOnlyList<string> About { get; } = [Dimensions.Location, Dimensions.Sku, Dimensions.Cohort, Dimensions.Persona, Dimensions.Language, Dimensions.Segment];

    /// <summary>Attributes at most, those that most rows have.</summary>
    private const int MostAttributes = 10;

    /// <summary>An attribute with more values than this names single things.</summary>
    private const int MostValues = 2_000;

    public static NamedColumn Of(FactSelection rows, string dimension)
    {
        var place = FactSelection.Place(dimension);
        var values = rows.Names.Values[place];
        var several = FactBlock.Dimensions[place].HasSeveral;
        return new(new(dimension, SegmentRole.Place, rows.Codes(dimension), Highest(values)), false,
            code => several ? string.Join(", ", rows.Names.Set(place, (ushort)code)) : values.Value((ushort)code) ?? "");
    }

    public static IReadOnlyList<NamedColumn> Attributes(FactSelection rows)
    {
        var columns = new List<(NamedColumn Column, int Known)>();
        foreach (var (name, place) in rows.Names.Attributes.Select((n, i) => (n, i)))
        {
            if (TextColumn(rows, name, place) is { } text) columns.Add((text, text.Column.Codes.Count(c => c != 0)));
            if (NumberColumn(rows, name, place) is { } number) columns.Add((number, number.Column.Codes.Count(c => c != 0)));
        }

        return [.. columns.OrderByDescending(c => c.Known).ThenBy(c => c.Column.Column.Name, StringComparer.Ordinal).Take(MostAttributes).Select(c => c.Column)];
    }

    private static int Highest(FactCodes values) => values.Count + 1 >= FactCodes.Other ? FactCodes.Other : values.Count;

    private static NamedColumn? TextColumn(FactSelection rows, string name, int place)
    {
        var values = rows.Names.AttributeValues(place);
        if (values.Count is 0 or > MostValues) return null;
        var codes = rows.Select((block, i) => block.Texts[place] is { } texts ? texts[i] : (ushort)0);
        if (Array.TrueForAll(codes, c => c == 0)) return null;
        var truths = Enumerable.Range(1, values.Count).All(c => values.Value((ushort)c) is FactRow.True or FactRow.False);
        return new(new(name, truths ? SegmentRole.Band : SegmentRole.Place, codes, values.Count), true, code => values.Value((ushort)code) ?? "");
    }

    private static NamedColumn? NumberColumn(FactSelection rows, string name, int place)
    {
        var numbers = rows.Select((block, i) => block.Numbers[place] is { } column ? column[i] : float.NaN);
        var bands = NumberBands.Of(numbers);
        return bands is null ? null : new(new(name, SegmentRole.Band, bands.Codes(numbers), bands.Count), true, bands.Name);
    }
}
