using Hark.Data.Model;
using Hark.Domain.Cases;
using Hark.Domain.Sla;

namespace Hark.Data.Cases;

/// <summary>A clock as it stood before a change, as the store keeps it.</summary>
public sealed record ClockBefore(ClockKind Kind, int Round, ClockState State, string Terms, string Segments, bool Warned, bool BreachTold, int StepsTaken)
{
    internal static ClockBefore Of(CaseClock row) => new(row.Kind, row.Round, row.State, row.Terms, row.Segments, row.Warned, row.BreachTold, row.StepsTaken);

    internal Clock ToClock() => ClockStorage.Read(Kind, Round, Terms, Segments, State is ClockState.Met or ClockState.Cancelled ? State : null, new ClockProgress(Warned, BreachTold, StepsTaken));
}

/// <summary>The way back from one change of a case: how it stood, which version came of it, and what was written to be sent.</summary>
/// <param name="Version">The case's version after the change: while it is that, nobody has gone on.</param>
/// <param name="At">The time of the change.</param>
public sealed record CaseUndo(
    Guid CaseId, long Number, long Version, DateTimeOffset At, CaseEventKind What, CaseBefore Case, IReadOnlyList<ClockBefore> Clocks, IReadOnlyList<Guid> Messages)
{
    /// <summary>What can be taken back: changes of one case within its round.</summary>
    private static readonly CaseEventKind[] Known =
    [
        CaseEventKind.Resolved, CaseEventKind.Replied, CaseEventKind.Snoozed, CaseEventKind.WaitingForCustomer, CaseEventKind.SeverityChanged, CaseEventKind.Started, CaseEventKind.Resumed,
        CaseEventKind.Assigned, CaseEventKind.Acknowledged, CaseEventKind.Woken,
    ];

    /// <summary>What a change is called by the kinds of its lines: the one that says most.</summary>
    internal static CaseEventKind? NameOf(IReadOnlySet<CaseEventKind> kinds) => Known.Where(kinds.Contains).Select(k => (CaseEventKind?)k).FirstOrDefault();

    internal static CaseUndo Before(CaseFile file) =>
        new(file.Case.CaseId, file.Case.Number, file.Case.Version, file.Now, default, file.Case.Before(), [.. file.Clocks.Select(ClockBefore.Of)], []);

    internal CaseUndo After(Case c, CaseEventKind what, IEnumerable<OutboxMessage> messages) => this with { Version = c.Version, What = what, Messages = [.. messages.Select(m => m.MessageId)] };
}
