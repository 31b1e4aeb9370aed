using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Sla;

namespace Hark.Data.Cases;

/// <summary>
/// Between the clock engine and the rows of <see cref="CaseClock"/>: the one place where clocks of a case are chosen, started, written down and rolled up. Pure.
/// </summary>
public static class CaseClocks
{
    /// <summary>
    /// The clocks of a case that opens, running from the opening or from its signal as each target says. A signal that is old already may start a clock that is
    /// already breached; its row says so at once and the sweeper tells people.
    /// </summary>
    /// <param name="segments">Keys of the segments that the signal is in.</param>
    /// <param name="policyKey">The policy that the rule forces; its targets go before those of all others. Null, or a policy since removed: chosen by match.</param>
    /// <returns>Rows to insert in the transaction of the opening, in order of kind; none when no policy speaks of the case.</returns>
    public static IReadOnlyList<CaseClock> Start(WorkspacePolicies policies, Case c, IReadOnlyCollection<string> segments, string? policyKey, DateTimeOffset now) =>
    [
        .. Select(policies, c, segments, policyKey).OrderBy(p => p.Key).Select(p => Start(
            policies, c, p.Key, p.Value, p.Value.Target.StartsFrom == ClockStart.SignalReceived ? c.SignalAt : c.OpenedAt, now)),
    ];

    /// <summary>The targets that hold for a case as it is now.</summary>
    /// <inheritdoc cref="Start(WorkspacePolicies, Case, IReadOnlyCollection{string}, string?, DateTimeOffset)"/>
    public static IReadOnlyDictionary<ClockKind, SlaChoice> Select(WorkspacePolicies policies, Case c, IReadOnlyCollection<string> segments, string? policyKey) =>
        policies.Sla.Select(new SlaContext(c.Channel, c.Severity, segments), policyKey);

    /// <summary>A row of this clock of this case, with everything computed that the store keeps.</summary>
    public static CaseClock ToRow(Guid workspaceId, Guid caseId, Clock clock, SlaCatalogue catalogue, DateTimeOffset now)
    {
        var row = new CaseClock { WorkspaceId = workspaceId, CaseId = caseId, Kind = clock.Kind, Round = clock.Round, Terms = "", Segments = "" };
        Write(row, clock, catalogue, now);
        return row;
    }

    /// <summary>Writes a changed clock over its row.</summary>
    public static void Write(CaseClock row, Clock clock, SlaCatalogue catalogue, DateTimeOffset now) => Write(row, clock, ClockReader.Read(clock, catalogue, now));

    /// <inheritdoc cref="Write(CaseClock, Clock, SlaCatalogue, DateTimeOffset)"/>
    public static void Write(CaseClock row, Clock clock, ClockReading reading)
    {
        row.Terms = ClockStorage.WriteTerms(clock.Terms);
        row.Segments = ClockStorage.WriteSegments(clock.Segments);
        row.State = clock.State;
        row.StartedAt = clock.StartedAt;
        row.DueAt = Known(reading.DueAt);
        row.MetAt = clock.Stopped == ClockState.Met ? clock.StoppedAt : null;
        row.BreachedAt = reading.BreachedAt;
        row.ElapsedMs = clock.Stopped == ClockState.Met ? (long)reading.Elapsed.TotalMilliseconds : null;
        row.NextMomentAt = Known(reading.Next?.At);
        (row.Warned, row.BreachTold, row.StepsTaken) = (clock.Progress.Warned, clock.Progress.Breached, clock.Progress.Steps);
    }

    /// <summary>The clock that a row keeps.</summary>
    /// <exception cref="FormatException">The row was damaged.</exception>
    public static Clock ToClock(CaseClock row) => ClockStorage.Read(
        row.Kind, row.Round, row.Terms, row.Segments, row.State is ClockState.Met or ClockState.Cancelled ? row.State : null, new ClockProgress(row.Warned, row.BreachTold, row.StepsTaken));

    /// <summary>What <see cref="Case.FollowClocks"/> takes: the earliest due time of running clocks, and whether a clock of the round was missed.</summary>
    public static (DateTimeOffset? DueAt, bool Breached) RollUp(IEnumerable<CaseClock> clocks, int round)
    {
        DateTimeOffset? due = null;
        var breached = false;
        foreach (var clock in clocks)
        {
            if (clock.State == ClockState.Running && (due is null || clock.DueAt < due)) due = clock.DueAt ?? due;
            breached |= clock.Round == round && clock.BreachedAt is not null;
        }
        return (due, breached);
    }

    private static CaseClock Start(WorkspacePolicies policies, Case c, ClockKind kind, SlaChoice choice, DateTimeOffset at, DateTimeOffset now)
    {
        var terms = choice.Target.ToTerms(choice.Policy, policies.SlaVersion, policies.Catalogue);
        return ToRow(c.WorkspaceId, c.CaseId, Clock.Start(kind, terms, at, c.Round), policies.Catalogue, now);
    }

    /// <summary>A calendar that never gets there answers the end of time: no moment worth an index entry.</summary>
    private static DateTimeOffset? Known(DateTimeOffset? at) => at == DateTimeOffset.MaxValue ? null : at;
}
