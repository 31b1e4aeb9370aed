using System.Collections.Immutable;

namespace Hark.Domain.Sla;

/// <summary>One day off, by local date, with the event's summary.</summary>
public readonly record struct Holiday(DateOnly Date, string Name);

/// <summary>Something in the file that could not be used.</summary>
/// <param name="Line">The line of the file, from 1; of a folded line its first.</param>
public readonly record struct HolidayError(int Line, string Reason);

/// <summary>What an iCalendar file held: days in order of date, each date once, and every event that could not be used.</summary>
public sealed record HolidayImport(ImmutableArray<Holiday> Holidays, ImmutableArray<HolidayError> Errors);

/// <summary>
/// Reads holidays from an iCalendar file (RFC 5545): all-day events and timed events that cover whole days, single or over several days, repeated yearly
/// (INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS), with RDATE, EXDATE and changed single occurrences (RECURRENCE-ID); cancelled events are left out.
/// </summary>
/// <remarks>Dates are taken as written: a holiday belongs to the calendar's own zone, so TZID and a trailing Z do not move it.</remarks>
public static class ICalendarHolidays
{
    /// <summary>Larger files are refused: a century of holidays is some hundred kilobytes.</summary>
    public const int MostCharacters = 4 * 1024 * 1024;

    /// <summary>Bounds the work of expanding repeated events; the largest public holiday files have a few hundred.</summary>
    private const int MostEvents = 5_000;

    private const int MostErrors = 100;
    private const int MostYears = 200;

    /// <summary>The holidays of the years <paramref name="fromYear"/> to <paramref name="toYear"/>, both included. Never throws for what the file holds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Years the wrong way round or more than 200.</exception>
    public static HolidayImport Read(string text, int fromYear, int toYear)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromYear, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(toYear, fromYear);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(toYear, Math.Min(ICalendarLine.LastYear, fromYear + MostYears - 1));
        if (text.Length > MostCharacters) return new([], [new(1, "the file is larger than 4 MiB; export only the holidays")]);

        var errors = new List<HolidayError>();
        var events = Events(ICalendarLine.Unfold(text), errors);
        var changed = events.Where(e => e.RecurrenceId is not null).Select(e => (e.Uid, e.RecurrenceId!.Value)).ToHashSet();
        var (first, last) = (new DateOnly(fromYear, 1, 1), new DateOnly(toYear, 12, 31));
        var days = new SortedDictionary<DateOnly, string>();
        foreach (var one in events.Where(e => !e.Cancelled))
        {
            foreach (var start in one.Starts(last))
            {
                if (one.RecurrenceId is null && changed.Contains((one.Uid, start))) continue;
                for (var i = 0; i < one.Days; i++)
                {
                    var date = start.AddDays(i);
                    if (date >= first && date <= last) days.TryAdd(date, one.Summary);
                }
            }
        }
        if (days.Count > CalendarJson.MostDates)
        {
            errors.Add(new(1, $"the file has {days.Count} days off in these years and a calendar holds {CalendarJson.MostDates}; import fewer years"));
            days.Clear();
        }
        return new(
            [.. days.Select(d => new Holiday(d.Key, d.Value))],
            [.. errors.OrderBy(e => e.Line).Take(MostErrors)]);
    }

    /// <summary>The definition with the imported days added to its holidays, as its next version.</summary>
    public static CalendarDefinition AddTo(CalendarDefinition definition, HolidayImport import) =>
        definition with { Version = definition.Version + 1, Holidays = definition.Holidays.Union(import.Holidays.Select(h => h.Date)) };

    private static List<ICalendarEvent> Events(IEnumerable<ICalendarLine> lines, List<HolidayError> errors)
    {
        var events = new List<ICalendarEvent>();
        var open = new Stack<(string Name, int Line)>();
        var properties = new List<ICalendarLine>();
        var any = false;
        foreach (var line in lines)
        {
            any = true;
            switch (line.Name)
            {
                case "BEGIN":
                    if (open.Count == 0 && !line.Is("VCALENDAR")) errors.Add(new(line.Number, "must begin with BEGIN:VCALENDAR; is this an iCalendar file?"));
                    open.Push((line.Is("VEVENT") ? "VEVENT" : line.Value, line.Number));
                    if (line.Is("VEVENT")) properties.Clear();
                    break;
                case "END":
                    if (open.Count == 0 || !line.Is(open.Peek().Name))
                    {
                        errors.Add(new(line.Number, $"END:{line.Value} closes nothing that is open"));
                        break;
                    }
                    var begun = open.Pop().Line;
                    if (line.Is("VEVENT") && ICalendarEvent.Read(properties, begun, errors) is { } read) events.Add(read);
                    break;
                case "":
                    errors.Add(new(line.Number, "is not an iCalendar line (NAME:VALUE)"));
                    break;
                default:
                    if (open.Count == 0) errors.Add(new(line.Number, "stands outside BEGIN:VCALENDAR"));
                    else if (open.Peek().Name == "VEVENT") properties.Add(line);
                    break;
            }
        }
        foreach (var (name, number) in open) errors.Add(new(number, $"BEGIN:{name} is never closed; is the file cut off?"));
        if (events.Count > MostEvents)
        {
            errors.Add(new(1, $"the file has {events.Count} events; export only the holidays, at most {MostEvents}"));
            events.Clear();
        }
        if (!any) errors.Add(new(1, "the file is empty"));
        return events;
    }
}
