namespace Hark.Domain.Statistics.Quality;

/// <summary>What one kind of signal (direct, indirect, inferred) says about one unit.</summary>
/// <param name="Weight">How much the kind counts, as declared; any scale.</param>
/// <param name="Own">The scores (0 to 100) of the unit; null when it has none of this kind.</param>
/// <param name="Whole">The scores of the same kind in the whole workspace: what is expected of a unit of which little is known.</param>
public readonly record struct QualityPart(string Kind, double Weight, Sample? Own, Sample Whole);

/// <summary>A kind's score within an index.</summary>
/// <param name="Share">Its weight among the kinds that were heard, adding up to 1.</param>
/// <param name="Score">Drawn towards the whole for small counts.</param>
public readonly record struct QualityScore(string Kind, double Share, double Score, double Raw, long Count);

/// <summary>The index of a unit, 0 to 100, with its interval and what it is made of.</summary>
public sealed record QualityValue(Estimate Index, IReadOnlyList<QualityScore> Parts);

/// <summary>
/// The experience quality index: what customers say, what they do and what that implies, in one number. Each kind's mean is drawn towards the workspace's as if
/// <see cref="PriorAnswers"/> further signals had been average, so that three angry answers do not make a store the worst.
/// </summary>
public static class QualityIndex
{
    /// <summary>Signals' worth of belief in the workspace's mean.</summary>
    public const double PriorAnswers = 20;

    /// <summary>Null when no kind was heard.</summary>
    public static QualityValue? Of(IReadOnlyCollection<QualityPart> parts, double confidence = 0.95)
    {
        var heard = parts.Where(p => p is { Own.Count: > 0, Weight: > 0 }).ToArray();
        if (heard.Length == 0) return null;
        var total = heard.Sum(p => p.Weight);
        var (index, variance) = (0.0, 0.0);
        var scores = new List<QualityScore>();
        foreach (var part in heard)
        {
            var (own, share) = (part.Own!.Value, part.Weight / total);
            var score = ((own.Count * own.Mean) + (PriorAnswers * part.Whole.Mean)) / (own.Count + PriorAnswers);
            scores.Add(new(part.Kind, share, score, own.Mean, (long)own.Count));
            index += share * score;
            variance += share * share * (part.Whole.Variance ?? own.Variance ?? 0) / (own.Count + PriorAnswers);
        }

        var half = Normal.TwoSided(confidence) * Math.Sqrt(variance);
        return new(new Estimate(index, index - half, index + half).Clamp(0, 100), scores);
    }
}
