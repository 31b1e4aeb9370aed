using System.Collections.Concurrent;
using Hark.Domain.Common;
using NodaTime;

namespace Hark.Domain.Sla;

/// <summary>One stretch of open time; <paramref name="From"/> belongs to it, <paramref name="To"/> does not. UTC.</summary>
public readonly record struct WorkPeriod(DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// Working time in one calendar, exact over daylight saving. Immutable and safe to share between threads.
/// </summary>
/// <remarks>
/// <para>Daylight saving, as in zendesk/biz: a local time that does not exist moves forward by the length of the gap (one hour nearly everywhere, 30 minutes
/// on Lord Howe); a local time that comes twice is its first occurrence. A day's hours never leave that day, so a date that a zone skipped has none.</para>
/// <para>Cost: a year's periods are laid out once, on first use (0.1 ms in warm code, some milliseconds the very first time), with running totals; after that adding
/// and measuring are two binary searches and one step per year crossed: about 0.2 µs over a month without allocation (.NET 10, two shared cores, Release).</para>
/// </remarks>
public sealed class WorkCalendar
{
    /// <summary>Searches end here: an addition that passes this year answers <see cref="DateTimeOffset.MaxValue"/>, "never".</summary>
    internal const int LastYear = 9998;

    private readonly ConcurrentDictionary<int, WorkYear> _years = new();
    private readonly DateTimeZone _zone;
    private readonly Func<int, WorkYear> _layOut;

    private WorkCalendar(CalendarDefinition definition, DateTimeZone zone)
    {
        (Definition, _zone) = (definition, zone);
        IsAlwaysOpen = definition.Reference == CalendarRef.Always;
        _layOut = year => WorkYear.LayOut(definition, zone, year);
    }

    /// <summary>Open 24 hours, seven days a week: working time is elapsed time.</summary>
    public static WorkCalendar AlwaysOpen { get; } = new(
        new CalendarDefinition
        {
            Key = CalendarRef.Always.Key,
            Version = CalendarRef.Always.Version,
            Zone = "Etc/UTC",
            Week = CalendarJson.WholeWeek,
        },
        DateTimeZone.Utc);

    public CalendarDefinition Definition { get; }

    public CalendarRef Reference => Definition.Reference;

    public bool IsAlwaysOpen { get; }

    /// <summary>Checks a definition and makes its calendar. Errors: unknown zone, no weekly hours, too many dates, the reserved key.</summary>
    public static Result<WorkCalendar> Create(CalendarDefinition definition)
    {
        var errors = new InputErrors();
        CalendarJson.Check(definition, errors);
        return errors.Any ? Error.Invalid(errors) : new WorkCalendar(definition, DateTimeZoneProviders.Tzdb[definition.Zone]);
    }

    /// <summary>
    /// The earliest instant at which <paramref name="duration"/> of working time has passed since <paramref name="start"/>: eight hours from Monday 9:00 in a
    /// nine-to-five week end on Monday 17:00, not on Tuesday 9:00. Zero answers <paramref name="start"/> itself.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative duration.</exception>
    public DateTimeOffset AddWorkingTime(DateTimeOffset start, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        if (duration == TimeSpan.Zero) return start.ToUniversalTime();
        if (IsAlwaysOpen) return duration > DateTimeOffset.MaxValue - start ? DateTimeOffset.MaxValue : start.ToUniversalTime() + duration;
        var year = YearOf(start.UtcTicks);
        var block = Year(year);
        var wanted = block.WorkedAt(start.UtcTicks) + duration.Ticks;
        while (wanted > block.Total)
        {
            if (++year > LastYear) return DateTimeOffset.MaxValue;
            wanted -= block.Total;
            block = Year(year);
        }
        return new(block.WhenWorked(wanted), TimeSpan.Zero);
    }

    /// <summary>Working time from <paramref name="from"/> to <paramref name="to"/>; zero when they are the wrong way round.</summary>
    public TimeSpan WorkingTimeBetween(DateTimeOffset from, DateTimeOffset to)
    {
        if (to <= from) return TimeSpan.Zero;
        if (IsAlwaysOpen) return to - from;
        var (first, last) = (YearOf(from.UtcTicks), YearOf(to.UtcTicks));
        var ticks = Year(last).WorkedAt(to.UtcTicks) - Year(first).WorkedAt(from.UtcTicks);
        for (var year = first; year < last; year++) ticks += Year(year).Total;
        return new(ticks);
    }

    /// <summary>Whether the instant is inside opening hours.</summary>
    public bool IsOpen(DateTimeOffset at) => IsAlwaysOpen || Year(YearOf(at.UtcTicks)).IsOpen(at.UtcTicks);

    /// <summary>The open periods inside a span, cut to it, in order; touching periods are one. Laid out lazily.</summary>
    public IEnumerable<WorkPeriod> PeriodsBetween(DateTimeOffset from, DateTimeOffset to)
    {
        WorkPeriod? held = null;
        foreach (var period in PeriodsAfter(from))
        {
            if (period.From >= to) break;
            var cut = period.To > to ? period with { To = to.ToUniversalTime() } : period;
            if (held is { } before && before.To == cut.From) held = before with { To = cut.To };
            else
            {
                if (held is { } done) yield return done;
                held = cut;
            }
        }
        if (held is { } last) yield return last;
    }

    /// <summary>
    /// The open periods from an instant on, the first cut to it, without end (until the year 9998): take what you need. A period that runs over New Year
    /// comes in two parts, because one that never closes would otherwise never be answered.
    /// </summary>
    public IEnumerable<WorkPeriod> PeriodsAfter(DateTimeOffset from)
    {
        for (var year = YearOf(from.UtcTicks); year <= LastYear; year++)
        {
            foreach (var (start, end) in Year(year).PeriodsFrom(from.UtcTicks))
                yield return new(new(start, TimeSpan.Zero), new(end, TimeSpan.Zero));
        }
    }

    private WorkYear Year(int year) => _years.GetOrAdd(year, _layOut);

    /// <summary>The local calendar year of an instant, kept inside what can be laid out.</summary>
    private int YearOf(long ticks)
    {
        var instant = Instant.FromUnixTimeTicks(ticks - DateTimeOffset.UnixEpoch.Ticks);
        return Math.Clamp(instant.InZone(_zone).Year, 2, LastYear);
    }
}
