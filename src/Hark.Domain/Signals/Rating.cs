namespace Hark.Domain.Signals;

public enum RatingScale { Nps, Csat, Ces, Stars, Thumbs, Custom }
public enum RatingBand { Negative, Neutral, Positive }
public readonly record struct Rating(RatingScale Scale, double Value, double Min, double Max)
{
    public int ScoreMilli => (int)Math.Round((Value - Min) / (Max - Min) * 100_000);
    public RatingBand Band => ScoreMilli < 40_000 ? RatingBand.Negative : ScoreMilli > 60_000 ? RatingBand.Positive : RatingBand.Neutral;
}
