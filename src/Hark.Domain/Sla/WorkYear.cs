using NodaTime;
using NodaTime.Extensions;

namespace Hark.Domain.Sla;

/// <summary>
/// The open periods of one local year of a calendar, as UTC ticks, with the working time before each. Immutable.
/// </summary>
internal sealed class WorkYear
{
    private readonly long[] _starts;
    private readonly long[] _ends;

    /// <summary>Working ticks of the year before period i; one more entry than periods.</summary>
    private readonly long[] _before;

    private WorkYear(List<(long From, long To)> periods)
    {
        _starts = new long[periods.Count];
        _ends = new long[periods.Count];
        _before = new long[periods.Count + 1];
        for (var i = 0; i < periods.Count; i++)
        {
            (_starts[i], _ends[i]) = periods[i];
            _before[i + 1] = _before[i] + _ends[i] - _starts[i];
        }
    }

    /// <summary>Working ticks of the whole year.</summary>
    public long Total => _before[^1];

    public static WorkYear LayOut(CalendarDefinition definition, DateTimeZone zone, int year)
    {
        var periods = new List<(long From, long To)>();
        var last = new DateOnly(year, 12, 31);
        for (var date = new DateOnly(year, 1, 1); date <= last; date = date.AddDays(1))
        {
            var hours = definition.HoursOn(date);
            if (hours.IsEmpty) continue;
            var midnight = date.ToLocalDate().AtMidnight();
            var (dayStart, dayEnd) = (Ticks(zone, midnight), Ticks(zone, midnight.PlusDays(1)));
            foreach (var window in hours)
            {
                // A start inside a gap moves forward, perhaps past the end of its window (nothing is left of it) or into the next window (they join).
                var from = Math.Max(dayStart, window.From == 0 ? dayStart : Ticks(zone, midnight.PlusMinutes(window.From)));
                var to = Math.Min(dayEnd, window.To == DayWindow.Midnight ? dayEnd : Ticks(zone, midnight.PlusMinutes(window.To)));
                if (from >= to) continue;
                if (periods.Count > 0 && periods[^1].To >= from) periods[^1] = (periods[^1].From, Math.Max(periods[^1].To, to));
                else periods.Add((from, to));
            }
        }
        return new(periods);
    }

    /// <summary>Working ticks of this year before the instant: 0 before the year, <see cref="Total"/> after it.</summary>
    public long WorkedAt(long ticks)
    {
        var i = LastStartAt(ticks);
        return i < 0 ? 0 : _before[i] + Math.Min(ticks, _ends[i]) - _starts[i];
    }

    /// <summary>The earliest instant at which so many ticks of the year have been worked; 0 &lt; <paramref name="worked"/> ≤ <see cref="Total"/>.</summary>
    public long WhenWorked(long worked)
    {
        var i = Array.BinarySearch(_before, worked);
        if (i < 0) i = ~i;
        return _ends[i - 1] - (_before[i] - worked);
    }

    public bool IsOpen(long ticks) => LastStartAt(ticks) is >= 0 and var i && ticks < _ends[i];

    /// <summary>The periods that end after the instant, the first cut to it.</summary>
    public IEnumerable<(long From, long To)> PeriodsFrom(long ticks)
    {
        for (var i = Math.Max(0, LastStartAt(ticks)); i < _starts.Length; i++)
        {
            if (_ends[i] > ticks) yield return (Math.Max(ticks, _starts[i]), _ends[i]);
        }
    }

    private int LastStartAt(long ticks)
    {
        var i = Array.BinarySearch(_starts, ticks);
        return i >= 0 ? i : ~i - 1;
    }

    /// <summary>Earlier of two, forward out of a gap: NodaTime's lenient rule is the one that this calendar promises.</summary>
    private static long Ticks(DateTimeZone zone, LocalDateTime local) =>
        zone.AtLeniently(local).ToInstant().ToUnixTimeTicks() + DateTimeOffset.UnixEpoch.Ticks;
}
