using NodaTime;

namespace Hark.Domain.Calendars;

/// <summary>The iTIP method (RFC 5546): an appointment that is made or changed, or one that is called off.</summary>
public enum CalendarMethod { Request, Cancel }

/// <summary>One appointment, to be sent as iCalendar.</summary>
/// <param name="Uid">Stays the same for all versions of the appointment; globally unique, such as <c>callback-…@example.com</c>.</param>
/// <param name="Sequence">0 for the first version; rises with every change, the cancellation too.</param>
/// <param name="Stamp">When this version was made.</param>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive; after <paramref name="Start"/>.</param>
/// <param name="Zone">The zone people see it in; UTC writes plain UTC times.</param>
/// <param name="OrganizerEmail">Address without display name.</param>
public sealed record CalendarInvitation(CalendarMethod Method, string Uid, int Sequence, Instant Stamp, Instant Start, Instant End, DateTimeZone Zone,
    string Summary, string OrganizerEmail)
{
    public string? OrganizerName { get; init; }
    public string? AttendeeEmail { get; init; }
    public string? AttendeeName { get; init; }
    public string? Description { get; init; }
    public string? Location { get; init; }
}
