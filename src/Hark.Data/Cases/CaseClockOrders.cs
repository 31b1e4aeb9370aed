using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Routing;
using Hark.Domain.Sla;

namespace Hark.Data.Cases;

/// <summary>Carries out what transitions order of the clocks. Pure but for the rows it writes over.</summary>
public static class CaseClockOrders
{
    /// <summary>Applies orders in turn. An order that finds no clock in the right state does nothing.</summary>
    /// <param name="clocks">All clocks of the case, changed in place; fresh ones are added at the end.</param>
    /// <param name="segments">Of the first signal; asked for only where a policy is chosen anew.</param>
    public static void Apply(List<CaseClock> clocks, Case c, IReadOnlyList<ClockOrder> orders, WorkspacePolicies policies, IReadOnlyCollection<string> segments, DateTimeOffset now)
    {
        foreach (var order in orders)
        {
            if (order.Act == ClockAct.Restart)
            {
                if (Terms(policies, c, segments, order.Kind) is { } terms && !clocks.Exists(k => k.Kind == order.Kind && k.Round == c.Round))
                    clocks.Add(CaseClocks.ToRow(c.WorkspaceId, c.CaseId, Clock.Start(order.Kind, terms, now, c.Round), policies.Catalogue, now));
                continue;
            }
            var row = clocks.Find(k => k.Kind == order.Kind && Reaches(order.Act, k, c.Round));
            if (row is not null && Changed(CaseClocks.ToClock(row), order, policies, c, segments, now) is { } clock) CaseClocks.Write(row, clock, policies.Catalogue, now);
        }
    }

    /// <summary>Whether orders need the segments of the case.</summary>
    public static bool ChooseAnew(IEnumerable<ClockOrder> orders) => orders.Any(o => o.Act is ClockAct.Restart or ClockAct.Retarget);

    /// <summary>
    /// The policy that the rule behind the case forces, as the rule is today; null when it forces none, is gone, or a person opened the case.
    /// </summary>
    public static string? ForcedPolicy(WorkspacePolicies policies, Case c)
    {
        if (c.OpenedBy is not { } by) return null;
        var id = by.Split('@')[0];
        return policies.Rules.Rules.FirstOrDefault(r => r.Id == id)?.Then.OfType<OpenCase>().FirstOrDefault()?.Policy;
    }

    /// <summary>The terms that hold today for a kind of clock of a case; null when no policy speaks of it.</summary>
    public static ClockTerms? Terms(WorkspacePolicies policies, Case c, IReadOnlyCollection<string> segments, ClockKind kind) =>
        CaseClocks.Select(policies, c, segments, ForcedPolicy(policies, c)).TryGetValue(kind, out var choice)
            ? choice.Target.ToTerms(choice.Policy, policies.SlaVersion, policies.Catalogue)
            : null;

    private static bool Reaches(ClockAct act, CaseClock row, int round) => act switch
    {
        ClockAct.Pause => row.State == ClockState.Running,
        ClockAct.Resume => row.State == ClockState.Paused,
        ClockAct.Restore => row.State == ClockState.Cancelled && row.Round == round,
        _ => row.State is ClockState.Running or ClockState.Paused,
    };

    private static Clock? Changed(Clock clock, ClockOrder order, WorkspacePolicies policies, Case c, IReadOnlyCollection<string> segments, DateTimeOffset now) => order.Act switch
    {
        ClockAct.Meet => clock.Meet(now).Value,
        ClockAct.Pause => clock.Pause(order.Reason!, now).Value,
        ClockAct.Resume => clock.Resume(now).Value,
        ClockAct.Cancel => clock.Cancel(now).Value,
        ClockAct.Restore => clock.Restore().Value,
        ClockAct.Retarget => Terms(policies, c, segments, order.Kind) is { } terms && !terms.SamePromise(clock.TermsInForce)
            ? clock.ApplyPolicy(terms, PolicyChange.FromNow, now, policies.Catalogue).Value : null,
        ClockAct.Restart => throw new ArgumentOutOfRangeException(nameof(order)),
    };
}
