using System.Globalization;

namespace Hark.Domain.Sla;

/// <summary>
/// A recurrence rule with FREQ=YEARLY (RFC 5545 section 3.3.10): which dates of a year it names, and for how long. Dates that do not exist in a year
/// (29 February) are left out of it, as the standard says.
/// </summary>
internal sealed class YearlyRule
{
    private static readonly string[] DayNames = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    private int _interval = 1;
    private int? _count;
    private DateOnly? _until;
    private int[] _months = [];
    private int[] _monthDays = [];
    private int[] _positions = [];
    private (int Ordinal, DayOfWeek Day)[] _days = [];

    private YearlyRule()
    {
    }

    /// <summary>Parses a rule; null with the reason when it is malformed or not yearly.</summary>
    public static YearlyRule? Parse(string text, out string problem)
    {
        var rule = new YearlyRule();
        var yearly = false;
        problem = "";
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = part.Split('=', 2) is [var n, var v] ? (n.ToUpperInvariant(), v.ToUpperInvariant()) : (part, "");
            var fits = name switch
            {
                "FREQ" => yearly = value == "YEARLY",
                "INTERVAL" => Number(value, 1, 1000, n => rule._interval = n),
                "COUNT" => Number(value, 1, 100_000, n => rule._count = n),
                "UNTIL" => ICalendarLine.TryTime(value, out var until, out _) && (rule._until = DateOnly.FromDateTime(until)) is not null,
                "BYMONTH" => Numbers(value, 1, 12, list => rule._months = list),
                "BYMONTHDAY" => Numbers(value, -31, 31, list => rule._monthDays = list),
                "BYSETPOS" => Numbers(value, -366, 366, list => rule._positions = list),
                "BYDAY" => WeekDays(value, list => rule._days = list),
                "WKST" => true, // only weekly rules and BYWEEKNO depend on it
                _ => false,
            };
            if (fits) continue;
            problem = $"RRULE {part} is not understood; holidays may repeat with FREQ=YEARLY, INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYDAY and BYSETPOS";
            return null;
        }
        if (yearly) return rule;
        problem = "RRULE has no FREQ=YEARLY";
        return null;
    }

    /// <summary>The dates from <paramref name="start"/> to <paramref name="until"/>, in order. COUNT counts from the start, not from what is asked for.</summary>
    public IEnumerable<DateOnly> Occurrences(DateOnly start, DateOnly until)
    {
        var last = _until is { } end && end < until ? end : until;
        var left = _count ?? int.MaxValue;
        for (var year = start.Year; year <= last.Year; year += _interval)
        {
            foreach (var date in DatesOf(year, start))
            {
                if (date < start) continue;
                if (date > last || left-- <= 0) yield break;
                yield return date;
            }
        }
    }

    private IEnumerable<DateOnly> DatesOf(int year, DateOnly start)
    {
        var plain = _months.Length + _monthDays.Length + _days.Length == 0;
        if (plain)
            return start.Day <= DateTime.DaysInMonth(year, start.Month) ? [new DateOnly(year, start.Month, start.Day)] : [];

        // BYMONTH alone keeps the day of the month of the start; BYMONTHDAY alone means every month (section 3.3.10, table).
        var monthDays = _monthDays.Length == 0 && _days.Length == 0 ? [start.Day] : _monthDays;
        var dates = Enumerable.Range(1, 12)
            .Where(month => _months.Length == 0 || _months.Contains(month))
            .SelectMany(month => Enumerable.Range(1, DateTime.DaysInMonth(year, month)).Select(day => new DateOnly(year, month, day)))
            .Where(d => monthDays.Length == 0 || monthDays.Contains(d.Day) || monthDays.Contains(d.Day - DateTime.DaysInMonth(d.Year, d.Month) - 1))
            .Where(d => _days.Length == 0 || Array.Exists(_days, rule => Matches(rule, d)));
        if (_positions.Length == 0) return dates;
        var all = dates.ToArray();
        return all.Where((_, i) => _positions.Contains(i + 1) || _positions.Contains(i - all.Length));
    }

    /// <summary>An ordinal counts within the month when months are named, else within the year.</summary>
    private bool Matches((int Ordinal, DayOfWeek Day) rule, DateOnly date)
    {
        if (date.DayOfWeek != rule.Day) return false;
        if (rule.Ordinal == 0) return true;
        var (index, length) = _months.Length > 0
            ? (date.Day - 1, DateTime.DaysInMonth(date.Year, date.Month))
            : (date.DayOfYear - 1, DateTime.IsLeapYear(date.Year) ? 366 : 365);
        return rule.Ordinal > 0 ? index / 7 + 1 == rule.Ordinal : (length - 1 - index) / 7 + 1 == -rule.Ordinal;
    }

    private static bool Number(string text, int least, int most, Action<int> set)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < least || number > most) return false;
        set(number);
        return true;
    }

    private static bool Numbers(string text, int least, int most, Action<int[]> set)
    {
        var numbers = new List<int>();
        if (!text.Split(',').All(part => Number(part, least, most, numbers.Add)) || numbers.Contains(0)) return false;
        set([.. numbers]);
        return true;
    }

    private static bool WeekDays(string text, Action<(int, DayOfWeek)[]> set)
    {
        var days = new List<(int, DayOfWeek)>();
        foreach (var part in text.Split(','))
        {
            if (part.Length < 2 || Array.IndexOf(DayNames, part[^2..]) is not (>= 0 and var day)) return false;
            var ordinal = 0;
            if (part.Length > 2 && (!Number(part[..^2], -53, 53, n => ordinal = n) || ordinal == 0)) return false;
            days.Add((ordinal, (DayOfWeek)day));
        }
        set([.. days]);
        return true;
    }
}
