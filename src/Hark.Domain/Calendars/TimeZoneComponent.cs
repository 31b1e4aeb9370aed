using NodaTime;
using NodaTime.TimeZones;

namespace Hark.Domain.Calendars;

/// <summary>
/// Writes a VTIMEZONE (RFC 5545 section 3.6.5) with the observances that hold from the start to the end of an appointment, and the next change after it.
/// Each is written with its one real onset instead of a recurrence rule, so it is exact for every zone, those with irregular changes too.
/// </summary>
internal static class TimeZoneComponent
{
    public static void Write(CalendarLines lines, DateTimeZone zone, Instant start, Instant end)
    {
        lines.Raw("BEGIN", "VTIMEZONE").Raw("TZID", zone.Id);
        var interval = zone.GetZoneInterval(start);
        Observance(lines, zone, interval);
        while (interval.HasEnd && interval.End < end)
        {
            interval = zone.GetZoneInterval(interval.End);
            Observance(lines, zone, interval);
        }
        if (interval.HasEnd) Observance(lines, zone, zone.GetZoneInterval(interval.End));
        lines.Raw("END", "VTIMEZONE");
    }

    private static void Observance(CalendarLines lines, DateTimeZone zone, ZoneInterval interval)
    {
        var name = interval.Savings == Offset.Zero ? "STANDARD" : "DAYLIGHT";
        // DTSTART is the onset in the local time before the change; a zone that never changed began long ago.
        var before = interval.HasStart ? zone.GetZoneInterval(interval.Start - Duration.Epsilon).WallOffset : interval.WallOffset;
        var onset = interval.HasStart ? interval.Start.WithOffset(before).LocalDateTime : new LocalDateTime(1970, 1, 1, 0, 0);
        lines.Raw("BEGIN", name).Raw("DTSTART", ICalendarWriter.Format(onset)).Raw("TZOFFSETFROM", FormatOffset(before))
            .Raw("TZOFFSETTO", FormatOffset(interval.WallOffset)).Text("TZNAME", interval.Name).Raw("END", name);
    }

    private static string FormatOffset(Offset offset)
    {
        var seconds = Math.Abs(offset.Seconds);
        var text = FormattableString.Invariant($"{(offset.Seconds < 0 ? '-' : '+')}{seconds / 3600:00}{seconds / 60 % 60:00}");
        return seconds % 60 == 0 ? text : text + FormattableString.Invariant($"{seconds % 60:00}");
    }
}
