using Hark.Data.Aggregates;
using Hark.Data.Facts;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Statistics.Drivers;
using Hark.Domain.Understanding.Topics;

namespace Hark.Data.Insight;

/// <summary>The possible drivers that a selection has, as columns; those of which most is known first, as many as can be shared out exactly.</summary>
internal static class DriverColumns
{
    /// <summary>An attribute is a driver when so many answers have it; where it is not known, its mean stands for it.</summary>
    private const double FewestKnown = 0.8;

    public static IReadOnlyList<DriverColumn> Of(FactSelection rows, DriverQuestion question)
    {
        var columns = new List<DriverColumn>();
        if (question.By.Contains(DriverGroup.Topic)) columns.AddRange(Mentions(rows, Dimensions.Topic, question.MinimumCount, NegativeComment(rows.Names)));
        if (question.By.Contains(DriverGroup.Issue)) columns.AddRange(Mentions(rows, Dimensions.Issue, question.MinimumCount, (_, _) => true));
        var mentioned = columns.OrderByDescending(c => c.Values.Sum()).Take(ShapleyShares.MostPredictors).ToList();
        if (question.By.Contains(DriverGroup.Attribute)) mentioned.AddRange(Attributes(rows).Take(ShapleyShares.MostPredictors - mentioned.Count));
        return mentioned;
    }

    /// <summary>What a comment says against something: by its words where they were understood, else by the signal.</summary>
    internal static Func<FactBlock, int, bool> NegativeComment(FactNames names)
    {
        var place = FactSelection.Place(Dimensions.Sentiment);
        var negative = names.Values[place].Find(EnumNames<SentimentLabel>.Of(SentimentLabel.Negative));
        return (block, i) => block.Codes[place][i] is 0 ? block.Negatives[i] == 1 : block.Codes[place][i] == negative;
    }

    private static IEnumerable<DriverColumn> Mentions(FactSelection rows, string dimension, int minimum, Func<FactBlock, int, bool> counts)
    {
        var place = FactSelection.Place(dimension);
        var codes = rows.Select((b, i) => counts(b, i) ? b.Codes[place][i] : (ushort)0);
        var values = codes.Where(c => c is not (0 or FactCodes.Other)).Distinct().SelectMany(c => Values(rows.Names, place, c)).Distinct(StringComparer.Ordinal)
            .Where(v => v != Taxonomy.NotUnderstood).Order(StringComparer.Ordinal).ToArray();
        foreach (var value in values)
        {
            var wanted = rows.Names.CodesOf(place, [value]);
            var column = Array.ConvertAll(codes, c => wanted[c] ? 1f : 0f);
            if (column.Sum() >= minimum) yield return new(value, DriverKind.Mention, column);
        }
    }

    private static IReadOnlyList<string> Values(FactNames names, int place, ushort code) =>
        FactBlock.Dimensions[place].HasSeveral ? names.Set(place, code) : [names.Values[place].Value(code)!];

    private static IEnumerable<DriverColumn> Attributes(FactSelection rows)
    {
        foreach (var (name, place) in rows.Names.Attributes.Select((n, i) => (n, i)))
        {
            var truth = rows.Names.AttributeValues(place).Find(FactRow.True);
            var values = rows.Select((b, i) => b.Numbers[place] is { } numbers && !float.IsNaN(numbers[i]) ? numbers[i] : Truth(b.Texts[place], i, rows.Names.AttributeValues(place), truth));
            var known = values.Where(v => !float.IsNaN(v)).ToArray();
            if (known.Length < FewestKnown * values.Length || known.Length == 0) continue;
            var mean = known.Average();
            yield return new(name, DriverKind.Level, Array.ConvertAll(values, v => float.IsNaN(v) ? mean : v));
        }
    }

    private static float Truth(ushort[]? texts, int row, FactCodes values, ushort? truth)
    {
        if (texts is null || texts[row] == 0) return float.NaN;
        if (texts[row] == truth) return 1;
        return texts[row] == values.Find(FactRow.False) ? 0 : float.NaN;
    }
}
