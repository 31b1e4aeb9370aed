using Hark.Data.Aggregates;
using Hark.Data.Facts;
using Hark.Domain.Common;
using Hark.Domain.Insight;
using Hark.Domain.Signals;
using Hark.Domain.Statistics;
using Hark.Domain.Statistics.Quality;

namespace Hark.Data.Insight;

/// <summary>Scores by unit and kind of signal: the rating where there is one, else 0 for a negative and 100 for another experience.</summary>
internal sealed class QualitySums
{
    private static readonly string[] Kinds = [.. EnumNames<SignalKind>.All];
    private readonly Dictionary<(string Unit, string Kind), Moments> _units = [];
    private readonly Dictionary<string, Moments> _whole = new(StringComparer.Ordinal);

    public IEnumerable<string> Units => _units.Keys.Select(k => k.Unit).Distinct(StringComparer.Ordinal);

    /// <param name="unitOf">Null for a signal of no unit, which still tells of the whole.</param>
    public static QualitySums Of(FactSelection rows, Func<FactBlock, int, string?> unitOf)
    {
        var (sums, place) = (new QualitySums(), FactSelection.Place(Dimensions.Kind));
        var scored = rows.Select((block, i) => (Unit: unitOf(block, i), Kind: rows.Names.Values[place].Value(block.Codes[place][i]) ?? "", Score: Score(block, i)));
        foreach (var (unit, kind, score) in scored)
        {
            if (score < 0) continue;
            sums._whole[kind] = sums._whole.GetValueOrDefault(kind).Add(score);
            if (unit is not null) sums._units[(unit, kind)] = sums._units.GetValueOrDefault((unit, kind)).Add(score);
        }

        return sums;
    }

    public long Count(string unit) => Kinds.Sum(k => _units.GetValueOrDefault((unit, k)).Count);

    /// <summary>Null under <paramref name="minimum"/> signals.</summary>
    public QualityValue? Value(string unit, QualityWeights weights, int minimum)
    {
        if (Count(unit) < Math.Max(1, minimum)) return null;
        var parts = Kinds.Where(k => _whole.ContainsKey(k)).Select(kind => new QualityPart(
            kind, Weight(weights, kind), _units.TryGetValue((unit, kind), out var own) ? Sample(own) : null, Sample(_whole[kind])));
        return QualityIndex.Of([.. parts]);
    }

    private static double Weight(QualityWeights weights, string kind) => EnumNames<SignalKind>.Parse(kind) switch
    {
        SignalKind.Direct => weights.Direct,
        SignalKind.Indirect => weights.Indirect,
        SignalKind.Inferred => weights.Inferred,
    };

    private static Sample Sample(Moments m) => new(m.Count, m.Mean!.Value / 1000, m.Variance / 1e6);

    private static int Score(FactBlock block, int row) =>
        block.Scores[row] >= 0 ? block.Scores[row] : block.Negatives[row] switch { 1 => 0, 0 => Rating.FullScoreMilli, _ => -1 };
}
