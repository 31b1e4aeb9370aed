using Hark.Data.Aggregates;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Routing;

namespace Hark.Data.Intake;

/// <summary>What intake transactions hand on to each other. Used by one writer at a time.</summary>
internal sealed class IntakeShared(IIntakeMessages messages)
{
    private readonly Dictionary<string, ZoneDays> _days = new(StringComparer.Ordinal);

    public IIntakeMessages Messages => messages;
    public CaseNumbers Numbers { get; } = new();
    public TurnOfTeams Turns { get; } = new();

    public ZoneDays DaysOf(string zone) => _days.TryGetValue(zone, out var days) ? days : _days[zone] = new ZoneDays(zone);
}

/// <summary>Makes the messages that a routed signal causes; they are written in its transaction.</summary>
public interface IIntakeMessages
{
    /// <param name="opened">The case that this signal opened; null when it joined one or needs none.</param>
    IEnumerable<OutboxMessage> Of(WorkspaceSnapshot workspace, Signal signal, Verbatim? words, Contact? contact, RoutingDecision decision, Case? opened, DateTimeOffset now);
}
