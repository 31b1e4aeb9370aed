using Hark.Data.Aggregates;

namespace Hark.Data.Intake;

/// <summary>What intake transactions hand on to each other. Used by one writer at a time.</summary>
internal sealed class IntakeShared(IntakeMessages messages)
{
    private readonly Dictionary<string, ZoneDays> _days = new(StringComparer.Ordinal);

    public IntakeMessages Messages => messages;
    public CaseNumbers Numbers { get; } = new();
    public TurnOfTeams Turns { get; } = new();

    public ZoneDays DaysOf(string zone) => _days.TryGetValue(zone, out var days) ? days : _days[zone] = new ZoneDays(zone);
}
