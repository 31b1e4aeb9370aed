using Hark.Data.Metrics;
using Hark.Domain.Statistics;
using Hark.Domain.Understanding.Topics;

namespace Hark.Web.Features.Pulse;

/// <summary>A subject that is heard of more than usual.</summary>
/// <param name="Dimension">topic, issue or touchpoint.</param>
/// <param name="Times">How many times the usual, with its 95 % interval; of a subject never heard of before as if it had been heard of once.</param>
/// <param name="Counts">By period, the oldest first, this one last.</param>
public sealed record RisingSubject(string Dimension, string Value, Estimate Times, Estimate? Usual, IReadOnlyList<long> Counts)
{
    /// <summary>Never heard of before in the periods that say what is usual.</summary>
    public bool IsNew => Counts.SkipLast(1).All(n => n == 0);
}

/// <summary>
/// What rises: topics, issues and touchpoints against their own usual number. Among many subjects some rise by chance, so a subject counts as rising only when it
/// would still do so with the error of 5 % shared by all that were looked at (Bonferroni).
/// </summary>
internal sealed class ReadRising(MetricReader metrics)
{
    public const int Most = 6;
    private static readonly string[] Dimensions = ["topic", "issue", "touchpoint"];

    public async Task<IReadOnlyList<RisingSubject>> RunAsync(PulseRequest request, CancellationToken cancellation)
    {
        var subjects = new List<(string Dimension, string Value, long[] Counts)>();
        foreach (var dimension in Dimensions)
        {
            var rows = await metrics.ReadAsync(request.Workspace, request.Query(Metric.Count, request.Periods(PulseRequest.UsualPeriods), dimension), cancellation);
            subjects.AddRange(rows.Value.Where(r => r.Group[0] is not (null or Taxonomy.NotUnderstood)).GroupBy(r => r.Group[0]!).Select(g => (dimension, g.Key, g.Select(r => r.Value.N).ToArray())));
        }
        var looked = subjects.Where(s => s.Counts[^1] >= request.Workspace.Workspace.MinimumCount).ToList();
        return
        [
            .. looked.Where(s => Times(s.Counts, 1 - (0.05 / looked.Count))?.Low > 1)
                .Select(s => new RisingSubject(s.Dimension, s.Value, Times(s.Counts, 0.95)!.Value, Counts.Usual(s.Counts.AsSpan(..^1)), s.Counts))
                .OrderByDescending(s => s.Times.Low).DistinctBy(s => s.Value).Take(Most),
        ];
    }

    private static Estimate? Times(long[] counts, double confidence) => Counts.Ratio(counts[^1], 1, Math.Max(1, counts[..^1].Sum()), counts.Length - 1, confidence);
}
