using System.Globalization;
using Hark.Data.Metrics;
using Hark.Data.Queries;
using Hark.Data.Signals;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Statistics;
using Hark.Web.Infrastructure.Auth;
using Microsoft.AspNetCore.Http.Extensions;
using NodaTime;

namespace Hark.Web.Features.Pulse;

/// <summary>What Pulse is asked: a period that ends now, filters, and who asks. Read from the address, and written into every link.</summary>
public sealed record PulseRequest(Caller Caller, PulsePeriod Period, SignalFilter Filter, IReadOnlyList<(string Name, string Value)> Chosen, DateTimeOffset Now)
{
    /// <summary>Dimensions by which Pulse is narrowed, in the order shown.</summary>
    public static IReadOnlyList<string> Filters { get; } = ["channel", "touchpoint", "location", "cohort", "segment"];

    /// <summary>Periods before this one by which the usual number is known.</summary>
    public const int UsualPeriods = 8;

    /// <summary>Fewer answers than this are too few to say anything about a part of the whole.</summary>
    public const int FewestToSay = 30;

    public WorkspaceSnapshot Workspace => Caller.Workspace;

    /// <summary>The end of this hour: whole hours are answered from sums, whatever the number of signals.</summary>
    public DateTimeOffset To { get; } = new DateTimeOffset(Now.Ticks - (Now.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero).AddHours(1);

    public DateTimeOffset From => To - Period.Length;

    /// <summary>On the workspace's calendar.</summary>
    public int Year => Instant.FromDateTimeOffset(Now).InZone(Workspace.Zone).Year;

    public static Result<PulseRequest> Read(QueryParameters query, Caller caller, DateTimeOffset now)
    {
        var key = query.One("period");
        var period = key is null ? PulsePeriod.Usual : PulsePeriod.All.FirstOrDefault(p => p.Key == key);
        if (period is null) query.Errors.Add("period", $"must be one of {string.Join(", ", PulsePeriod.All.Select(p => p.Key))}");
        var chosen = Filters.SelectMany(f => query.Many(f).Select(v => (f, v))).ToList();
        var only = new QueryParameters(chosen.GroupBy(c => c.f).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(c => c.v)]));
        var filter = SignalFilter.Read(only, caller.Workspace);
        if ((query.Error ?? only.Error) is { } error) return error;
        return new PulseRequest(caller, period!, filter, chosen, now);
    }

    /// <summary>This period and <paramref name="before"/> equal ones before it, the oldest first.</summary>
    public IReadOnlyList<TimeBucket> Periods(int before) => Stretches(before + 1, Period.Length);

    public IReadOnlyList<TimeBucket> Trend => Stretches(Period.TrendPoints, Period.TrendStep);

    public MetricQuery Query(Metric metric, IReadOnlyList<TimeBucket> buckets, params string[] groupBy) => new()
    {
        WorkspaceId = Workspace.WorkspaceId,
        Metric = metric,
        Buckets = buckets,
        WorkspaceZone = Workspace.Workspace.TimeZone,
        GroupBy = groupBy,
        Filter = Filter,
        MinimumCount = Workspace.Workspace.MinimumCount,
        Now = Now,
    };

    /// <summary>The filters that cases have too; a segment does not narrow them.</summary>
    public CaseFilter Cases => new(Filter.Values.Where(v => CaseDimension.All.ContainsKey(v.Key)).ToDictionary(v => v.Key, v => (IReadOnlyList<object>)[.. v.Value]));

    public bool NarrowsCases => Filter.Values.Keys.All(CaseDimension.All.ContainsKey);

    /// <summary>This view under another path, such as one of its parts.</summary>
    public string At(string path) => path + Build(Period, Chosen);

    public string With(PulsePeriod period) => "/pulse" + Build(period, Chosen);

    public string With(string name, string value) => "/pulse" + Build(Period, [.. Chosen.Where(c => c != (name, value)), (name, value)]);

    public string Without(string name, string value) => "/pulse" + Build(Period, [.. Chosen.Where(c => c != (name, value))]);

    /// <summary>The signals of this view and, of one part of it, those with these values.</summary>
    public string Signals(params (string Name, string Value)[] more)
    {
        var query = new QueryBuilder { { "from", From.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) }, { "to", To.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) } };
        foreach (var (name, value) in Chosen.Concat(more)) query.Add(name, value);
        return "/signals" + query;
    }

    private static string Build(PulsePeriod period, IEnumerable<(string Name, string Value)> chosen)
    {
        var query = new QueryBuilder();
        if (period != PulsePeriod.Usual) query.Add("period", period.Key);
        foreach (var (name, value) in chosen) query.Add(name, value);
        return query.ToString();
    }

    private List<TimeBucket> Stretches(int count, TimeSpan length) =>
        [.. Enumerable.Range(0, count).Select(i => To - (length * (count - i))).Select(start => new TimeBucket(start, start + length, start))];
}
