using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Calendars;
using NodaTime;
using Xunit;

namespace Hark.Domain.Tests.Calendars;

public sealed class ICalendarWriterTests
{
    private static readonly DateTimeZone Prague = DateTimeZoneProviders.Tzdb["Europe/Prague"];

    private static CalendarInvitation At(DateTimeZone zone, Instant start, Duration? length = null) => new(CalendarMethod.Request, "callback-1@hark.example", 0,
        Instant.FromUtc(2026, 3, 1, 12, 0), start, start + (length ?? Duration.FromMinutes(30)), zone, "Call back", "care@hark.example");

    [Fact]
    public void Day_after_the_change_to_summer_time_is_written_in_local_time_with_its_rule()
    {
        var text = ICalendarWriter.Write(At(Prague, Instant.FromUtc(2026, 3, 30, 8, 0)));
        Assert.Contains("DTSTART;TZID=Europe/Prague:20260330T100000\r\n", text, StringComparison.Ordinal);
        Assert.Contains("DTEND;TZID=Europe/Prague:20260330T103000\r\n", text, StringComparison.Ordinal);
        Assert.Contains("BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n", text,
            StringComparison.Ordinal);
        Assert.Contains("BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\n", text,
            StringComparison.Ordinal);
        Assert.StartsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", text, StringComparison.Ordinal);
        Assert.EndsWith("END:VEVENT\r\nEND:VCALENDAR\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\r\nDTSTAMP:20260301T120000Z\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_appointment_across_a_change_carries_both_rules()
    {
        var text = ICalendarWriter.Write(At(Prague, Instant.FromUtc(2026, 3, 29, 0, 30), Duration.FromHours(1)));
        Assert.Contains("DTSTART;TZID=Europe/Prague:20260329T013000\r\n", text, StringComparison.Ordinal);
        Assert.Contains("DTEND;TZID=Europe/Prague:20260329T033000\r\n", text, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20251026T030000", text, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20260329T020000", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Utc_needs_no_zone()
    {
        var text = ICalendarWriter.Write(At(DateTimeZone.Utc, Instant.FromUtc(2026, 3, 30, 8, 0)));
        Assert.DoesNotContain("VTIMEZONE", text, StringComparison.Ordinal);
        Assert.Contains("\r\nDTSTART:20260330T080000Z\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zone_without_changes_has_one_rule()
    {
        var text = ICalendarWriter.Write(At(DateTimeZoneProviders.Tzdb["Asia/Kolkata"], Instant.FromUtc(2026, 3, 30, 8, 0)));
        Assert.Equal(1, Count(text, "BEGIN:STANDARD"));
        Assert.Contains("TZOFFSETTO:+0530\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancellation_says_so_twice_and_keeps_the_uid()
    {
        var text = ICalendarWriter.Write(At(Prague, Instant.FromUtc(2026, 3, 30, 8, 0)) with { Method = CalendarMethod.Cancel, Sequence = 2 });
        Assert.Contains("\r\nMETHOD:CANCEL\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\r\nSTATUS:CANCELLED\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\r\nSEQUENCE:2\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\r\nUID:callback-1@hark.example\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_is_escaped_and_names_are_quoted()
    {
        var text = ICalendarWriter.Write(At(Prague, Instant.FromUtc(2026, 3, 30, 8, 0)) with
        {
            Summary = @"Späť; a, b \ c",
            Description = "one\r\ntwo\nthree",
            OrganizerName = "Péče \"24\"\r\nX:1",
            AttendeeEmail = "jana@example.com",
            AttendeeName = "Jana",
        });
        Assert.Contains(@"SUMMARY:Späť\; a\, b \\ c", text, StringComparison.Ordinal);
        Assert.Contains(@"DESCRIPTION:one\ntwo\nthree", text, StringComparison.Ordinal);
        Assert.Contains("ORGANIZER;CN=\"Péče ^'24^'^nX:1\":mailto:care@hark.example", text, StringComparison.Ordinal);
        Assert.Contains("ATTENDEE;CN=\"Jana\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_appointment_that_ends_before_it_starts_is_refused() =>
        Assert.Throws<ArgumentException>(() => ICalendarWriter.Write(At(Prague, Instant.FromUtc(2026, 3, 30, 8, 0), Duration.Zero)));

    [Fact]
    public void Any_text_comes_back_whole_from_lines_of_at_most_75_octets()
    {
        var texts = ArbMap.Default.ArbFor<string>().Generator.Select(s => Clean(s ?? "")).Where(s => s.Length > 0).ToArbitrary();
        Prop.ForAll(texts, summary =>
        {
            var text = ICalendarWriter.Write(At(Prague, Instant.FromUtc(2026, 3, 30, 8, 0)) with { Summary = summary });
            var lines = text.Split("\r\n");
            var unfolded = text.Replace("\r\n ", "", StringComparison.Ordinal);
            var value = unfolded.Split("\r\n").Single(l => l.StartsWith("SUMMARY:", StringComparison.Ordinal))["SUMMARY:".Length..];
            return lines.All(l => Encoding.UTF8.GetByteCount(l) <= 75) && Unescape(value) == summary;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Folding_never_splits_a_character()
    {
        var text = ICalendarWriter.Write(At(Prague, Instant.FromUtc(2026, 3, 30, 8, 0)) with { Summary = string.Concat(Enumerable.Repeat("Привет 😀 ", 40)) });
        Assert.All(text.Split("\r\n"), l => Assert.Equal(l, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(l))));
        Assert.Contains("\r\n ", text, StringComparison.Ordinal);
    }

    /// <summary>Well-formed, without control characters (which iCalendar cannot carry) and repeated to reach the folding.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            if (rune != Rune.ReplacementChar && !Rune.IsControl(rune)) clean.Append(rune.ToString());
        return string.Concat(Enumerable.Repeat(clean.ToString(), 6));
    }

    private static string Unescape(string value)
    {
        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\') text.Append(value[++i] == 'n' ? '\n' : value[i]);
            else text.Append(value[i]);
        }
        return text.ToString();
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
