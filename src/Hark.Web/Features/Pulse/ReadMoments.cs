using Hark.Data.Metrics;
using Hark.Domain.Statistics;

namespace Hark.Web.Features.Pulse;

/// <summary>A touchpoint and its score now and before.</summary>
/// <param name="Score">Null when too few are behind it.</param>
public sealed record KeyMoment(string Touchpoint, long N, Estimate? Score, double? Before, Estimate? Difference)
{
    public bool IsReal => Difference is { } d && (d.Low > 0 || d.High < 0);
}

/// <summary>The touchpoints that most answers are about.</summary>
internal sealed class ReadMoments(MetricReader metrics)
{
    public const int Most = 6;

    public async Task<IReadOnlyList<KeyMoment>> RunAsync(PulseRequest request, CancellationToken cancellation)
    {
        var rows = (await metrics.ReadAsync(request.Workspace, request.Query(Metric.Score, request.Periods(1), "touchpoint"), cancellation)).Value;
        return
        [
            .. rows.Where(r => r.Group[0] is not null).GroupBy(r => r.Group[0]!).Select(g => Moment(g.Key, g.First(), g.Last()))
                .Where(m => m.N > 0).OrderByDescending(m => m.N).Take(Most),
        ];
    }

    private static KeyMoment Moment(string touchpoint, MetricRow before, MetricRow now)
    {
        if (now.Value.N < PulseRequest.FewestToSay || now.Value.Value is not { } score) return new(touchpoint, now.Value.N, null, null, null);
        var known = before.Value.N >= PulseRequest.FewestToSay && before.Value.Value is not null;
        return new(touchpoint, now.Value.N, score.Clamp(0, 100), known ? before.Value.Value!.Value.Value : null,
            known ? Means.Welch(Means.SampleOf(score, now.Value.N), Means.SampleOf(before.Value.Value!.Value, before.Value.N))?.Difference : null);
    }
}
