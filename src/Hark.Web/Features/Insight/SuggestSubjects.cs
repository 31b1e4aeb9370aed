using Hark.Data.Aggregates;
using Hark.Data.Alerts;
using Hark.Data.Metrics;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Understanding.Topics;

namespace Hark.Web.Features.Insight;

/// <summary>Suggests what to ask of: what rose and has not become usual again, then topics and issues by how many speak ill of them.</summary>
internal sealed class SuggestSubjects(AlertReader alerts, ValueSums sums)
{
    private const int Days = 90, MostAlerts = 50;

    private static readonly SignalMetric Negative = SignalMetric.Find(Metric.NegativeRate)!;

    /// <summary>The most worth asking first. Three statements on aggregates and alerts, however many signals there are.</summary>
    public async Task<IReadOnlyList<(string Dimension, string Value)>> RunAsync(WorkspaceSnapshot workspace, DateTimeOffset now, CancellationToken cancellation)
    {
        var to = now.HourStart().AddHours(1);
        var open = await alerts.ListAsync(workspace.WorkspaceId, open: true, null, MostAlerts, cancellation);
        var risen = open.Where(a => a.Dimension is Dimensions.Topic or Dimensions.Issue).OrderBy(a => a.P).Select(a => (a.Dimension, a.Value));
        var spoken = new List<(string Dimension, string Value, long Against)>();
        foreach (var dimension in new[] { Dimensions.Topic, Dimensions.Issue })
            spoken.AddRange((await sums.ReadAsync(workspace, to.AddDays(-Days), to, dimension, Negative, cancellation)).Where(s => s.Key != Taxonomy.NotUnderstood).Select(s => (dimension, s.Key, s.Value[2])));
        return [.. risen.Concat(spoken.Where(s => s.Against >= workspace.Workspace.MinimumCount).OrderByDescending(s => s.Against).Select(s => (s.Dimension, s.Value))).Distinct().DistinctBy(s => s.Value)];
    }
}
