using System.Collections.Frozen;

namespace Hark.Domain.Sla;

/// <summary>
/// A workspace's calendars in every version that a clock still refers to, and its ladders. Immutable; made once per edit and shared, because calendars keep
/// what they have laid out. The calendar <c>always</c> is in every catalogue.
/// </summary>
public sealed class SlaCatalogue
{
    private readonly FrozenDictionary<CalendarRef, WorkCalendar> _calendars;
    private readonly FrozenDictionary<string, WorkCalendar> _newest;
    private readonly FrozenDictionary<string, EscalationLadder> _ladders;

    public SlaCatalogue(IEnumerable<WorkCalendar> calendars, IEnumerable<EscalationLadder> ladders)
    {
        WorkCalendar[] all = [WorkCalendar.AlwaysOpen, .. calendars];
        _calendars = all.ToFrozenDictionary(c => c.Reference);
        _newest = all.GroupBy(c => c.Reference.Key, StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => g.MaxBy(c => c.Reference.Version)!, StringComparer.Ordinal);
        _ladders = ladders.ToFrozenDictionary(l => l.Key, StringComparer.Ordinal);
    }

    /// <summary>The same calendars with other ladders, for trying a policy document.</summary>
    public SlaCatalogue With(IEnumerable<EscalationLadder> ladders) => new(_calendars.Values.Where(c => !c.IsAlwaysOpen), ladders);

    /// <summary>Only the calendar without closing time and the default ladders.</summary>
    public static SlaCatalogue Default { get; } = new([], SlaPolicySet.Default.Ladders);

    /// <summary>The newest version of a calendar.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public WorkCalendar Newest(string key) => _newest.TryGetValue(key, out var calendar) ? calendar : throw new KeyNotFoundException($"There is no calendar '{key}'.");

    /// <summary>The ladder of a key; null for null and for a ladder that was removed: nothing escalates any more.</summary>
    public EscalationLadder? Ladder(string? key) => key is null ? null : _ladders.GetValueOrDefault(key);

    /// <summary>A calendar version that a clock refers to.</summary>
    /// <exception cref="KeyNotFoundException">The version was not loaded: a version may only go when no clock refers to it.</exception>
    public WorkCalendar Calendar(CalendarRef reference) =>
        _calendars.TryGetValue(reference, out var calendar) ? calendar : throw new KeyNotFoundException($"Calendar {reference} is not loaded, though a clock refers to it.");
}
