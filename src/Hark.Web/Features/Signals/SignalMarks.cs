using Hark.Data.Model;
using Hark.Domain.Signals;
using Hark.Web.Infrastructure.Localisation;

namespace Hark.Web.Features.Signals;

/// <summary>How a signal's rating and words are shown.</summary>
internal static class SignalMarks
{
    /// <summary>The rating as the customer gave it, in its band; the score where the scale is the source's own; null without one.</summary>
    public static (string Text, RatingBand Band)? Rating(Signal s, Texts t) =>
        s.RatingScale is { } scale && Domain.Signals.Rating.TryCreate(scale, s.RatingValue ?? double.NaN, s.RatingMin, s.RatingMax, out var rating, out _)
            ? (scale == RatingScale.Custom ? t.Number(rating.Score, 0) : t.Number(rating.Value, 0), rating.Band) : null;

    /// <summary>A value of a dimension in words; names that people gave stay as they are.</summary>
    public static string Name(Texts t, string dimension, string value) => dimension is "source" or "sku" or "location" or "q" or "contact" or "account" or "score_min" or "score_max" ? value : t.Name(dimension, value);
}
