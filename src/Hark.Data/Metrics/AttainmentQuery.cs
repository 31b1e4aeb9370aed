using Hark.Domain.Sla;
using Hark.Domain.Statistics;

namespace Hark.Data.Metrics;

/// <summary>A checked question for the distribution of one clock.</summary>
/// <param name="From">Clocks that started from here on.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Targets">In milliseconds.</param>
/// <param name="GroupBy">Up to two names of <see cref="CaseDimension.All"/>.</param>
/// <param name="Now">Until when open clocks have run.</param>
public sealed record AttainmentQuery(Guid WorkspaceId, ClockKind Clock, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<AttainmentTarget> Targets,
    IReadOnlyList<string> GroupBy, CaseFilter Cases, DateTimeOffset Now)
{
    public const int MostTargets = 20;
}
