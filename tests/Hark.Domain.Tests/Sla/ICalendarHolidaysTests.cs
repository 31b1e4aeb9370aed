using Hark.Domain.Sla;
using Xunit;
using static Hark.Domain.Tests.Sla.SlaTesting;

namespace Hark.Domain.Tests.Sla;

public sealed class ICalendarHolidaysTests
{
    private static HolidayImport Read(string events, int from = 2026, int to = 2026, string newLine = "\r\n") =>
        ICalendarHolidays.Read($"BEGIN:VCALENDAR\nVERSION:2.0\n{events}\nEND:VCALENDAR\n".ReplaceLineEndings(newLine), from, to);

    private static string Event(params string[] lines) => $"BEGIN:VEVENT\n{string.Join('\n', lines)}\nEND:VEVENT";

    private static string Dates(string events, int from = 2026, int to = 2026)
    {
        var import = Read(events, from, to);
        Assert.Empty(import.Errors);
        return string.Join(' ', import.Holidays.Select(h => $"{h.Date:yyyy-MM-dd}"));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Read_SingleDays_AreInOrderWithTheirNames(string newLine)
    {
        var import = Read(
            Event("UID:2", "DTSTART;VALUE=DATE:20260508", "DTEND;VALUE=DATE:20260509", "SUMMARY:Den vítězství\\, 1945")
            + "\n" + Event("UID:1", "DTSTART;VALUE=DATE:20260501", "SUMMARY;LANGUAGE=cs:Svátek", "  práce", "BEGIN:VALARM", "TRIGGER:-PT1H", "DTSTART:nonsense", "END:VALARM"),
            newLine: newLine);
        Assert.Empty(import.Errors);
        Assert.Equal([new Holiday(new(2026, 5, 1), "Svátek práce"), new Holiday(new(2026, 5, 8), "Den vítězství, 1945")], import.Holidays);
    }

    [Theory]
    [InlineData("2026-12-24 2026-12-25 2026-12-26", "DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227")]
    [InlineData("2026-12-24", "DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261224")]
    [InlineData("2026-12-24 2026-12-25", "DTSTART;VALUE=DATE:20261224", "DURATION:P2D")]
    [InlineData("2026-12-24", "DTSTART;TZID=\"Europe: Prague\":20261224T000000", "DTEND;TZID=Europe/Prague:20261225T000000")]
    [InlineData("2026-12-24 2026-12-25", "DTSTART:20261224T000000Z", "DTEND:20261225T235900Z")]
    [InlineData("2026-12-24", "DTSTART:20261224T000000", "DURATION:PT24H")]
    [InlineData("2026-12-24", "DTSTART:20261224T000000")]
    [InlineData("2026-01-01", "DTSTART;VALUE=DATE:20251230", "DTEND;VALUE=DATE:20260102")]
    [InlineData("", "DTSTART;VALUE=DATE:20261224", "STATUS:CANCELLED")]
    [InlineData("2026-02-01 2026-03-01", "DTSTART;VALUE=DATE:20260201", "RDATE;VALUE=DATE:20260301,20260401", "EXDATE;VALUE=DATE:20260401")]
    public void Read_Lengths_CoverTheirDays(string dates, params string[] lines) => Assert.Equal(dates, Dates(Event(lines)));

    [Theory]
    [InlineData("20200517", "FREQ=YEARLY", "2025-05-17 2026-05-17 2027-05-17")]
    [InlineData("20200517", "FREQ=YEARLY;INTERVAL=3", "2026-05-17")]
    [InlineData("20240517", "FREQ=YEARLY;COUNT=3", "2025-05-17 2026-05-17")]
    [InlineData("20200517", "FREQ=YEARLY;UNTIL=20260101", "2025-05-17")]
    [InlineData("20200517", "FREQ=YEARLY;UNTIL=20260517T000000Z", "2025-05-17 2026-05-17")]
    [InlineData("19421126", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2025-11-27 2026-11-26 2027-11-25")] // Thanksgiving
    [InlineData("20200525", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", "2025-05-26 2026-05-25 2027-05-31")] // Memorial Day
    [InlineData("20201103", "FREQ=YEARLY;INTERVAL=2;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "2026-11-03")] // Election day
    [InlineData("20200101", "FREQ=YEARLY;BYDAY=1MO", "2025-01-06 2026-01-05 2027-01-04")]
    [InlineData("20200101", "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1,-1;WKST=MO", "2025-01-01 2025-01-31 2025-07-01 2025-07-31 2026-01-01 2026-01-31 2026-07-01 2026-07-31 2027-01-01 2027-01-31 2027-07-01 2027-07-31")]
    [InlineData("20200115", "FREQ=YEARLY;BYMONTH=3", "2025-03-15 2026-03-15 2027-03-15")]
    [InlineData("20200101", "FREQ=YEARLY;BYMONTH=12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2025-12-31 2026-12-31 2027-12-31")]
    [InlineData("20240229", "FREQ=YEARLY", "")] // no 29 February in these years
    [InlineData("20300101", "FREQ=YEARLY", "")]
    public void Read_YearlyRules_GiveTheDatesOfTheStandard(string start, string rule, string dates) =>
        Assert.Equal(dates, Dates(Event($"DTSTART;VALUE=DATE:{start}", $"RRULE:{rule}"), 2025, 2027));

    [Fact]
    public void Read_LeapDay_RepeatsInLeapYears() =>
        Assert.Equal("2024-02-29 2028-02-29", Dates(Event("DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY"), 2024, 2031));

    [Fact]
    public void Read_ExcludedAndMovedOccurrences_FollowTheException() => Assert.Equal(
        "2025-07-06 2027-07-07",
        Dates(
            Event("UID:hus", "DTSTART;VALUE=DATE:20200706", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20260706")
            + "\n" + Event("UID:hus", "RECURRENCE-ID;VALUE=DATE:20270706", "DTSTART;VALUE=DATE:20270707"),
            2025, 2027));

    [Theory]
    [InlineData(3, "has no DTSTART", "SUMMARY:x")]
    [InlineData(4, "DTSTART is not a date", "DTSTART;VALUE=DATE:2026-12-24")]
    [InlineData(4, "DTSTART is not a date", "DTSTART;VALUE=DATE:20260230")]
    [InlineData(4, "DTSTART is not a date", "DTSTART;VALUE=DATE:99991231")]
    [InlineData(5, "DTEND is not after", "DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261223")]
    [InlineData(5, "longer than 366 days", "DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20361225")]
    [InlineData(5, "longer than 366 days", "DTSTART;VALUE=DATE:20261224", "DURATION:P9999W")]
    [InlineData(5, "DURATION is not a length", "DTSTART;VALUE=DATE:20261224", "DURATION:P")]
    [InlineData(4, "part of a day", "DTSTART:20261224T090000", "DTEND:20261224T120000")]
    [InlineData(5, "is not understood", "DTSTART;VALUE=DATE:20261224", "RRULE:FREQ=DAILY")]
    [InlineData(5, "is not understood", "DTSTART;VALUE=DATE:20261224", "RRULE:FREQ=YEARLY;BYDAY=0MO")]
    [InlineData(5, "is not understood", "DTSTART;VALUE=DATE:20261224", "RRULE:FREQ=YEARLY;INTERVAL=0")]
    [InlineData(5, "is not understood", "DTSTART;VALUE=DATE:20261224", "RRULE:FREQ=YEARLY;BYWEEKNO=3")]
    [InlineData(5, "has no FREQ", "DTSTART;VALUE=DATE:20261224", "RRULE:INTERVAL=2")]
    [InlineData(5, "not an iCalendar line", "DTSTART;VALUE=DATE:20261224", "garbage")]
    [InlineData(5, "EXDATE has something", "DTSTART;VALUE=DATE:20261224", "EXDATE:20261224,tomorrow")]
    public void Read_BadEvents_AreNamedByLineAndTheRestIsRead(int line, string reason, params string[] lines)
    {
        var import = Read(Event(lines) + "\n" + Event("DTSTART;VALUE=DATE:20260101"));
        var error = Assert.Single(import.Errors);
        Assert.Equal(line, error.Line);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.Contains(new Holiday(new(2026, 1, 1), ""), import.Holidays);
    }

    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("\uFEFFdate,name\n2026-01-01,x", 1, "not an iCalendar line")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101", 1, "BEGIN:VCALENDAR is never closed")]
    [InlineData("BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR", 2, "closes nothing")]
    [InlineData("BEGIN:VCARD\nEND:VCARD", 1, "must begin with BEGIN:VCALENDAR")]
    [InlineData("DTSTART:20260101", 1, "stands outside")]
    public void Read_FilesThatAreNotCalendars_SaySo(string text, int line, string reason) =>
        Assert.Contains(ICalendarHolidays.Read(text, 2026, 2026).Errors, e => e.Line == line && e.Reason.Contains(reason, StringComparison.Ordinal));

    [Fact]
    public void Read_AnyMutilatedFile_NeverThrows()
    {
        var file = "BEGIN:VCALENDAR\r\n" + Event("UID:1", "DTSTART;VALUE=DATE:20200706", "DTEND:20200708", "RRULE:FREQ=YEARLY;BYMONTH=7;BYDAY=1MO,-2TU;COUNT=9", "EXDATE:20260706", "DURATION:P1DT2H").ReplaceLineEndings("\r\n") + "\r\nEND:VCALENDAR\r\n";
        ForAllSeeds(random =>
        {
            var text = file.ToCharArray();
            for (var i = random.Next(1, 6); i > 0; i--) text[random.Next(text.Length)] = ":;=,0123456789-PTZ \r\nÁ"[random.Next(22)];
            var import = ICalendarHolidays.Read(new string(text)[..random.Next(text.Length)], 2025, 2027);
            return import.Holidays.All(h => h.Date.Year is >= 2025 and <= 2027);
        });
    }

    [Fact]
    public void AddTo_ACalendar_ClosesItInANewVersion()
    {
        var before = NineToFive("Europe/Prague").Definition;
        var after = ICalendarHolidays.AddTo(before, Read(Event("DTSTART;VALUE=DATE:20260706")));
        Assert.Equal(before.Version + 1, after.Version);
        Assert.Empty(after.HoursOn(new(2026, 7, 6)));
        Assert.NotEmpty(before.HoursOn(new(2026, 7, 6)));
    }
}
