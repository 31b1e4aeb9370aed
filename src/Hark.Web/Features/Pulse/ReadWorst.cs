using Hark.Data.Cases;
using Hark.Data.Metrics;
using Hark.Data.Signals;
using Hark.Domain.Understanding.Topics;

namespace Hark.Web.Features.Pulse;

/// <summary>What went wrong for most people in the period.</summary>
/// <param name="Dimension">issue where sources name it, else topic, else touchpoint.</param>
/// <param name="N">Negative experiences with this value.</param>
/// <param name="All">All negative experiences of the period.</param>
/// <param name="Waiting">Open cases behind it that the person may see and work on, the most urgent first; no more than <see cref="ReadWorst.MostWaiting"/>.</param>
/// <param name="First">Words of the first of them.</param>
public sealed record WorstProblem(string Dimension, string Value, long N, long All, IReadOnlyList<CaseBehind> Waiting, CaseGlance? First);

/// <param name="Problem">Null when nothing went wrong often enough to say so.</param>
public sealed record PulseWorst(WorstProblem? Problem);

/// <summary>Finds the worst problem of the period: the one with most negative experiences, in the most telling dimension that has one.</summary>
internal sealed class ReadWorst(MetricReader metrics, CasesBehind cases, CaseGlances glances)
{
    public const int MostWaiting = 100;
    private static readonly string[] Dimensions = ["issue", "topic", "touchpoint"];

    public async Task<PulseWorst> RunAsync(PulseRequest request, CancellationToken cancellation)
    {
        foreach (var dimension in Dimensions)
        {
            var worst = (await ReadAsync(request, dimension, cancellation)).Where(r => r.Value is not null).DefaultIfEmpty().MaxBy(r => r.N);
            if (worst.Value is not { } value || worst.N < request.Workspace.Workspace.MinimumCount) continue;
            var all = (await ReadAsync(request, null, cancellation)).Sum(r => r.N);
            var waiting = await cases.ReadAsync(request.Workspace.WorkspaceId, request.Caller.Cases, Only(request, dimension, value), MostWaiting, cancellation);
            var first = waiting.Count == 0 ? null : (await glances.ReadAsync(request.Workspace.WorkspaceId, [waiting[0].CaseId], cancellation))[waiting[0].CaseId];
            return new(new WorstProblem(dimension, value, worst.N, all, waiting, first));
        }
        return new(null);
    }

    /// <summary>Negative experiences of the period by value; groups too small to be told are absent.</summary>
    private async Task<IEnumerable<(string? Value, long N)>> ReadAsync(PulseRequest request, string? dimension, CancellationToken cancellation)
    {
        var query = request.Query(Metric.NegativeRate, request.Periods(0), dimension is null ? [] : [dimension]);
        var rows = (await metrics.ReadAsync(request.Workspace, query, cancellation)).Value;
        return rows.Where(r => !r.Suppressed && (dimension is null || r.Group[0] != Taxonomy.NotUnderstood)).Select(r => (dimension is null ? null : r.Group[0], (long)(r.Value.Parts.First(p => p.Name == "negative").Value ?? 0)));
    }

    /// <summary>The signals of the view with this value.</summary>
    private static SignalFilter Only(PulseRequest request, string dimension, string value) =>
        request.Filter with { Values = new Dictionary<string, IReadOnlyList<string>>(request.Filter.Values, StringComparer.Ordinal) { [dimension] = [value] } };
}
