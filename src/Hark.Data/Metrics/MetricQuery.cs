using Hark.Data.Signals;
using Hark.Domain.Statistics;

namespace Hark.Data.Metrics;

/// <summary>A checked question for one metric. Made by <see cref="MetricQueryReader"/>; the same object gives the same rows on every path.</summary>
public sealed record MetricQuery
{
    public required Guid WorkspaceId { get; init; }
    public required Metric Metric { get; init; }

    /// <summary>The period, cut. Never empty.</summary>
    public required IReadOnlyList<TimeBucket> Buckets { get; init; }

    /// <summary>Zone of the aggregates' days: the workspace's.</summary>
    public required string WorkspaceZone { get; init; }

    /// <summary>Up to two names of dimensions.</summary>
    public IReadOnlyList<string> GroupBy { get; init; } = [];

    /// <summary>For metrics over signals.</summary>
    public SignalFilter Filter { get; init; } = SignalFilter.None;

    /// <summary>For metrics over cases.</summary>
    public CaseFilter Cases { get; init; } = CaseFilter.None;

    /// <summary>Values over fewer are hidden.</summary>
    public required int MinimumCount { get; init; }

    /// <summary>Until when open clocks have run.</summary>
    public required DateTimeOffset Now { get; init; }

    public DateTimeOffset From => Buckets[0].Start;
    public DateTimeOffset To => Buckets[^1].End;
}
