namespace Hark.Domain.Signals;

/// <summary>
/// The three groups every scale is read in: detractors, passives and promoters of an NPS, and the same idea elsewhere.
/// On csat and stars the positive band is the top-2-box, on ces the top-3-box.
/// </summary>
public enum RatingBand
{
    Negative,
    Neutral,
    Positive,
}
