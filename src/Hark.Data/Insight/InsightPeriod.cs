using Hark.Data.Queries;
using Hark.Data.Signals;
using Hark.Data.Workspaces;

namespace Hark.Data.Insight;

/// <summary>What every question about the facts shares: the period and the filters, read from a request's parameters.</summary>
public sealed record InsightPeriod(DateTimeOffset From, DateTimeOffset To, SignalFilter Filter)
{
    /// <summary>The period where none is asked for.</summary>
    public const int UsualDays = 90;

    /// <summary>Reads <c>from</c>, <c>to</c>, <c>zone</c> and the filters; what is wrong goes to the parameters' errors.</summary>
    /// <param name="teams">Teams whose words the caller may see, null for all: filters that would tell something of single persons are narrowed to those.</param>
    public static InsightPeriod Read(QueryParameters query, WorkspaceSnapshot workspace, IReadOnlySet<Guid>? teams, DateTimeOffset now)
    {
        var zone = query.One("zone") ?? workspace.Workspace.TimeZone;
        if (NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null) query.Errors.Add("zone", "must be an IANA time zone such as Europe/Prague");
        var (from, to) = (query.Time("from", zone), query.Time("to", zone));
        var end = to ?? now.AddMicroseconds(1);
        var start = from ?? end.AddDays(-UsualDays);
        if (start >= end) query.Errors.Add("to", "must be after from");
        var filter = SignalFilter.Read(query, workspace);
        return new(start, end, filter.NamesWords ? filter with { Scope = WordScope.Of(workspace, teams) } : filter);
    }
}
