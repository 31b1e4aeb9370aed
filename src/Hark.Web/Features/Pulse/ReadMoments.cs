using Hark.Data.Metrics;
using Hark.Data.Workspaces;
using Hark.Domain.Statistics;

namespace Hark.Web.Features.Pulse;

/// <summary>A touchpoint and its score now and before.</summary>
/// <param name="Score">Null when too few are behind it.</param>
/// <param name="Name">As people call it; null for the key in words.</param>
/// <param name="Target">Score to be reached by the end of this year; null where none is set.</param>
public sealed record KeyMoment(string Touchpoint, long N, Estimate? Score, double? Before, Estimate? Difference, string? Name = null, double? Target = null)
{
    public bool IsReal => Difference is { } d && (d.Low > 0 || d.High < 0);

    /// <summary>Whether the score is at the target or above it for certain, below it for certain, or too close to say; null without a target or a score, too.</summary>
    public bool? Reached => Target is not { } target || Score is not { Low: { } low, High: { } high } ? null : low >= target ? true : high < target ? false : null;
}

/// <summary>The touchpoints that have a target for this year, then those that most answers are about.</summary>
internal sealed class ReadMoments(MetricReader metrics)
{
    public const int Most = 6;

    public async Task<IReadOnlyList<KeyMoment>> RunAsync(PulseRequest request, CancellationToken cancellation)
    {
        var rows = (await metrics.ReadAsync(request.Workspace, request.Query(Metric.Score, request.Periods(1), "touchpoint"), cancellation)).Value;
        var (map, year) = (WorkspacePolicies.Of(request.Workspace).Journeys, request.Year);
        return
        [
            .. rows.Where(r => r.Group[0] is not null).GroupBy(r => r.Group[0]!).Select(g => Moment(g.Key, g.First(), g.Last()))
                .Where(m => m.N > 0).Select(Mapped)
                .OrderByDescending(m => m.Target is not null).ThenByDescending(m => m.N).Take(Most),
        ];

        KeyMoment Mapped(KeyMoment moment) => map.Find(moment.Touchpoint) is not { } touchpoint ? moment
            : moment with { Name = touchpoint.Name, Target = touchpoint.Target is { } target && target.Year == year ? target.Score : null };
    }

    private static KeyMoment Moment(string touchpoint, MetricRow before, MetricRow now)
    {
        if (now.Value.N < PulseRequest.FewestToSay || now.Value.Value is not { } score) return new(touchpoint, now.Value.N, null, null, null);
        var known = before.Value.N >= PulseRequest.FewestToSay && before.Value.Value is not null;
        return new(touchpoint, now.Value.N, score.Clamp(0, 100), known ? before.Value.Value!.Value.Value : null,
            known ? Means.Welch(Means.SampleOf(score, now.Value.N), Means.SampleOf(before.Value.Value!.Value, before.Value.N))?.Difference : null);
    }
}
