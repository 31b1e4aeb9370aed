using System.Globalization;
using Hark.Data.Queries;
using Hark.Data.Signals;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Statistics;
using Hark.Web.Infrastructure.Auth;
using Microsoft.AspNetCore.Http.Extensions;
using NodaTime;

namespace Hark.Web.Features.Signals;

/// <summary>What the chart shows.</summary>
public enum SignalMeasure { Volume, Score, Negative }

/// <summary>
/// What the place of signals is asked: the filter of <c>GET /api/v1/signals</c> under the same names, and what the chart shows. Read from the address, and written into every
/// link. The period is widened to whole hours, so that the sums of hours and days answer it exactly.
/// </summary>
/// <param name="Chosen">The parameters of the filter as they were sent, without the period.</param>
/// <param name="Numbers">What is counted: everybody's signals, unless the filter tells what was said or who it was.</param>
public sealed record SignalsRequest(Caller Caller, DateTimeOffset From, DateTimeOffset To, SignalFilter Numbers, IReadOnlyList<(string Name, string Value)> Chosen, SignalMeasure Show, DateTimeOffset Now)
{
    public const string Path = "/signals";
    private const string FromName = "from", ToName = "to", ShowName = "show";

    /// <summary>Periods that can be chosen, in days that end now.</summary>
    public static IReadOnlyList<int> Periods { get; } = [7, 30, 91, 365];
    public const int UsualDays = 91;

    /// <summary>As they were sent; null where the usual period is meant.</summary>
    public string? SentFrom { get; private init; }
    public string? SentTo { get; private init; }

    public WorkspaceSnapshot Workspace => Caller.Workspace;

    /// <summary>Whose words are listed and exported: those of signals that the person may see.</summary>
    public SignalFilter Words => Numbers with { Scope = Caller.Words };

    public static Result<SignalsRequest> Read(QueryParameters query, Caller caller, DateTimeOffset now)
    {
        var workspace = caller.Workspace;
        var zone = workspace.Workspace.TimeZone;
        var (sentFrom, sentTo) = (query.One(FromName), query.One(ToName));
        var to = query.Time(ToName, zone) is { } end ? Up(end) : ThisHour(now);
        var from = query.Time(FromName, zone) is { } start ? Down(start) : Down(DaysBefore(UsualDays, to, zone));
        TimeBuckets.TryCreate(from, to, TimeGrain.None, zone, out _, out var problem);
        if (problem.Field is not null) query.Errors.Add(problem.Field, problem.Reason);
        var filter = SignalFilter.Read(query, workspace) with { MostMatches = SignalSampler.Most };
        var show = SignalMeasure.Volume;
        if (query.One(ShowName) is { } measure && !EnumNames<SignalMeasure>.TryParse(measure, out show)) query.Errors.Add(ShowName, $"must be {EnumNames<SignalMeasure>.Choices}");
        var chosen = SignalFilter.Parameters.SelectMany(n => query.Many(n, split: SignalDimension.All.GetValueOrDefault(n)?.Vocabulary is not null).Select(v => (n, v))).ToList();
        _ = query.One("cursor");
        query.RefuseUnknown();
        if (query.Error is { } error) return error;
        if (filter.NamesWords) filter = filter with { Scope = caller.Words };
        return new SignalsRequest(caller, from, to, filter, chosen, show, now) { SentFrom = sentFrom, SentTo = sentTo };
    }

    /// <summary>How finely the chart cuts the period: into some ten to a hundred.</summary>
    public TimeGrain Grain => (To - From).TotalDays switch { <= 2.1 => TimeGrain.Hour, <= 45 => TimeGrain.Day, <= 750 => TimeGrain.Week, _ => TimeGrain.Month };

    public bool Has(string name, string value) => Chosen.Contains((name, value));

    /// <summary>This view under another path, such as its export.</summary>
    public string At(string path) => path + Build(SentFrom, SentTo, Chosen, Show);

    public string With(string name, string value) => Path + Build(SentFrom, SentTo, [.. Chosen.Where(c => c != (name, value)), (name, value)], Show);

    public string Without(string name, string value) => Path + Build(SentFrom, SentTo, [.. Chosen.Where(c => c != (name, value))], Show);

    public string Toggle(string name, string value) => Has(name, value) ? Without(name, value) : With(name, value);

    /// <summary>Another range of scores; null for any.</summary>
    public string WithScore((int Min, int Max)? range)
    {
        List<(string, string)> chosen = [.. Chosen.Where(c => c.Name is not ("score_min" or "score_max"))];
        if (range is var (min, max)) chosen.AddRange([("score_min", Number(min)), ("score_max", Number(max))]);
        return Path + Build(SentFrom, SentTo, chosen, Show);
    }

    public bool HasScore((int Min, int Max) range) => Has("score_min", Number(range.Min)) && Has("score_max", Number(range.Max));

    public string With(SignalMeasure show) => Path + Build(SentFrom, SentTo, Chosen, show);

    /// <summary>So many days that end now.</summary>
    public string WithDays(int days) => Path + Build(days == UsualDays ? null : DayBefore(days), null, Chosen, Show);

    public bool HasDays(int days) => SentTo is null && (days == UsualDays ? SentFrom is null : SentFrom == DayBefore(days));

    /// <summary>What came before an instant, as far back as this period.</summary>
    public string Before(DateTimeOffset instant) => Path + Build(SentFrom ?? Write(From), Write(Up(instant)), Chosen, Show);

    private string DayBefore(int days) => LocalDatePattern.Format(Instant.FromDateTimeOffset(DaysBefore(days, ThisHour(Now), Workspace.Workspace.TimeZone)).InZone(DateTimeZoneProviders.Tzdb[Workspace.Workspace.TimeZone]).Date);

    private static readonly NodaTime.Text.LocalDatePattern LocalDatePattern = NodaTime.Text.LocalDatePattern.Iso;

    /// <summary>The beginning of the day so many days, today included, before an instant.</summary>
    private static DateTimeOffset DaysBefore(int days, DateTimeOffset to, string zone)
    {
        var rules = DateTimeZoneProviders.Tzdb[zone];
        return rules.AtStartOfDay(Instant.FromDateTimeOffset(to.AddTicks(-1)).InZone(rules).Date.PlusDays(1 - days)).ToDateTimeOffset().ToUniversalTime();
    }

    private static string Build(string? from, string? to, IEnumerable<(string Name, string Value)> chosen, SignalMeasure show)
    {
        var query = new QueryBuilder();
        if (from is not null) query.Add(FromName, from);
        if (to is not null) query.Add(ToName, to);
        foreach (var (name, value) in chosen) query.Add(name, value);
        if (show != SignalMeasure.Volume) query.Add(ShowName, EnumNames<SignalMeasure>.Of(show));
        return query.ToString();
    }

    private static string Write(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
    private static DateTimeOffset Down(DateTimeOffset at) => at.HourStart();
    /// <summary>The end of the present hour: what comes this very moment is in it.</summary>
    private static DateTimeOffset ThisHour(DateTimeOffset now) => Down(now).AddHours(1);
    private static DateTimeOffset Up(DateTimeOffset at) => Down(at.AddTicks(TimeSpan.TicksPerHour - 1));
}
