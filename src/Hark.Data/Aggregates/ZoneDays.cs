using NodaTime;

namespace Hark.Data.Aggregates;

/// <summary>The days of one time zone. Remembers the last day asked for, which is nearly always the next one asked for too. For one thread.</summary>
public sealed class ZoneDays(string zone)
{
    private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[zone];
    private long _start, _end;

    /// <summary>The instant at which the local day of an instant began.</summary>
    public DateTimeOffset StartOf(DateTimeOffset instant)
    {
        Find(instant);
        return new(_start, TimeSpan.Zero);
    }

    /// <summary>The instant at which the local day of an instant ends and the next begins.</summary>
    public DateTimeOffset EndOf(DateTimeOffset instant)
    {
        Find(instant);
        return new(_end, TimeSpan.Zero);
    }

    private void Find(DateTimeOffset instant)
    {
        if (instant.UtcTicks >= _start && instant.UtcTicks < _end) return;
        var date = Instant.FromDateTimeOffset(instant).InZone(_zone).Date;
        _start = date.AtStartOfDayInZone(_zone).ToDateTimeOffset().UtcTicks;
        _end = date.PlusDays(1).AtStartOfDayInZone(_zone).ToDateTimeOffset().UtcTicks;
    }
}
