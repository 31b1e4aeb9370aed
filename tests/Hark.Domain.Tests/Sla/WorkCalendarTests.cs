using Hark.Domain.Sla;
using Xunit;
using static Hark.Domain.Tests.Sla.SlaTesting;

namespace Hark.Domain.Tests.Sla;

/// <summary>Published examples of zendesk/biz and vectors recomputed independently for Europe/Prague.</summary>
public sealed class WorkCalendarTests
{
    private const string WholeWeek = """
        "mon":["00:00-24:00"],"tue":["00:00-24:00"],"wed":["00:00-24:00"],"thu":["00:00-24:00"],"fri":["00:00-24:00"],"sat":["00:00-24:00"],"sun":["00:00-24:00"]
        """;

    private static readonly WorkCalendar Readme = Calendar("America/Los_Angeles", """
        "mon":["09:00-17:00"],"tue":["00:00-24:00"],"wed":["09:00-17:00"],"thu":["09:00-12:00","13:00-17:00"],"sat":["10:00-14:00"]
        """);

    private static readonly WorkCalendar SpecWeek = Calendar("Etc/UTC", """
        "mon":["09:00-17:00"],"tue":["10:00-16:00"],"wed":["09:00-17:00"],"thu":["10:00-16:00"],"fri":["09:00-17:00"],"sat":["11:00-14:30"]
        """);

    private static string Text(WorkPeriod period) => $"{period.From:yyyy-MM-dd HH:mm}/{period.To:yyyy-MM-dd HH:mm}";

    [Fact]
    public void PeriodsBetween_ReadmeWeekOfBiz_AreItsPeriods() => Assert.Equal(
        [
            "2015-01-10 18:00/2015-01-10 22:00", "2015-01-12 17:00/2015-01-13 01:00", "2015-01-13 08:00/2015-01-14 08:00",
            "2015-01-14 17:00/2015-01-15 01:00", "2015-01-15 17:00/2015-01-15 20:00", "2015-01-15 21:00/2015-01-16 01:00",
        ],
        Readme.PeriodsBetween(Utc("2015-01-10T10:00Z"), Utc("2015-01-17T10:00Z")).Select(Text));

    [Fact]
    public void PeriodsAfter_InsideAPeriod_BeginsWithItsRest() => Assert.Equal(
        ["2006-01-02 12:00/2006-01-02 17:00", "2006-01-03 10:00/2006-01-03 16:00"],
        SpecWeek.PeriodsAfter(Utc("2006-01-02T12:00Z")).Take(2).Select(Text));

    [Fact]
    public void PeriodsBetween_HoursThatTouchAtMidnightAndNewYear_AreOnePeriod() => Assert.Equal(
        ["2025-12-30 10:00/2026-01-02 12:00"],
        Calendar("Etc/UTC", WholeWeek).PeriodsBetween(Utc("2025-12-30T10:00Z"), Utc("2026-01-02T12:00Z")).Select(Text));

    [Fact]
    public void WorkingTimeBetween_SpecWeekOfBiz_Is39AndAHalfHours() =>
        Assert.Equal(TimeSpan.FromHours(39.5), SpecWeek.WorkingTimeBetween(Utc("2006-01-01T00:00Z"), Utc("2006-01-08T00:00Z")));

    [Fact]
    public void WorkingTimeBetween_StartNotBeforeEnd_IsZero()
    {
        var at = Utc("2006-01-02T12:00Z");
        Assert.Equal(TimeSpan.Zero, SpecWeek.WorkingTimeBetween(at, at));
        Assert.Equal(TimeSpan.Zero, SpecWeek.WorkingTimeBetween(at.AddHours(2), at));
    }

