using Hark.Data.Model;
using Hark.Domain.Signals;

namespace Hark.Data.Tests.Metrics;

/// <summary>Signals of every kind, from a seed: ratings on all scales, values missing here and there, several topics, tags and segments.</summary>
public sealed class RandomSignals(SignalStore store, int seed)
{
    private readonly Random _random = new(seed);

    public Signal Next(DateTimeOffset from, DateTimeOffset to)
    {
        var signal = store.NewSignal(Between(from, to), Pick(Channel.Web, Channel.Email, Channel.Store));
        Fill(signal);
        return signal;
    }

    /// <summary>The same signal as the source might send it again: any part may have changed, the time too.</summary>
    public Signal Changed(Signal before, DateTimeOffset from, DateTimeOffset to)
    {
        var signal = store.NewSignal(Chance(0.5) ? before.OccurredAt : Between(from, to), before.Channel);
        (signal.SignalId, signal.DedupeKey, signal.Revision) = (before.SignalId, before.DedupeKey, before.Revision + 1);
        Fill(signal);
        return signal;
    }

    /// <summary>Often at the border of an hour, where mistakes live.</summary>
    public DateTimeOffset Between(DateTimeOffset from, DateTimeOffset to)
    {
        var at = from.AddTicks(_random.NextInt64(0, (to - from).Ticks / TimeSpan.TicksPerMillisecond) * TimeSpan.TicksPerMillisecond);
        return Chance(0.3) ? new DateTimeOffset(at.Ticks - (at.Ticks % (TimeSpan.TicksPerHour / 2)), TimeSpan.Zero) : at;
    }

    public T Pick<T>(params T[] values) => values[_random.Next(values.Length)];

    public bool Chance(double share) => _random.NextDouble() < share;

    private void Fill(Signal s)
    {
        s.SourceId = Pick(store.Web, store.Shop).SourceId;
        s.Kind = Pick(SignalKind.Direct, SignalKind.Indirect);
        s.Severity = Chance(0.1) ? Severity.Critical : Severity.Routine;
        s.SentimentLabel = Pick<SentimentLabel?>(null, SentimentLabel.Negative, SentimentLabel.Positive, SentimentLabel.Unknown);
        (s.Touchpoint, s.Language) = (Pick(null, "checkout", "delivery", "all"), Pick(null, "cs", "fa"));
        (s.Cohort, s.Location, s.Sku) = (Pick(null, "new", "active"), Pick(null, "store-1", "store,2"), Pick(null, "K-1"));
        (s.Issue, s.Persona) = (Pick(null, "late"), Pick(null, "user"));
        s.HasText = Chance(0.4);
        s.Topics = SignalJson.Write([.. Some("delivery", "price", "staff").Select(t => new TopicLabel(t, _random.NextDouble(), "model@1"))]);
        s.Tags = SignalJson.Write(Some("vip", "reveal"));
        s.Segments = SignalJson.Write(Some("loyal"));
        Rate(s);
    }

    private void Rate(Signal s)
    {
        var scale = Pick<RatingScale?>(null, RatingScale.Nps, RatingScale.Csat, RatingScale.Ces, RatingScale.Thumbs, RatingScale.Custom);
        if (scale is not { } known)
        {
            s.Negative = s.SentimentLabel == SentimentLabel.Negative ? true : Chance(0.5) ? false : null;
            return;
        }
        var (min, max) = known.Bounds() ?? (1, 7);
        Rating.TryCreate(known, _random.Next(min, max + 1), min, max, out var rating, out _);
        (s.RatingScale, s.RatingValue, s.RatingMin, s.RatingMax) = (known, rating.Value, rating.Min, rating.Max);
        (s.ScoreMilli, s.Negative) = (rating.ScoreMilli, rating.Band == RatingBand.Negative);
    }

    private string[] Some(params string[] values) => [.. values.Where(_ => Chance(0.4))];
}
