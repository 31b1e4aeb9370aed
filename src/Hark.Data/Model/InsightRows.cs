namespace Hark.Data.Model;

/// <summary>That a stored signal was changed: what keeps signals in memory reads it again. Entries older than a day are dropped.</summary>
public sealed class SignalChange
{
    public Guid WorkspaceId { get; set; }

    /// <summary>Made at the time of the change, so the newest come last.</summary>
    public Guid ChangeId { get; set; }
    public Guid SignalId { get; set; }
}

/// <summary>Something that rose beyond what was usual, with the evidence as it was when it was seen first. Fired once; closed when it is usual again.</summary>
public sealed class Alert
{
    public Guid WorkspaceId { get; set; }
    public Guid AlertId { get; set; }
    public AlertMeasure Measure { get; set; }

    /// <summary>One of the dimensions of the aggregates, and its value as it is stored.</summary>
    public required string Dimension { get; set; }
    public required string Value { get; set; }

    /// <summary>The day (its start in the workspace's zone) that was looked at when it fired.</summary>
    public DateTimeOffset Day { get; set; }
    public DateTimeOffset OpenedAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>How many days were looked at together, up to <see cref="Day"/>.</summary>
    public int Days { get; set; }
    public double Observed { get; set; }
    public double Expected { get; set; }

    /// <summary>Judged signals of those days for a rate; the days for a count.</summary>
    public double Exposure { get; set; }

    /// <summary>Chance of as many, were nothing different.</summary>
    public double P { get; set; }
}

/// <summary>What an alert watches.</summary>
public enum AlertMeasure { NegativeRate, Negatives, Signals }

/// <summary>Up to which day alerts were looked for, so that no day is left out and none counted twice.</summary>
public sealed class AlertWatch
{
    public Guid WorkspaceId { get; set; }
    public DateTimeOffset Day { get; set; }
    public DateTimeOffset CheckedAt { get; set; }
}