    [Theory]
    [InlineData("America/Los_Angeles", "02:30-05:00", "2014-03-09T00:00Z", "2014-03-09T10:30Z")] // 02:30 does not exist: 03:30 PDT
    [InlineData("America/Los_Angeles", "01:30-05:00", "2014-11-02T00:00Z", "2014-11-02T08:30Z")] // 01:30 comes twice: the first, PDT
    [InlineData("America/Sao_Paulo", "00:00-05:00", "2015-10-18T00:00Z", "2015-10-18T03:00Z")] // midnight does not exist: 01:00 on the 18th
    public void PeriodsAfter_WindowFromAChangedHour_BeginsWhereBizSays(string zone, string window, string after, string begins) =>
        Assert.Equal(Utc(begins), Calendar(zone, $"\"sun\":[\"{window}\"]").PeriodsAfter(Utc(after)).First().From);

    [Fact]
    public void PeriodsAfter_DayThatEndsInAGap_EndsWhereTheNextBegins() =>
        Assert.Equal(In("America/Sao_Paulo", "2015-10-18 01:00"), Calendar("America/Sao_Paulo", "\"sat\":[\"20:00-24:00\"]").PeriodsAfter(Utc("2015-10-17T12:00Z")).First().To);

    [Fact]
    public void PeriodsAfter_WindowEmptiedByAGap_IsLeftOut() => Assert.Equal(
        ["2006-04-03 16:00/2006-04-04 00:00"],
        Calendar("America/Los_Angeles", """ "sun":["02:30-03:15"],"mon":["09:00-17:00"] """).PeriodsAfter(Utc("2006-04-02T08:00Z")).Take(1).Select(Text));

    [Theory]
    [InlineData("2026-03-29", 23, 3)]
    [InlineData("2026-10-25", 25, 5)]
    [InlineData("2026-06-07", 24, 4)]
    public void WorkingTimeBetween_PragueSundays_CountRealHours(string sunday, int wholeDay, int oneToFive)
    {
        var (from, to) = (In("Europe/Prague", sunday), In("Europe/Prague", sunday).AddHours(wholeDay));
        Assert.Equal(TimeSpan.FromHours(wholeDay), Calendar("Europe/Prague", "\"sun\":[\"00:00-24:00\"]").WorkingTimeBetween(from.AddHours(-5), to.AddHours(5)));
        Assert.Equal(TimeSpan.FromHours(oneToFive), Calendar("Europe/Prague", "\"sun\":[\"01:00-05:00\"]").WorkingTimeBetween(from.AddHours(-5), to.AddHours(5)));
    }

    [Fact]
    public void AddWorkingTime_OverTheSpringChange_KeepsTheLocalHour()
    {
        var due = NineToFive("Europe/Prague").AddWorkingTime(In("Europe/Prague", "2026-03-27 16:00"), TimeSpan.FromHours(8));
        Assert.Equal(Utc("2026-03-30T14:00Z"), due);
        Assert.Equal(TimeSpan.Zero, due.Offset);
    }

    [Fact]
    public void AddWorkingTime_OverEaster_SkipsTheHolidays()
    {
        var calendar = NineToFive("Europe/Prague", """ ,"holidays":["2026-04-03","2026-04-06"] """);
        Assert.Equal(In("Europe/Prague", "2026-04-07 11:00"), calendar.AddWorkingTime(In("Europe/Prague", "2026-04-02 15:00"), TimeSpan.FromHours(4)));
        Assert.Equal(TimeSpan.FromHours(4), calendar.WorkingTimeBetween(In("Europe/Prague", "2026-04-02 15:00"), In("Europe/Prague", "2026-04-07 11:00")));
    }

    [Fact]
    public void AddWorkingTime_ThatFillsTheDay_EndsWithTheDay()
    {
        var calendar = NineToFive("Europe/Prague");
        Assert.Equal(In("Europe/Prague", "2026-06-01 17:00"), calendar.AddWorkingTime(In("Europe/Prague", "2026-06-01 09:00"), TimeSpan.FromHours(8)));
        Assert.Equal(In("Europe/Prague", "2026-06-02 09:01"), calendar.AddWorkingTime(In("Europe/Prague", "2026-06-01 17:00"), TimeSpan.FromMinutes(1)));
        Assert.Equal(In("Europe/Prague", "2026-06-06 12:00"), calendar.AddWorkingTime(In("Europe/Prague", "2026-06-06 12:00"), TimeSpan.Zero));
    }

