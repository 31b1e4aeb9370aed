using NodaTime;

namespace Hark.Domain.Statistics;

/// <summary>How finely a period is cut.</summary>
public enum TimeGrain
{
    /// <summary>Not at all: one bucket from beginning to end.</summary>
    None,
    Hour,
    Day,

    /// <summary>ISO 8601 weeks, from Monday.</summary>
    Week,
    Month,
}

/// <summary>One stretch of a period.</summary>
/// <param name="Start">UTC, inclusive.</param>
/// <param name="End">UTC, exclusive, after <paramref name="Start"/>.</param>
/// <param name="Label">
/// Where the whole hour, day, week or month begins on the wall clock of the zone, with the offset in force there. Before <paramref name="Start"/> when the
/// period begins inside it. Not always a round time: a day whose midnight does not exist begins at one o'clock.
/// </param>
public readonly record struct TimeBucket(DateTimeOffset Start, DateTimeOffset End, DateTimeOffset Label);

/// <summary>
/// Cuts a period into local hours, days, weeks or months, exactly: days of 23 and 25 hours, an hour that comes twice as two buckets, zones off by half an
/// hour, midnights that do not exist. Time zones are those of the IANA database in NodaTime.
/// </summary>
public static class TimeBuckets
{
    /// <summary>More buckets are refused: nobody reads them, and they cost memory. 10,000 hours are 13 months.</summary>
    public const int MaxBuckets = 10_000;

    // Since 1972 every offset is a whole number of minutes, which labels need.
    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads a name of the API: hour, day, week, month or none.</summary>
    public static bool TryParseGrain(ReadOnlySpan<char> name, out TimeGrain grain)
    {
        (var known, grain) = name switch
        {
            "none" => (true, TimeGrain.None),
            "hour" => (true, TimeGrain.Hour),
            "day" => (true, TimeGrain.Day),
            "week" => (true, TimeGrain.Week),
            "month" => (true, TimeGrain.Month),
            _ => (false, TimeGrain.None),
        };
        return known;
    }

    /// <summary>
    /// The buckets of [<paramref name="from"/>, <paramref name="to"/>) in order, without gaps, the first and last cut to the period. On false,
    /// <paramref name="problem"/> names the parameter ("from", "to", "grain" or "zone") and says how to mend it.
    /// </summary>
    public static bool TryCreate(
        DateTimeOffset from, DateTimeOffset to, TimeGrain grain, string zone,
        out IReadOnlyList<TimeBucket> buckets, out (string Field, string Reason) problem)
    {
        buckets = [];
        problem = default;
        var timeZone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone);
        if (timeZone is null) problem = ("zone", $"'{zone}' is not an IANA time zone; write it like Europe/Prague or UTC");
        else if (from < Earliest || from > Latest) problem = ("from", "must be between the years 1980 and 2200");
        else if (to > Latest) problem = ("to", "must be between the years 1980 and 2200");
        else if (from >= to) problem = ("to", "must be later than from");
        if (timeZone is null || problem.Field is not null) return false;

        var list = new List<TimeBucket>();
        foreach (var bucket in Cut(Instant.FromDateTimeOffset(from), Instant.FromDateTimeOffset(to), grain, timeZone))
        {
            if (list.Count == MaxBuckets)
            {
                problem = ("grain", $"the period has more than {MaxBuckets} buckets of this grain; shorten it or choose a coarser grain");
                return false;
            }

            list.Add(bucket);
        }

        buckets = list;
        return true;
    }

    /// <summary>The index of the bucket that holds a time, or -1 when the time is outside the period. One binary search.</summary>
    public static int IndexOf(IReadOnlyList<TimeBucket> buckets, DateTimeOffset time)
    {
        int low = 0, high = buckets.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (buckets[middle].End <= time) low = middle + 1;
            else high = middle;
        }

        return low < buckets.Count && buckets[low].Start <= time ? low : -1;
    }

    private static IEnumerable<TimeBucket> Cut(Instant from, Instant to, TimeGrain grain, DateTimeZone zone)
    {
        for (var at = from; at < to;)
        {
            var (start, end) = grain switch
            {
                TimeGrain.None => (from, to),
                TimeGrain.Hour => HourAround(at, zone),
                TimeGrain.Day or TimeGrain.Week or TimeGrain.Month => DatesAround(at, grain, zone),
            };
            yield return new(
                at.ToDateTimeOffset(), Instant.Min(end, to).ToDateTimeOffset(), start.InZone(zone).ToDateTimeOffset());
            at = end;
        }
    }

    /// <summary>
    /// The stretch of one clock hour under one offset. Where the offset changes inside a clock hour (Lord Howe Island moves by half an hour) the hour ends
    /// or begins there.
    /// </summary>
    private static (Instant Start, Instant End) HourAround(Instant at, DateTimeZone zone)
    {
        var interval = zone.GetZoneInterval(at);
        var hour = TimeAdjusters.TruncateToHour(at.WithOffset(interval.WallOffset).TimeOfDay);
        var start = at.WithOffset(interval.WallOffset).Date.At(hour).WithOffset(interval.WallOffset).ToInstant();
        var end = start + Duration.FromHours(1);
        return (
            interval.HasStart ? Instant.Max(start, interval.Start) : start,
            interval.HasEnd ? Instant.Min(end, interval.End) : end);
    }

    private static (Instant Start, Instant End) DatesAround(Instant at, TimeGrain grain, DateTimeZone zone)
    {
        var first = FirstDate(at.InZone(zone).Date, grain);
        var (start, next) = (StartOf(first, zone), Next(first, grain));
        var end = StartOf(next, zone);
        // A clock set back over midnight shows yesterday's date again after today has begun, and a date may not exist at all.
        while (end <= at)
        {
            (start, next) = (end, Next(next, grain));
            end = StartOf(next, zone);
        }

        return (start, end);
    }

    private static LocalDate FirstDate(LocalDate date, TimeGrain grain) => grain switch
    {
        TimeGrain.Week => date.PlusDays(1 - (int)date.DayOfWeek),
        TimeGrain.Month => new LocalDate(date.Year, date.Month, 1),
        _ => date,
    };

    private static LocalDate Next(LocalDate date, TimeGrain grain) => grain switch
    {
        TimeGrain.Week => date.PlusWeeks(1),
        TimeGrain.Month => date.PlusMonths(1),
        _ => date.PlusDays(1),
    };

    /// <summary>
    /// The first moment of a date: its earlier midnight, or the end of the gap that swallowed midnight, or the whole date (Samoa had no 30 December 2011).
    /// </summary>
    private static Instant StartOf(LocalDate date, DateTimeZone zone)
    {
        var mapping = zone.MapLocal(date.AtMidnight());
        return mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant();
    }
}
