using Hark.Data.Aggregates;
using Hark.Data.Metrics;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Journeys;
using Hark.Domain.Statistics;
using Hark.Web.Infrastructure.Auth;

namespace Hark.Web.Features.Journeys;

/// <summary>How a touchpoint or stage does.</summary>
/// <param name="Signals">Of thirteen weeks.</param>
/// <param name="ScoreN">Ratings behind the score.</param>
/// <param name="Score">Mean score with its interval; null for too few.</param>
public sealed record Health(long Signals, long ScoreN, Estimate? Score);

/// <param name="ThisYear">Mean score of the year so far; null for too few.</param>
/// <param name="LastYear">Where it started; null for too few.</param>
/// <param name="Reached">Whether the target is reached for certain (true), missed as yet for certain (false), or too close to say; null without a target too.</param>
/// <param name="Sources">Sources whose signals come here.</param>
public sealed record TouchpointView(Touchpoint Touchpoint, Health Health, Estimate? ThisYear, double? LastYear, bool? Reached, IReadOnlyList<Source> Sources)
{
    /// <summary>Nothing was heard in thirteen weeks.</summary>
    public bool IsSilent => Health.Signals == 0;
}

public sealed record StageView(JourneyStage Stage, Health Health, IReadOnlyList<TouchpointView> Touchpoints);

/// <param name="Version">Of the map that is shown; an edit names it.</param>
/// <param name="Unmapped">Names that signals of thirteen weeks carry and that mean no touchpoint.</param>
/// <param name="Nowhere">Signals of thirteen weeks that name no touchpoint at all.</param>
/// <param name="YearShare">How much of the year has passed.</param>
public sealed record JourneysView(long Version, int Year, double YearShare, IReadOnlyList<StageView> Stages, IReadOnlyList<ValueCount> Unmapped, long Nowhere, long Signals)
{
    public IEnumerable<TouchpointView> Touchpoints => Stages.SelectMany(s => s.Touchpoints);
}

/// <summary>Reads the map with its numbers: three statements on the aggregates, however many signals and touchpoints there are.</summary>
internal sealed class ReadJourneys(ValueSums sums, ValueCounts counts, TimeProvider time)
{
    private static readonly SignalMetric Score = SignalMetric.Find(Metric.Score)!;

    public async Task<JourneysView> RunAsync(Caller caller, CancellationToken cancellation)
    {
        var workspace = caller.Workspace;
        var map = WorkspacePolicies.Of(workspace).Journeys;
        var periods = JourneyPeriods.Of(workspace.Workspace.TimeZone, time.Now());
        var recent = await sums.ReadAsync(workspace, periods.Recent, periods.To, Dimensions.Touchpoint, Score, cancellation);
        var year = await sums.ReadAsync(workspace, periods.ThisYear, periods.To, Dimensions.Touchpoint, Score, cancellation);
        var before = await sums.ReadAsync(workspace, periods.LastYear, periods.ThisYear, Dimensions.Touchpoint, Score, cancellation);
        var all = (await counts.ReadAsync(workspace, periods.Recent, periods.To, [Dimensions.All], cancellation))[Dimensions.All].Sum(c => c.N);
        var stages = map.Stages.Select(s => new StageView(s, HealthOf(workspace, recent, s.Touchpoints), [.. s.Touchpoints.Select(View)])).ToList();
        var unmapped = recent.Where(r => map.Find(r.Key) is null).Select(r => new ValueCount(r.Key, r.Value[0])).OrderByDescending(c => c.N).ThenBy(c => c.Value, StringComparer.Ordinal).ToList();
        return new(workspace.Documents.GetValueOrDefault(DocumentKind.Journeys)?.Version ?? 0, periods.Year, periods.Share, stages, unmapped, Math.Max(0, all - recent.Values.Sum(v => v[0])), all);

        TouchpointView View(Touchpoint touchpoint)
        {
            var thisYear = HealthOf(workspace, year, [touchpoint]).Score;
            return new(touchpoint, HealthOf(workspace, recent, [touchpoint]), thisYear, HealthOf(workspace, before, [touchpoint]).Score?.Value, Reached(touchpoint.Target, periods.Year, thisYear),
                [.. workspace.Sources.Where(s => s.Touchpoint is { } name && touchpoint.Names.Contains(name, StringComparer.Ordinal))]);
        }
    }

    private static Health HealthOf(WorkspaceSnapshot workspace, IReadOnlyDictionary<string, long[]> found, IEnumerable<Touchpoint> touchpoints)
    {
        var total = new long[Score.Sums.Count];
        foreach (var name in touchpoints.SelectMany(t => t.Names))
            if (found.TryGetValue(name, out var part))
                for (var i = 0; i < total.Length; i++) total[i] += part[i];
        var value = Score.Value(total);
        return new(total[0], value.N, value.N < workspace.Workspace.MinimumCount ? null : value.Value?.Clamp(0, 100));
    }

    private static bool? Reached(TouchpointTarget? target, int year, Estimate? score) =>
        target is not { } t || t.Year != year || score is not { Low: { } low, High: { } high } ? null : low >= t.Score ? true : high < t.Score ? false : null;
}
