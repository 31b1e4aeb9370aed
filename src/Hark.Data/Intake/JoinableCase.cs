using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Workspaces;

namespace Hark.Data.Intake;

/// <summary>An open case that signals of a group join, changed in memory by the rules of <see cref="Case.Join"/> and written with the group.</summary>
/// <param name="clocks">All clocks of the case.</param>
/// <param name="segments">Of its first signal: a graver signal chooses the policies anew.</param>
/// <param name="isNew">Opened by the same group: its rows are inserted, not updated.</param>
internal sealed class JoinableCase(Case c, List<CaseClock> clocks, IReadOnlyCollection<string> segments, bool isNew)
{
    private readonly HashSet<CaseClock> _changed = [];

    public Case Case => c;

    /// <summary>Joined at least once, and there before.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Clocks that the joins changed, when the case was there before.</summary>
    public IReadOnlyCollection<CaseClock> ChangedClocks => _changed;

    /// <summary>A signal joins: the case counts it, may become graver, wakes up and goes on if it was waiting.</summary>
    /// <returns>Lines for the timeline.</returns>
    public IEnumerable<CaseEvent> Join(CaseRequest request, WorkspacePolicies policies)
    {
        var change = c.Join(request.Signal.SignalId, request.Decision.Severity, Actor.Rule(request.Decision.Rule.RuleId), request.Now).Value;
        var before = clocks.ConvertAll(k => (k.Terms, k.Segments));
        CaseClockOrders.Apply(clocks, c, change.Orders, policies, segments, request.Now);
        var (due, breached) = CaseClocks.RollUp(clocks, c.Round);
        c.FollowClocks(due, breached);
        IsChanged = !isNew;
        if (!isNew)
            foreach (var (i, (terms, parts)) in before.Index())
                if (clocks[i].Terms != terms || clocks[i].Segments != parts) _changed.Add(clocks[i]);
        return change.Facts.Select((fact, i) => CaseEvents.ToRow(c, fact, i));
    }
}
