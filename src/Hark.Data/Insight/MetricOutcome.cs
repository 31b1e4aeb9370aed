using Hark.Data.Facts;
using Hark.Domain.Signals;
using Hark.Domain.Statistics;

namespace Hark.Data.Insight;

/// <summary>A metric as the outcome of a search, which looks for what is high: what is worse when low is taken with a minus.</summary>
internal sealed record MetricOutcome(bool IsShare, int Sign, Func<FactBlock, int, bool> Known, Func<FactSelection, Func<FactBlock, int, float>> Value)
{
    public static MetricOutcome Of(ConcentrationQuestion question) => question.Metric switch
    {
        ConcentrationMetric.NegativeRate => new(true, 1, (b, i) => b.Negatives[i] >= 0, _ => (b, i) => b.Negatives[i]),
        ConcentrationMetric.Share => new(true, 1, (_, _) => true, rows => Counted(rows, question)),
        ConcentrationMetric.NegativeShare => new(true, 1, (_, _) => true, rows => Against(Counted(rows, question), DriverColumns.NegativeComment(rows.Names))),
        ConcentrationMetric.Nps => new(false, -1, (b, i) => b.Scales[i] == (byte)RatingScale.Nps, _ => (b, i) => -Ratings.Nps(b.Ratings[i])),
        ConcentrationMetric.Csat => new(false, -1, (b, i) => b.Scales[i] == (byte)RatingScale.Csat, _ => (b, i) => -Ratings.Csat(b.Ratings[i])),
        ConcentrationMetric.Score => new(false, -1, (b, i) => b.Scores[i] >= 0, _ => (b, i) => -b.Scores[i] / 1000f),
    };

    /// <summary>The interval in the unit of the metric, its ends in order.</summary>
    public Estimate Shown(Estimate searched) => Sign > 0 ? searched : new(-searched.Value, -searched.High, -searched.Low);

    private static Func<FactBlock, int, float> Against(Func<FactBlock, int, float> counted, Func<FactBlock, int, bool> negative) => (block, i) => negative(block, i) ? counted(block, i) : 0;

    private static Func<FactBlock, int, float> Counted(FactSelection rows, ConcentrationQuestion question)
    {
        var wanted = question.Outcome.Values.Select(v => (Place: FactSelection.Place(v.Key), Codes: rows.Names.CodesOf(FactSelection.Place(v.Key), v.Value))).ToArray();
        return (block, i) => Array.TrueForAll(wanted, w => w.Codes[block.Codes[w.Place][i]]) ? 1 : 0;
    }
}

/// <summary>Ratings in points of 100.</summary>
internal static class Ratings
{
    public static float Nps(float rating) => rating >= 9 ? 100 : rating <= 6 ? -100 : 0;

    public static float Csat(float rating) => rating >= 4 ? 100 : 0;
}
