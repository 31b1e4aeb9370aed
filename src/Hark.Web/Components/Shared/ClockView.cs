using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Domain.Common;
using Hark.Domain.Sla;

namespace Hark.Web.Components.Shared;

/// <summary>A clock as it is shown: its state now, read by the engine from its segments.</summary>
/// <param name="Left">Time on the wall until it is due, negative after; of a paused one the working time left; null when it was met or cannot be told.</param>
public sealed record ClockView(ClockKind Kind, string State, TimeSpan? Left, DateTimeOffset? DueAt, DateTimeOffset? WarnAt, TimeSpan Elapsed)
{
    public const string Ok = "ok", Amber = "amber", Red = "red", Paused = "paused", Done = "done";

    public string Name => EnumNames<ClockKind>.Of(Kind);

    /// <summary>The clock of a case that matters most: the running one due first, else one that is paused.</summary>
    public static ClockView? Next(IReadOnlyList<ClockView> clocks) => clocks.Where(c => c.DueAt is not null).MinBy(c => c.DueAt) ?? clocks.FirstOrDefault(c => c.State == Paused);

    public static ClockView Of(CaseClock row, SlaCatalogue catalogue, DateTimeOffset now)
    {
        var read = ClockReader.Read(CaseClocks.ToClock(row), catalogue, now);
        var left = read.State == ClockState.Paused ? read.RemainingAtPause : read.State == ClockState.Running && read.DueAt is { } due && due != DateTimeOffset.MaxValue ? (TimeSpan?)(due - now) : null;
        var state = read.State switch
        {
            ClockState.Met or ClockState.Cancelled => Done,
            ClockState.Paused => Paused,
            _ when read.DueAt <= now => Red,
            _ when read.WarnAt <= now => Amber,
            _ => Ok,
        };
        return new(row.Kind, state, left, read.State == ClockState.Running ? read.DueAt : null, read.WarnAt, read.Elapsed);
    }
}
