using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Hark.Domain.Sla;

namespace Hark.Bench.Sla;

/// <summary>Claim: working time over years costs as much as over days: a binary search in a year that is laid out once, and no allocation.</summary>
public class Calendars
{
    private readonly WorkCalendar _office = OfficeWeek();

    [Benchmark]
    public DateTimeOffset AddADay() => _office.AddWorkingTime(Samples.Now, TimeSpan.FromHours(8));

    [Benchmark]
    public DateTimeOffset AddAYear() => _office.AddWorkingTime(Samples.Now, TimeSpan.FromHours(2_000));

    [Benchmark]
    public TimeSpan WorkedInAYear() => _office.WorkingTimeBetween(Samples.Now, Samples.Now.AddDays(365));

    internal static WorkCalendar OfficeWeek()
    {
        ImmutableArray<DayWindow> day = [new(9 * 60, 12 * 60), new(13 * 60, 17 * 60)];
        var week = Enumerable.Range(1, 5).ToImmutableSortedDictionary(d => (DayOfWeek)d, _ => day);
        return WorkCalendar.Create(new CalendarDefinition { Key = "office", Zone = "Europe/Prague", Week = week, Holidays = [new DateOnly(2026, 12, 24), new DateOnly(2026, 12, 25)] }).Value;
    }
}
