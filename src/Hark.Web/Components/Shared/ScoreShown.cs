using System.Globalization;
using Hark.Data.Model;
using Hark.Domain.Signals;

namespace Hark.Web.Components.Shared;

/// <summary>A rating as it is shown: as the customer gave it, in its band.</summary>
/// <param name="Of">The best of its scale.</param>
public sealed record ScoreShown(double Value, double Of, RatingBand Band)
{
    public string Text => Value.ToString("0.##", CultureInfo.InvariantCulture);

    public string TextOf => string.Create(CultureInfo.InvariantCulture, $"{Value:0.##} / {Of:0.##}");

    /// <summary>Null where the signal has no rating.</summary>
    public static ScoreShown? OfSignal(Signal? signal) => signal is { RatingScale: { } scale, RatingValue: { } value }
        && Rating.TryCreate(scale, value, signal.RatingMin, signal.RatingMax, out var rating, out _) ? new(rating.Value, rating.Max, rating.Band) : null;
}
