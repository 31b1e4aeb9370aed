using Hark.Data.Metrics;
using Hark.Domain.Statistics;

namespace Hark.Web.Features.Pulse;

/// <summary>Values by which Pulse can be narrowed, with the number of signals of the last 90 days; the most frequent first.</summary>
internal sealed class ReadFilters(MetricReader metrics)
{
    private const int Most = 12;

    public async Task<IReadOnlyList<(string Dimension, IReadOnlyList<(string Value, long N)> Values)>> RunAsync(PulseRequest request, CancellationToken cancellation)
    {
        var all = request with { Filter = Data.Signals.SignalFilter.None };
        IReadOnlyList<TimeBucket> quarter = [new(request.To.AddDays(-90), request.To, request.To)];
        var found = new List<(string, IReadOnlyList<(string, long)>)>();
        foreach (var dimension in PulseRequest.Filters)
        {
            var rows = (await metrics.ReadAsync(request.Workspace, all.Query(Metric.Count, quarter, dimension), cancellation)).Value;
            found.Add((dimension, [.. rows.Where(r => r.Group[0] is not null && r.Value.N > 0).OrderByDescending(r => r.Value.N).Take(Most).Select(r => (r.Group[0]!, r.Value.N))]));
        }
        return found;
    }
}
