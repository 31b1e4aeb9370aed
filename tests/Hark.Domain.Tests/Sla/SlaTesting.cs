using System.Collections.Immutable;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Common;
using Hark.Domain.Sla;

namespace Hark.Domain.Tests.Sla;

/// <summary>Short words for calendars and instants, and random scenarios drawn from one seed so that a failure names all of its input.</summary>
internal static class SlaTesting
{
    internal static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>The instant of a local time that exists once.</summary>
    internal static DateTimeOffset In(string zone, string local)
    {
        var info = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var time = DateTime.Parse(local, CultureInfo.InvariantCulture);
        return new DateTimeOffset(time, info.GetUtcOffset(time)).ToUniversalTime();
    }

    internal static WorkCalendar Calendar(string zone, string week, string rest = "", string key = "office", int version = 1) =>
        WorkCalendar.Create(CalendarJson.Parse($$"""{"key":"{{key}}","zone":"{{zone}}","week":{{{week}}}{{rest}}}""", version).Value).Value;

    internal static WorkCalendar NineToFive(string zone, string rest = "") => Calendar(
        zone, """ "mon":["09:00-17:00"],"tue":["09:00-17:00"],"wed":["09:00-17:00"],"thu":["09:00-17:00"],"fri":["09:00-17:00"] """, rest);

    internal static void ForAllSeeds(Func<Random, bool> holds, int runs = 200) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => holds(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(runs));

    /// <summary>Zones with a plain, a southern, a midnight and a half-hour change, each with a span of dates around changes.</summary>
    internal static readonly (string Zone, DateOnly From)[] Changes =
    [
        ("Europe/Prague", new(2026, 3, 29)), ("Europe/Prague", new(2026, 10, 25)),
        ("America/Los_Angeles", new(2014, 3, 9)), ("America/Los_Angeles", new(2014, 11, 2)),
        ("America/Sao_Paulo", new(2015, 10, 18)), ("America/Sao_Paulo", new(2015, 2, 22)),
        ("Asia/Tehran", new(2021, 3, 22)), ("Asia/Tehran", new(2021, 9, 22)),
        ("Australia/Lord_Howe", new(2026, 10, 4)), ("Australia/Lord_Howe", new(2026, 4, 5)),
    ];

    internal static CalendarDefinition RandomDefinition(Random random, string zone, DateOnly around, string key = "random", int version = 1) => new()
    {
        Key = key,
        Version = version,
        Zone = zone,
        Week = Enum.GetValues<DayOfWeek>().Where(d => d == DayOfWeek.Wednesday || random.Next(5) > 0)
            .ToImmutableSortedDictionary(d => d, d => RandomWindows(random, random.Next(1, 4)).Add(new(d == DayOfWeek.Wednesday ? 600 : 0, d == DayOfWeek.Wednesday ? 700 : 61))),
        Holidays = [.. Enumerable.Range(0, random.Next(4)).Select(_ => around.AddDays(random.Next(-6, 7)))],
        Shifts = RandomDates(random, around),
        Breaks = RandomDates(random, around),
    };

    internal static WorkCalendar RandomCalendar(Random random, string key = "random", int version = 1)
    {
        var (zone, around) = Changes[random.Next(Changes.Length)];
        return WorkCalendar.Create(RandomDefinition(random, zone, around, key, version)).Value;
    }

    /// <summary>An instant within a few days of the change of <paramref name="around"/>, to the microsecond.</summary>
    internal static DateTimeOffset RandomInstant(Random random, DateOnly around) =>
        new DateTimeOffset(around.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddMicroseconds(random.NextInt64(-4L * 86_400_000_000, 4L * 86_400_000_000)).Trim();

    private static ImmutableSortedDictionary<DateOnly, ImmutableArray<DayWindow>> RandomDates(Random random, DateOnly around) =>
        Enumerable.Range(0, random.Next(3)).Select(_ => around.AddDays(random.Next(-4, 5))).Distinct()
            .ToImmutableSortedDictionary(d => d, _ => RandomWindows(random, random.Next(0, 3)));

    private static ImmutableArray<DayWindow> RandomWindows(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Next(0, DayWindow.Midnight)).Select(from => new DayWindow(from, random.Next(from + 1, DayWindow.Midnight + 1)))];
}
