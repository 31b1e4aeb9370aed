using System.Collections;
using Hark.Domain.Sla;
using Xunit;
using static Hark.Domain.Tests.Sla.SlaTesting;

namespace Hark.Domain.Tests.Sla;

/// <summary>Laws of working time on random calendars around clock changes, and a naive oracle that looks at every minute.</summary>
public sealed class WorkCalendarPropertyTests
{
    private static (WorkCalendar Calendar, DateOnly Around) Draw(Random random)
    {
        var (zone, around) = Changes[random.Next(Changes.Length)];
        return (WorkCalendar.Create(RandomDefinition(random, zone, around)).Value, around);
    }

    [Fact]
    public void Measuring_what_was_added_gives_it_back() => ForAllSeeds(random =>
    {
        var (calendar, around) = Draw(random);
        var start = RandomInstant(random, around);
        var duration = TimeSpan.FromMicroseconds(random.NextInt64(0, 40L * 86_400_000_000));
        var due = calendar.AddWorkingTime(start, duration);
        // Also the earliest such instant: a moment before, less has been worked.
        return due >= start && calendar.WorkingTimeBetween(start, due) == duration
            && (due == start || calendar.WorkingTimeBetween(start, due.AddTicks(-1)) < duration);
    });

    [Fact]
    public void Working_time_adds_up_over_any_cut() => ForAllSeeds(random =>
    {
        var (calendar, around) = Draw(random);
        var cuts = Enumerable.Range(0, 6).Select(_ => RandomInstant(random, around.AddDays(random.Next(-400, 400)))).Order().ToArray();
        var parts = cuts.Zip(cuts.Skip(1), calendar.WorkingTimeBetween).Sum(t => t.Ticks);
        return parts == calendar.WorkingTimeBetween(cuts[0], cuts[^1]).Ticks;
    });

    [Fact]
    public void Periods_hold_exactly_the_working_time() => ForAllSeeds(random =>
    {
        var (calendar, around) = Draw(random);
        var (a, b) = (RandomInstant(random, around), RandomInstant(random, around.AddDays(20)));
        var periods = calendar.PeriodsBetween(a, b).ToArray();
        return periods.Sum(p => (p.To - p.From).Ticks) == calendar.WorkingTimeBetween(a, b).Ticks
            && periods.All(p => p.From < p.To && p.From >= a && p.To <= b && calendar.IsOpen(p.From) && !calendar.IsOpen(p.To) == (p.To < b || !calendar.IsOpen(b)))
            && periods.Zip(periods.Skip(1)).All(p => p.First.To < p.Second.From);
    });

    [Fact]
    public void Working_time_equals_a_count_of_minutes() => ForAllSeeds(
        random =>
        {
            var (calendar, around) = Draw(random);
            var first = new DateTimeOffset(around.AddDays(-6).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            var open = OpenMinutes(calendar.Definition, first, 12 * 1440);
            var (a, b) = (random.Next(1440, 10 * 1440), random.Next(1440, 10 * 1440));
            if (a > b) (a, b) = (b, a);
            var minutes = Enumerable.Range(a, b - a).Count(m => open[m]);
            if (calendar.WorkingTimeBetween(first.AddMinutes(a), first.AddMinutes(b)) != TimeSpan.FromMinutes(minutes)) return false;

            var wanted = random.Next(1, 1000);
            var due = a;
            for (var worked = 0; worked < wanted && due < open.Length; due++) worked += open[due] ? 1 : 0;
            return due == open.Length || calendar.AddWorkingTime(first.AddMinutes(a), TimeSpan.FromMinutes(wanted)) == first.AddMinutes(due);
        },
        runs: 300);

    /// <summary>Marks each UTC minute that is open, with the platform's own zone data instead of NodaTime's and no arithmetic shared with the product.</summary>
    private static BitArray OpenMinutes(CalendarDefinition definition, DateTimeOffset first, int count)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(definition.Zone);
        var open = new BitArray(count);
        for (var date = DateOnly.FromDateTime(first.UtcDateTime).AddDays(-2); date.DayNumber <= DateOnly.FromDateTime(first.UtcDateTime).DayNumber + count / 1440 + 2; date = date.AddDays(1))
        {
            var (dayStart, dayEnd) = (Minute(date, 0), Minute(date, 1440));
            var minutes = new bool[1441];
            if (definition.Shifts.TryGetValue(date, out var hours) || (!definition.Holidays.Contains(date) && definition.Week.TryGetValue(date.DayOfWeek, out hours)))
                foreach (var w in hours) Array.Fill(minutes, true, w.From, w.To - w.From);
            if (definition.Breaks.TryGetValue(date, out var breaks))
                foreach (var w in breaks) Array.Fill(minutes, false, w.From, w.To - w.From);
            for (var from = 0; from < 1440; from++)
            {
                if (!minutes[from]) continue;
                var to = from;
                while (to < 1440 && minutes[to]) to++;
                for (var m = Math.Max(dayStart, Minute(date, from)); m < Math.Min(dayEnd, Minute(date, to)); m++)
                    if (m >= 0 && m < count) open[m] = true;
                from = to;
            }
        }
        return open;

        int Minute(DateOnly date, int minute)
        {
            var local = date.ToDateTime(TimeOnly.MinValue).AddMinutes(minute);
            if (zone.IsInvalidTime(local))
            {
                var (before, after) = (local, local);
                while (zone.IsInvalidTime(before)) before = before.AddMinutes(-1);
                while (zone.IsInvalidTime(after)) after = after.AddMinutes(1);
                local += after - before - TimeSpan.FromMinutes(1);
            }
            var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
            return (int)(new DateTimeOffset(local, offset) - first).TotalMinutes;
        }
    }
}
