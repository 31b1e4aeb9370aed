using System.Collections.Immutable;
using System.Globalization;

namespace Hark.Domain.Sla;

/// <summary>Names one immutable version of a calendar. Editing a calendar makes the next version, so running clocks change only when told to.</summary>
public readonly record struct CalendarRef(string Key, int Version)
{
    /// <summary>The calendar without closing time, present in every workspace.</summary>
    public static readonly CalendarRef Always = new("always", 1);

    public override string ToString() => $"{Key}@{Version}";
}

/// <summary>Opening hours within one local day, in minutes after local midnight: <c>0 ≤ From &lt; To ≤ 1440</c>; 1440 is <c>24:00</c>.</summary>
public readonly record struct DayWindow(int From, int To)
{
    public const int Midnight = 24 * 60;

    /// <summary>Parses <c>09:00-17:30</c>; <c>24:00</c> may end a window. Empty and backward windows do not parse.</summary>
    public static bool TryParse(string text, out DayWindow window)
    {
        window = default;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || !TryMinutes(text.AsSpan(0, dash), out var from) || !TryMinutes(text.AsSpan(dash + 1), out var to) || from >= to) return false;
        window = new(from, to);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From / 60:00}:{From % 60:00}-{To / 60:00}:{To % 60:00}");

    private static bool TryMinutes(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (text.Length != 5 || text[2] != ':') return false;
        if (!int.TryParse(text[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var hour)) return false;
        if (!int.TryParse(text[3..], NumberStyles.None, CultureInfo.InvariantCulture, out var minute) || minute > 59) return false;
        minutes = hour * 60 + minute;
        return minutes <= Midnight;
    }
}

/// <summary>
/// A business calendar as people edit it: the week's hours in one time zone, and the dates that differ.
/// </summary>
/// <remarks>Order of precedence for a date: its shifts, else closed on a holiday, else the weekday's hours; then the date's breaks are cut.
/// So a shop that opens for the morning of an imported holiday needs a shift and nothing else.</remarks>
public sealed record CalendarDefinition
{
    public required string Key { get; init; }

    /// <summary>1 for the first version; raised by every edit.</summary>
    public int Version { get; init; } = 1;

    /// <summary>An IANA time zone id such as <c>Europe/Prague</c>.</summary>
    public required string Zone { get; init; }

    /// <summary>The hours of each weekday; a weekday not named is closed.</summary>
    public ImmutableSortedDictionary<DayOfWeek, ImmutableArray<DayWindow>> Week { get; init; } = ImmutableSortedDictionary<DayOfWeek, ImmutableArray<DayWindow>>.Empty;

    /// <summary>Local dates that are closed, unless the date has shifts.</summary>
    public ImmutableSortedSet<DateOnly> Holidays { get; init; } = [];

    /// <summary>Hours that replace the weekday's, or open a holiday, on one date; an empty list closes it.</summary>
    public ImmutableSortedDictionary<DateOnly, ImmutableArray<DayWindow>> Shifts { get; init; } = ImmutableSortedDictionary<DateOnly, ImmutableArray<DayWindow>>.Empty;

    /// <summary>Windows cut out of the hours of one date.</summary>
    public ImmutableSortedDictionary<DateOnly, ImmutableArray<DayWindow>> Breaks { get; init; } = ImmutableSortedDictionary<DateOnly, ImmutableArray<DayWindow>>.Empty;

    public CalendarRef Reference => new(Key, Version);

    /// <summary>The open windows of one local date: sorted, disjoint, touching ones joined. Says nothing of daylight saving.</summary>
    public ImmutableArray<DayWindow> HoursOn(DateOnly date)
    {
        if (!Shifts.TryGetValue(date, out var hours) && (Holidays.Contains(date) || !Week.TryGetValue(date.DayOfWeek, out hours))) return [];
        var open = Join(hours);
        return Breaks.TryGetValue(date, out var breaks) ? Cut(open, breaks) : open;
    }

    private static ImmutableArray<DayWindow> Join(ImmutableArray<DayWindow> windows)
    {
        if (windows.Length < 2) return windows;
        var joined = ImmutableArray.CreateBuilder<DayWindow>(windows.Length);
        foreach (var window in windows.Sort(static (a, b) => a.From.CompareTo(b.From)))
        {
            if (joined.Count > 0 && window.From <= joined[^1].To) joined[^1] = joined[^1] with { To = Math.Max(joined[^1].To, window.To) };
            else joined.Add(window);
        }
        return joined.ToImmutable();
    }

    private static ImmutableArray<DayWindow> Cut(ImmutableArray<DayWindow> open, ImmutableArray<DayWindow> breaks)
    {
        foreach (var pause in breaks)
        {
            open = [.. open.SelectMany(w => (DayWindow[])[new(w.From, Math.Min(w.To, pause.From)), new(Math.Max(w.From, pause.To), w.To)]).Where(w => w.From < w.To)];
        }
        return open;
    }
}
