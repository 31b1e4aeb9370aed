using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Hark.Domain.Calendars;

/// <summary>Writes an appointment as iCalendar (RFC 5545, RFC 5546), as mail programs take it.</summary>
public static class ICalendarWriter
{
    private static readonly InstantPattern Utc = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");
    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");

    /// <summary>The whole object, lines ending in CRLF. Times in a zone come with that zone's rules around the appointment, so that no reader has to know it.</summary>
    public static string Write(CalendarInvitation invitation)
    {
        if (invitation.End <= invitation.Start) throw new ArgumentException("An appointment ends after it starts.", nameof(invitation));
        var lines = new CalendarLines()
            .Raw("BEGIN", "VCALENDAR").Raw("VERSION", "2.0").Raw("PRODID", "-//Hark//Hark//EN").Raw("CALSCALE", "GREGORIAN")
            .Raw("METHOD", MethodName(invitation.Method));
        if (invitation.Zone != DateTimeZone.Utc) TimeZoneComponent.Write(lines, invitation.Zone, invitation.Start, invitation.End);
        Event(lines, invitation);
        return lines.Raw("END", "VCALENDAR").ToString();
    }

    /// <summary><c>REQUEST</c> or <c>CANCEL</c>: the same in the object and in the content type that carries it.</summary>
    public static string MethodName(CalendarMethod method) => method switch
    {
        CalendarMethod.Request => "REQUEST",
        CalendarMethod.Cancel => "CANCEL",
    };

    internal static string Format(LocalDateTime local) => Local.Format(local);

    private static void Event(CalendarLines lines, CalendarInvitation i)
    {
        lines.Raw("BEGIN", "VEVENT").Text("UID", i.Uid).Raw("SEQUENCE", i.Sequence.ToString(CultureInfo.InvariantCulture)).Raw("DTSTAMP", Utc.Format(i.Stamp));
        Moment(lines, "DTSTART", i.Start, i.Zone);
        Moment(lines, "DTEND", i.End, i.Zone);
        lines.Text("SUMMARY", i.Summary).Text("DESCRIPTION", i.Description).Text("LOCATION", i.Location);
        lines.Raw("ORGANIZER" + CommonName(i.OrganizerName), "mailto:" + i.OrganizerEmail);
        if (i.AttendeeEmail is { } attendee)
            lines.Raw("ATTENDEE" + CommonName(i.AttendeeName) + ";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE", "mailto:" + attendee);
        lines.Raw("STATUS", i.Method == CalendarMethod.Cancel ? "CANCELLED" : "CONFIRMED").Raw("TRANSP", "OPAQUE").Raw("END", "VEVENT");
    }

    private static void Moment(CalendarLines lines, string name, Instant instant, DateTimeZone zone)
    {
        if (zone == DateTimeZone.Utc) lines.Raw(name, Utc.Format(instant));
        else lines.Raw($"{name};TZID={zone.Id}", Format(instant.InZone(zone).LocalDateTime));
    }

    private static string CommonName(string? name) => string.IsNullOrWhiteSpace(name) ? "" : ";CN=" + CalendarLines.Quote(name);
}
