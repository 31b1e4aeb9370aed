using System.Globalization;

namespace Hark.Domain.Signals;

/// <summary>
/// One checked rating. Made only by <see cref="TryCreate"/>; making and reading one allocates nothing (a refusal builds its reason).
/// </summary>
public readonly record struct Rating
{
    /// <summary>Milli-points in a whole score of 100.</summary>
    public const int FullScoreMilli = 100_000;

    /// <summary>Bounds of a custom scale stay within this magnitude, so that their distance and the score are exact enough.</summary>
    public const double MaxBound = 1e9;

    private const int CustomNegativeBelowMilli = 40_000;
    private const int CustomPositiveAboveMilli = 60_000;

    private Rating(RatingScale scale, double value, double min, double max)
    {
        Scale = scale;
        Value = value;
        Min = min;
        Max = max;
    }

    public RatingScale Scale { get; }

    /// <summary>As given, between <see cref="Min"/> and <see cref="Max"/>; a whole number on every scale but custom.</summary>
    public double Value { get; }

    public double Min { get; }

    public double Max { get; }

    /// <summary>
    /// The score in thousandths of a point, 0 to 100,000: linear from <see cref="Min"/> to <see cref="Max"/>, halves rounded up. It is what
    /// is stored and summed, because sums of integers do not depend on their order.
    /// </summary>
    public int ScoreMilli => (int)Math.Round((Value - Min) / (Max - Min) * FullScoreMilli, MidpointRounding.AwayFromZero);

    /// <summary>The score 0 to 100, comparable across scales, to a thousandth of a point: <see cref="ScoreMilli"/> / 1000.</summary>
    public double Score => ScoreMilli / 1000.0;

    /// <summary>
    /// nps 0-6 / 7-8 / 9-10 (Reichheld, HBR 2003); csat and stars 1-2 / 3 / 4-5; ces 1-3 / 4 / 5-7; thumbs 0 / - / 1; custom by score:
    /// under 40 negative, over 60 positive.
    /// </summary>
    public RatingBand Band => Scale switch
    {
        RatingScale.Nps => BandOf(Value, 7, 8),
        RatingScale.Csat or RatingScale.Stars => BandOf(Value, 3, 3),
        RatingScale.Ces => BandOf(Value, 4, 4),
        RatingScale.Thumbs => Value == 0 ? RatingBand.Negative : RatingBand.Positive,
        RatingScale.Custom => BandOf(ScoreMilli, CustomNegativeBelowMilli, CustomPositiveAboveMilli),
    };

    /// <summary>
    /// Checks a rating. <paramref name="min"/> and <paramref name="max"/> are required on a custom scale and, when given on a fixed one,
    /// must be its own. On false, <paramref name="problem"/> names the field ("scale", "value", "min" or "max") and says how to mend it.
    /// </summary>
    public static bool TryCreate(
        RatingScale scale, double value, double? min, double? max, out Rating rating, out (string Field, string Reason) problem)
    {
        rating = default;
        if (scale is < RatingScale.Nps or > RatingScale.Custom)
        {
            problem = ("scale", $"must be one of {RatingScales.Names}");
            return false;
        }

        if (!TryBounds(scale, min, max, out var low, out var high, out problem)) return false;
        if (!double.IsFinite(value) || value < low || value > high)
        {
            problem = ("value", Text($"must be a number from {low} to {high} on the {scale.Name()} scale"));
            return false;
        }

        if (scale != RatingScale.Custom && value != Math.Floor(value))
        {
            problem = ("value", Text($"must be a whole number from {low} to {high} on the {scale.Name()} scale"));
            return false;
        }

        // Adding zero turns -0 into 0, so that equal ratings are written alike.
        rating = new Rating(scale, value + 0.0, low, high);
        return true;
    }

    private static bool TryBounds(
        RatingScale scale, double? min, double? max, out double low, out double high, out (string Field, string Reason) problem)
    {
        problem = default;
        if (scale.Bounds() is { } bounds)
        {
            (low, high) = bounds;
            if (min is { } a && a != low) problem = ("min", Text($"must be {low} or left out on the {scale.Name()} scale"));
            else if (max is { } b && b != high) problem = ("max", Text($"must be {high} or left out on the {scale.Name()} scale"));
            return problem.Field is null;
        }

        (low, high) = (min ?? double.NaN, max ?? double.NaN);
        if (!(Math.Abs(low) <= MaxBound)) problem = ("min", Text($"a custom scale needs a min between {-MaxBound} and {MaxBound}"));
        else if (!(Math.Abs(high) <= MaxBound)) problem = ("max", Text($"a custom scale needs a max between {-MaxBound} and {MaxBound}"));
        else if (!(low < high)) problem = ("max", "must be greater than min");
        (low, high) = (low + 0.0, high + 0.0);
        return problem.Field is null;
    }

    private static RatingBand BandOf(double value, double neutralFrom, double neutralTo) =>
        value < neutralFrom ? RatingBand.Negative : value > neutralTo ? RatingBand.Positive : RatingBand.Neutral;

    private static string Text(FormattableString reason) => reason.ToString(CultureInfo.InvariantCulture);
}
