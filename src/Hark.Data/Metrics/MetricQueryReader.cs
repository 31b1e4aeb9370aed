using Hark.Data.Aggregates;
using Hark.Data.Queries;
using Hark.Data.Signals;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Sla;
using Hark.Domain.Statistics;

namespace Hark.Data.Metrics;

/// <summary>From the parameters of a request to a checked query, or every reason why not.</summary>
public static class MetricQueryReader
{
    public const int MostGroups = 2;

    /// <summary>The period where none is asked for: so many days up to now.</summary>
    public const int UsualDays = 30;

    /// <param name="teams">Teams whose words the caller may see, null for all: filters that would tell something of single persons are narrowed to those.</param>
    public static Result<MetricQuery> Read(QueryParameters query, WorkspaceSnapshot workspace, IReadOnlySet<Guid>? teams, DateTimeOffset now)
    {
        var metric = ReadMetric(query);
        var overSignals = metric is null || SignalMetric.Find(metric.Value) is not null;
        var buckets = ReadBuckets(query, workspace, now);
        var groupBy = ReadGroupBy(query, overSignals ? Dimensions.Names : [.. CaseDimension.All.Keys], MostGroups);
        var filter = overSignals ? SignalFilter.Read(query, workspace) : SignalFilter.None;
        var cases = overSignals ? CaseFilter.None : CaseFilter.Read(query, workspace);
        query.RefuseUnknown();
        if (query.Error is { } error) return error;
        if (filter.NamesWords) filter = filter with { Scope = WordScope.Of(workspace, teams) };
        return new MetricQuery
        {
            WorkspaceId = workspace.WorkspaceId,
            Metric = metric!.Value,
            Buckets = buckets,
            WorkspaceZone = workspace.Workspace.TimeZone,
            GroupBy = groupBy,
            Filter = filter,
            Cases = cases,
            MinimumCount = workspace.Workspace.MinimumCount,
            Now = now,
        };
    }

    /// <inheritdoc cref="Read"/>
    public static Result<AttainmentQuery> ReadAttainment(QueryParameters query, WorkspaceSnapshot workspace, DateTimeOffset now)
    {
        ClockKind? clock = EnumNames<ClockKind>.TryParse(query.One("clock"), out var known) ? known : null;
        if (clock is null) query.Errors.Add("clock", $"must be {EnumNames<ClockKind>.Choices}");
        var zone = ReadZone(query, workspace);
        var (from, to) = ReadPeriod(query, zone, now);
        TimeBuckets.TryCreate(from, to, TimeGrain.None, zone, out _, out var problem);
        if (problem.Field is not null) query.Errors.Add(problem.Field, problem.Reason);
        var groupBy = ReadGroupBy(query, [.. CaseDimension.All.Keys], MostGroups);
        var cases = CaseFilter.Read(query, workspace);
        var targets = ReadTargets(query, workspace, clock);
        query.RefuseUnknown();
        if (query.Error is { } error) return error;
        return new AttainmentQuery(workspace.WorkspaceId, clock!.Value, from, to, targets, groupBy, cases, now);
    }

    private static Metric? ReadMetric(QueryParameters query)
    {
        var name = query.One("metric");
        if (EnumNames<Metric>.TryParse(name, out var metric)) return metric;
        query.Errors.Add("metric", name is null ? $"is required: {EnumNames<Metric>.Choices}" : $"must be {EnumNames<Metric>.Choices}{Suggestion.Hint(name, EnumNames<Metric>.All)}");
        return null;
    }

    private static IReadOnlyList<TimeBucket> ReadBuckets(QueryParameters query, WorkspaceSnapshot workspace, DateTimeOffset now)
    {
        var zone = ReadZone(query, workspace);
        var grain = TimeGrain.None;
        if (query.One("grain") is { } name && !TimeBuckets.TryParseGrain(name, out grain)) query.Errors.Add("grain", "must be one of hour, day, week, month, none");
        var (from, to) = ReadPeriod(query, zone, now);
        if (query.Errors.Any) return [];
        if (!TimeBuckets.TryCreate(from, to, grain, zone, out var buckets, out var problem)) query.Errors.Add(problem.Field, problem.Reason);
        return buckets;
    }

    private static string ReadZone(QueryParameters query, WorkspaceSnapshot workspace) => query.One("zone") ?? workspace.Workspace.TimeZone;

    private static (DateTimeOffset From, DateTimeOffset To) ReadPeriod(QueryParameters query, string zone, DateTimeOffset now)
    {
        var (from, to) = (query.Time("from", zone), query.Time("to", zone));
        // Ends are exclusive; what happened at this very moment belongs to it.
        var end = to ?? (from is { } start && start >= now ? start.AddDays(UsualDays) : now.AddMicroseconds(1));
        return (from ?? end.AddDays(-UsualDays), end);
    }

    private static List<string> ReadGroupBy(QueryParameters query, IReadOnlyList<string> names, int most)
    {
        var groupBy = query.Many("group_by", split: true).ToList();
        if (groupBy.Count > most) query.Errors.Add("group_by", $"takes up to {most} dimensions");
        foreach (var unknown in groupBy.Where(g => !names.Contains(g, StringComparer.Ordinal)))
            query.Errors.Add("group_by", $"'{unknown}' is not one of {string.Join(", ", names)}{Suggestion.Hint(unknown, names)}");
        return groupBy;
    }

    /// <summary><c>7200:0.6,21600:0.85</c>: seconds and the share that is promised within them.</summary>
    private static IReadOnlyList<AttainmentTarget> ReadTargets(QueryParameters query, WorkspaceSnapshot workspace, ClockKind? clock)
    {
        var sent = query.Many("targets", split: true);
        if (sent.Count == 0) return clock is { } of ? WorkspacePolicies.Of(workspace).Targets.Promised(of) : [];
        var targets = new List<AttainmentTarget>();
        foreach (var text in sent)
        {
            if (ReadTarget(text) is { } target) targets.Add(target);
            else query.Errors.Add("targets", $"'{text}' is not seconds:share, such as 7200:0.6");
        }
        if (targets.Count > AttainmentQuery.MostTargets) query.Errors.Add("targets", $"takes up to {AttainmentQuery.MostTargets}");
        return [.. targets.OrderBy(t => t.Within)];
    }

    private static AttainmentTarget? ReadTarget(string text)
    {
        var parts = text.Split(':');
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        return parts.Length == 2
            && long.TryParse(parts[0], System.Globalization.NumberStyles.None, culture, out var seconds) && seconds is > 0 and <= 10L * 366 * 86_400
            && double.TryParse(parts[1], System.Globalization.NumberStyles.AllowDecimalPoint, culture, out var share) && share is > 0 and <= 1
            ? new AttainmentTarget(seconds * 1000, share)
            : null;
    }
}