    [Fact]
    public void AddWorkingTime_OverNewYear_CrossesIt() => Assert.Equal(
        In("Europe/Prague", "2026-01-02 10:00"),
        NineToFive("Europe/Prague", """ ,"holidays":["2026-01-01"] """).AddWorkingTime(In("Europe/Prague", "2025-12-31 16:00"), TimeSpan.FromHours(2)));

    [Fact]
    public void HoursOn_ShiftHolidayAndBreak_HaveTheirOrder()
    {
        var day = NineToFive("Europe/Prague", """
            ,"holidays":["2026-12-24","2026-12-25"],"shifts":{"2026-12-24":["08:00-12:00"],"2026-12-23":[],"2026-12-26":["10:00-24:00"]},"breaks":{"2026-12-24":["09:00-10:00"],"2026-12-22":["09:00-24:00"],"2026-12-21":["12:00-12:30","12:15-13:00"]}
            """).Definition;
        string Hours(int date) => string.Join(' ', day.HoursOn(new(2026, 12, date)));
        Assert.Equal("09:00-12:00 13:00-17:00", Hours(21));
        Assert.Equal("", Hours(22));
        Assert.Equal("", Hours(23));
        Assert.Equal("08:00-09:00 10:00-12:00", Hours(24));
        Assert.Equal("", Hours(25));
        Assert.Equal("10:00-24:00", Hours(26));
    }

    [Fact]
    public void LayOut_DateThatAZoneSkipped_HasNoHours()
    {
        var apia = Calendar("Pacific/Apia", WholeWeek, """ ,"holidays":["2011-12-31"] """); // 30 December 2011 did not happen there
        Assert.Equal(TimeSpan.FromHours(48), apia.WorkingTimeBetween(Utc("2011-12-28T10:00Z"), Utc("2011-12-31T10:00Z")));
    }

    [Fact]
    public void AlwaysOpen_AddAndMeasure_AreElapsedTime()
    {
        var at = Utc("2026-03-29T00:59:59.999999Z");
        Assert.Equal(at.AddHours(72), WorkCalendar.AlwaysOpen.AddWorkingTime(at, TimeSpan.FromHours(72)));
        Assert.Equal(TimeSpan.FromHours(72), WorkCalendar.AlwaysOpen.WorkingTimeBetween(at, at.AddHours(72)));
        Assert.True(WorkCalendar.AlwaysOpen.IsOpen(at));
        Assert.Equal(DateTimeOffset.MaxValue, WorkCalendar.AlwaysOpen.AddWorkingTime(DateTimeOffset.MaxValue.AddDays(-1), TimeSpan.FromDays(2)));
    }

    [Theory]
    [InlineData("2026-06-01T08:59Z", false)]
    [InlineData("2026-06-01T09:00Z", true)]
    [InlineData("2026-06-01T16:59Z", true)]
    [InlineData("2026-06-01T17:00Z", false)]
    [InlineData("2026-06-06T12:00Z", false)]
    public void IsOpen_AtTheEdges_IncludesTheFirstAndNotTheLast(string at, bool open) => Assert.Equal(open, NineToFive("Etc/UTC").IsOpen(Utc(at)));

    [Fact]
    public void AddWorkingTime_FarBeyondAnyCalendar_IsNever() =>
        Assert.Equal(DateTimeOffset.MaxValue, Calendar("Etc/UTC", "\"sun\":[\"12:00-13:00\"]").AddWorkingTime(Utc("9990-01-01T00:00Z"), TimeSpan.FromDays(366)));

    [Fact]
    public void AddWorkingTime_Negative_IsABug() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SpecWeek.AddWorkingTime(Utc("2026-01-01T00:00Z"), TimeSpan.FromTicks(-1)));
}
