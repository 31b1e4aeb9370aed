using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Statistics;

namespace Hark.Data.Metrics;

/// <summary>The distribution of a clock: over all, and of each group in the order in which they are shown.</summary>
public sealed record AttainmentAnswer(Attainment All, IReadOnlyList<(IReadOnlyList<string?> Group, Attainment Attainment)> Groups);

/// <summary>Answers how far promises about time were kept, open cases counted as censored.</summary>
public sealed class AttainmentReader(HarkStore store)
{
    public async Task<Result<AttainmentAnswer>> ReadAsync(WorkspaceSnapshot workspace, AttainmentQuery query, CancellationToken cancellation = default)
    {
        var all = new List<Observation>();
        var groups = new SortedDictionary<GroupKey, List<Observation>>(GroupKey.ByName);
        await using var db = store.Read();
        await ClockObservations.ReadAsync(db, store.Dialect, workspace, query.Clock, query.From, query.To, query.Cases, query.GroupBy, query.Now, (_, group, observation) =>
        {
            all.Add(observation);
            if (query.GroupBy.Count == 0) return;
            if (!groups.TryGetValue(group, out var list)) groups[group] = list = [];
            list.Add(observation);
        }, cancellation);
        return new AttainmentAnswer(Of(all, query), [.. groups.Select(g => ((IReadOnlyList<string?>)g.Key.Take(query.GroupBy.Count), Of(g.Value, query)))]);
    }

    /// <summary>The distribution over all with its curve at the given times, in milliseconds of working time. Groups are not asked for.</summary>
    public async Task<AttainmentCurve> CurveAsync(WorkspaceSnapshot workspace, AttainmentQuery query, IReadOnlyList<long> times, CancellationToken cancellation = default)
    {
        var all = new List<Observation>();
        await using var db = store.Read();
        await ClockObservations.ReadAsync(db, store.Dialect, workspace, query.Clock, query.From, query.To, query.Cases, [], query.Now, (_, _, o) => all.Add(o), cancellation);
        return AttainmentCurve.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(all), query.Targets, times);
    }

    private static Attainment Of(List<Observation> observations, AttainmentQuery query) =>
        Attainment.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(observations), query.Targets);
}
