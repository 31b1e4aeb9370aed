namespace Hark.Domain.Statistics;

/// <summary>One stratum of the customer base: how many answered and how many there are.</summary>
public readonly record struct StratumSize(string Name, double Answers, double Population);

/// <summary>Weights that make the answers look like the customer base.</summary>
/// <param name="ByStratum">The weight of an answer of each stratum; 1 on average over the answers.</param>
/// <param name="Collapsed">Strata without answers: nobody speaks for them, the others do.</param>
/// <param name="Capped">Strata whose weight was cut: they count for less than their part.</param>
public sealed record StratumWeights(IReadOnlyDictionary<string, double> ByStratum, IReadOnlyList<string> Collapsed, IReadOnlyList<string> Capped, Weights Total);

/// <summary>Weights answers to the customer base (D. Holt and T. M. F. Smith, Journal of the Royal Statistical Society A 142 (1979) 33-46).</summary>
public static class PostStratification
{
    /// <summary>Weights are kept within these bounds: beyond them a few answers would speak for too many.</summary>
    public const double LeastWeight = 0.3, MostWeight = 3;

    /// <summary>
    /// The weights N_h / n_h, scaled to a mean of 1 and cut to <paramref name="least"/> to <paramref name="most"/>. A stratum without a known population gets 1.
    /// </summary>
    public static StratumWeights Of(IReadOnlyCollection<StratumSize> strata, double least = LeastWeight, double most = MostWeight)
    {
        var answered = strata.Where(s => s.Answers > 0 && s.Population > 0).ToArray();
        var scale = answered.Sum(s => s.Answers) / answered.Sum(s => s.Population);
        var weights = strata.Where(s => s.Answers > 0).ToDictionary(
            s => s.Name,
            s => s.Population > 0 ? Math.Clamp(s.Population / s.Answers * scale, least, most) : 1,
            StringComparer.Ordinal);
        var capped = answered.Where(s => s.Population / s.Answers * scale is var w && (w < least || w > most)).Select(s => s.Name).ToArray();
        var (count, sum, squares) = (0.0, 0.0, 0.0);
        foreach (var stratum in strata.Where(s => s.Answers > 0))
        {
            var weight = weights[stratum.Name];
            count += stratum.Answers;
            sum += stratum.Answers * weight;
            squares += stratum.Answers * weight * weight;
        }

        return new(weights, [.. strata.Where(s => s.Answers == 0 && s.Population > 0).Select(s => s.Name)], capped, new(count, sum, squares));
    }

    /// <summary>
    /// The mean of a stratified sample with its standard error, with the correction for finite strata (W. G. Cochran, Sampling Techniques, 5.4). Null when a stratum has
    /// fewer than two answers.
    /// </summary>
    public static (double Mean, double StandardError)? Mean(IReadOnlyCollection<(double Population, Sample Sample)> strata)
    {
        var all = strata.Sum(s => s.Population);
        var (mean, variance) = (0.0, 0.0);
        foreach (var (population, sample) in strata)
        {
            if (sample.Variance is not { } spread) return null;
            var part = population / all;
            mean += part * sample.Mean;
            variance += part * part * (1 - (sample.Count / population)) * spread / sample.Count;
        }

        return (mean, Math.Sqrt(variance));
    }
}
