using Hark.Domain.Signals;

namespace Hark.Web.Features.Demo.Company;

/// <summary>How an experience is graded: mostly around a usual level, now and then after something went wrong.</summary>
/// <param name="Level">The usual level, 0 to 1 of any scale.</param>
/// <param name="Trouble">How often something goes wrong.</param>
internal readonly record struct Experience(double Level, double Trouble)
{
    private const double Spread = .13, AfterTrouble = .2;

    public RatingDraft Grade(Dice dice, string scale, double mood = 0)
    {
        var level = Math.Clamp(dice.Chance(Trouble) ? dice.Normal(AfterTrouble, Spread) : dice.Normal(Level + mood, Spread), 0, 1);
        return scale switch
        {
            "nps" => new(scale, Math.Round(10 * level)),
            "csat" or "stars" => new(scale, 1 + Math.Round(4 * level)),
            "ces" => new(scale, 1 + Math.Round(6 * level)),
            "thumbs" => new(scale, level < .5 ? 0 : 1),
            _ => throw new ArgumentOutOfRangeException(nameof(scale)),
        };
    }
}

internal static class Grades
{
    /// <summary>The side that words to this rating take.</summary>
    public static string Polarity(this RatingDraft rating) =>
        RatingScales.TryParse(rating.Scale, out var scale) && Rating.TryCreate(scale, rating.Value!.Value, rating.Min, rating.Max, out var checkedRating, out _)
            ? checkedRating.Band switch { RatingBand.Negative => Phrases.Negative, RatingBand.Neutral => Phrases.Neutral, RatingBand.Positive => Phrases.Positive }
            : throw new ArgumentException("The rating is none.", nameof(rating));
}
