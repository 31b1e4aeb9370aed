using Hark.Data.Metrics;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Statistics;

namespace Hark.Web.Features.Pulse;

/// <summary>A number now and in the period before.</summary>
/// <param name="Difference">Now less before, with its interval; null when one of them says nothing.</param>
/// <param name="Trend">The oldest first.</param>
public sealed record ComparedFigure(MetricRow Now, MetricRow Before, Estimate? Difference, IReadOnlyList<MetricRow> Trend)
{
    /// <summary>Whether 95 % of what the data allow lie on one side of no change.</summary>
    public bool IsReal => Difference is { } d && (d.Low > 0 || d.High < 0);
}

/// <param name="Usual">Where the number of this period was expected, by those before; null when there are too few.</param>
/// <param name="ByKind">Direct, indirect, inferred.</param>
public sealed record VolumeFigure(long Now, long Before, Estimate? Usual, IReadOnlyList<long> Trend, IReadOnlyList<(SignalKind Kind, long N)> ByKind)
{
    public bool IsReal => Usual is { } u && (Now < u.Low || Now > u.High);
}

public sealed record PulseFigures(ComparedFigure Nps, ComparedFigure Score, VolumeFigure Volume, ComparedFigure Negative);

/// <summary>The four numbers at the top: NPS, score, volume and negative experiences, each against the period before.</summary>
internal sealed class ReadFigures(MetricReader metrics)
{
    public async Task<PulseFigures> RunAsync(PulseRequest request, CancellationToken cancellation) => new(
        await CompareAsync(request, Metric.Nps, (now, before) => NetPromoter.Difference(Groups(before), Groups(now))?.Difference, cancellation),
        await CompareAsync(request, Metric.Score, (now, before) => Means.Welch(SampleOf(now), SampleOf(before))?.Difference, cancellation),
        await VolumeAsync(request, cancellation),
        await CompareAsync(request, Metric.NegativeRate, (now, before) => Proportions.Difference(Part(now, "negative"), now.N, Part(before, "negative"), before.N), cancellation));

    private async Task<ComparedFigure> CompareAsync(PulseRequest request, Metric metric, Func<MetricValue, MetricValue, Estimate?> difference, CancellationToken cancellation)
    {
        var rows = await RowsAsync(request, request.Query(metric, request.Periods(1)), cancellation);
        var (before, now) = (rows[0], rows[1]);
        return new(now, before, now.Value.Value is null || before.Value.Value is null ? null : difference(now.Value, before.Value),
            await RowsAsync(request, request.Query(metric, request.Trend), cancellation));
    }

    private async Task<VolumeFigure> VolumeAsync(PulseRequest request, CancellationToken cancellation)
    {
        var counts = (await RowsAsync(request, request.Query(Metric.Count, request.Periods(PulseRequest.UsualPeriods)), cancellation)).Select(r => r.Value.N).ToArray();
        var trend = await RowsAsync(request, request.Query(Metric.Count, request.Trend), cancellation);
        var kinds = await RowsAsync(request, request.Query(Metric.Count, request.Periods(0), "kind"), cancellation);
        // Periods before the first signal say nothing of what is usual.
        var known = counts.AsSpan(..^1).TrimStart(0L);
        return new(counts[^1], counts[^2], Counts.Usual(known), [.. trend.Select(r => r.Value.N)],
            [.. kinds.Select(r => (EnumNames<SignalKind>.Parse(r.Group[0]!), r.Value.N))]);
    }

    private async Task<IReadOnlyList<MetricRow>> RowsAsync(PulseRequest request, MetricQuery query, CancellationToken cancellation) =>
        (await metrics.ReadAsync(request.Workspace, query, cancellation)).Value;

    private static (double, double, double) Groups(MetricValue v) => (Part(v, "promoters"), Part(v, "passives"), Part(v, "detractors"));
    private static double Part(MetricValue v, string name) => v.Parts.First(p => p.Name == name).Value ?? 0;
    private static Sample SampleOf(MetricValue v) => Means.SampleOf(v.Value!.Value, v.N);
}
