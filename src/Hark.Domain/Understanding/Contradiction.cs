using Hark.Domain.Signals;

namespace Hark.Domain.Understanding;

/// <summary>A rating that the words contradict: somebody who took the scale the wrong way round, or an irony.</summary>
public static class Contradiction
{
    /// <summary>The tag of such a signal.</summary>
    public const string Tag = "contradictory";

    /// <summary>The words must be as sure as this.</summary>
    private const double SureEnough = 0.75;

    public static bool Is(RatingBand? rating, Sentiment words) => words.Confidence >= SureEnough
        && (rating, words.Label) is (RatingBand.Negative, SentimentLabel.Positive) or (RatingBand.Positive, SentimentLabel.Negative);
}
