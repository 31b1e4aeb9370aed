using Hark.Domain.Targets;

namespace Hark.Data.Model;

/// <summary>A day's numbers of an outcome, as the workspace reported them last.</summary>
public sealed class OutcomeDay
{
    public Guid WorkspaceId { get; set; }
    public OutcomeKind Outcome { get; set; }

    /// <summary>On the workspace's calendar.</summary>
    public DateOnly Day { get; set; }

    /// <summary>How many of those counted did it; of cost the money spent.</summary>
    public double Sum { get; set; }

    /// <summary>Those counted: customers, orders. Above 0.</summary>
    public long Count { get; set; }
}
