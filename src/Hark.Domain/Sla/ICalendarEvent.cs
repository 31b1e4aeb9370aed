using System.Globalization;
using System.Text.RegularExpressions;

namespace Hark.Domain.Sla;

/// <summary>One VEVENT as far as holidays need it: whole days from each start date.</summary>
/// <param name="Days">How many days each occurrence covers, from 1.</param>
internal sealed partial record ICalendarEvent(string Uid, string Summary, DateOnly Start, int Days, bool Cancelled, DateOnly? RecurrenceId, YearlyRule? Rule)
{
    /// <summary>Longer events are slips of a year in DTEND.</summary>
    private const int MostDays = 366;

    private HashSet<DateOnly> Added { get; } = [];
    private HashSet<DateOnly> Removed { get; } = [];

    /// <summary>The first day of every occurrence up to a date.</summary>
    public IEnumerable<DateOnly> Starts(DateOnly until) =>
        (Rule is null ? [Start] : Rule.Occurrences(Start, until)).Concat(Added).Distinct().Where(d => d <= until && !Removed.Contains(d));

    /// <summary>Reads an event; null, with the reasons in <paramref name="errors"/>, when it cannot be used.</summary>
    public static ICalendarEvent? Read(List<ICalendarLine> lines, int number, List<HolidayError> errors)
    {
        ICalendarLine? Find(string name) => lines.Find(l => l.Name == name);
        if (Find("DTSTART") is not { } startLine)
        {
            errors.Add(new(number, "the event has no DTSTART"));
            return null;
        }
        if (!ICalendarLine.TryTime(startLine.Value, out var start, out var startIsDate))
        {
            errors.Add(new(startLine.Number, $"DTSTART is not a date such as 20261224: {Shown(startLine.Value)}"));
            return null;
        }
        if (Length(start, startIsDate, startLine, Find("DTEND"), Find("DURATION"), errors) is not { } days) return null;

        YearlyRule? rule = null;
        if (Find("RRULE") is { } ruleLine)
        {
            rule = YearlyRule.Parse(ruleLine.Value, out var problem);
            if (rule is null)
            {
                errors.Add(new(ruleLine.Number, problem));
                return null;
            }
        }
        DateOnly? recurrence = null;
        if (Find("RECURRENCE-ID") is { } idLine && ICalendarLine.TryTime(idLine.Value, out var replaced, out _)) recurrence = DateOnly.FromDateTime(replaced);
        var read = new ICalendarEvent(
            Find("UID")?.Value ?? $"line-{number}", Find("SUMMARY")?.Text() ?? "", DateOnly.FromDateTime(start), days,
            Find("STATUS")?.Is("CANCELLED") ?? false, recurrence, rule);
        Dates(lines, "RDATE", read.Added, errors);
        Dates(lines, "EXDATE", read.Removed, errors);
        return read;
    }

    /// <summary>Whole days from start to end. An event that ends at 23:59 is taken to mean midnight, as many exports write it.</summary>
    private static int? Length(DateTime start, bool startIsDate, ICalendarLine startLine, ICalendarLine? endLine, ICalendarLine? lengthLine, List<HolidayError> errors)
    {
        DateTime end;
        if (endLine is not null)
        {
            if (!ICalendarLine.TryTime(endLine.Value, out end, out _)) return Fail(endLine, $"DTEND is not a date such as 20261225: {Shown(endLine.Value)}");
            // RFC 5545: DTEND is exclusive and later than DTSTART; equal dates are a common slip for "one day".
            if (end == start && startIsDate) end = start.AddDays(1);
            if (end <= start) return Fail(endLine, "DTEND is not after DTSTART");
        }
        else if (lengthLine is not null)
        {
            if (Span(lengthLine.Value) is not { } span || span <= TimeSpan.Zero) return Fail(lengthLine, $"DURATION is not a length such as P1D: {Shown(lengthLine.Value)}");
            if (span > TimeSpan.FromDays(MostDays)) return Fail(lengthLine, $"the event is longer than {MostDays} days");
            end = start + span;
        }
        else end = start.AddDays(1);

        if (end.TimeOfDay >= new TimeSpan(23, 59, 0)) end = end.Date.AddDays(1);
        if (start.TimeOfDay != TimeSpan.Zero || end.TimeOfDay != TimeSpan.Zero)
            return Fail(startLine, "the event covers part of a day; holidays are whole days, so give the calendar a shift or a break for that date");
        var days = (end - start).Days;
        return days <= MostDays ? days : Fail(endLine ?? startLine, $"the event is longer than {MostDays} days");

        int? Fail(ICalendarLine line, string reason)
        {
            errors.Add(new(line.Number, reason));
            return null;
        }
    }

    private static void Dates(List<ICalendarLine> lines, string name, HashSet<DateOnly> dates, List<HolidayError> errors)
    {
        foreach (var line in lines.Where(l => l.Name == name))
        {
            foreach (var text in line.Value.Split(','))
            {
                if (ICalendarLine.TryTime(text, out var time, out _)) dates.Add(DateOnly.FromDateTime(time));
                else errors.Add(new(line.Number, $"{name} has something that is not a date: {Shown(text)}"));
            }
        }
    }

    private static TimeSpan? Span(string text)
    {
        var match = DurationForm().Match(text);
        if (!match.Success) return null;
        int Part(string name) => match.Groups[name] is { Success: true } g ? int.Parse(g.Value, CultureInfo.InvariantCulture) : 0;
        return new TimeSpan(Part("w") * 7 + Part("d"), Part("h"), Part("m"), Part("s"));
    }

    private static string Shown(string value) => value.Length <= 40 ? $"'{value}'" : $"'{value[..40]}…'";

    [GeneratedRegex(@"^\+?P(?:(?<w>\d{1,4})W)?(?:(?<d>\d{1,5})D)?(?:T(?:(?<h>\d{1,5})H)?(?:(?<m>\d{1,5})M)?(?:(?<s>\d{1,5})S)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex DurationForm();
}
