using Hark.Data.Cases;
using Hark.Data.Metrics;
using Hark.Data.Model;
using Hark.Domain.Cases;
using Hark.Domain.Signals;
using Hark.Domain.Sla;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Xunit;

namespace Hark.Data.Tests.Metrics;

public sealed class SqliteCaseMetrics() : CaseMetricSuite(TestStore.Sqlite);

public sealed class PostgreSqlCaseMetrics() : CaseMetricSuite(TestStore.PostgreSql);

public abstract class CaseMetricSuite(TestStore kind)
{
    private static readonly DateTimeOffset T0 = SignalStore.Start.AddDays(10);
    private static readonly ClockTerms Terms = new("default", 1, TimeSpan.FromHours(24), null, WorkCalendar.AlwaysOpen.Reference);
    private int _numbers;

    /// <summary>
    /// Weeks of remission under 6-mercaptopurine (Freireich and others, Blood 21 (1963)), a plus marks those still in remission, as hours: the textbook example of
    /// Kaplan and Meier's estimate. S(6) = 0.8571, S(10) = 0.7529, S(23) = 0.4482; the median is 23.
    /// </summary>
    private static readonly (int Hours, bool Ended)[] Freireich =
    [
        (6, true), (6, true), (6, true), (6, false), (7, true), (9, false), (10, true), (10, false), (11, false), (13, true), (16, true), (17, false), (19, false), (20, false),
        (22, true), (23, true), (25, false), (32, false), (32, false), (34, false), (35, false),
    ];

    [Fact]
    public async Task Attainment_counts_open_cases_as_censored()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        var now = T0.AddDays(5);
        foreach (var (hours, ended) in Freireich)
        {
            // A clock that ended ran from T0; an open one began so long ago that it has run for its hours by now.
            var started = ended ? T0 : now.AddHours(-hours);
            var clock = Clock.Start(ClockKind.Resolve, Terms, started);
            await AddAsync(store, Open(store, started), ended ? clock.Meet(started.AddHours(hours)).Value : clock, now);
        }
        var cancelled = Clock.Start(ClockKind.Resolve, Terms, T0).Cancel(T0.AddMinutes(1)).Value;
        await AddAsync(store, Open(store, T0), cancelled, now);
        var answer = await AttainAsync(store, "clock=resolve&from=2026-03-24&to=2026-05-01&targets=21600:0.6,36000:0.8,82800:0.9,360000:1", now);
        Assert.Equal((21, 12), (answer.All.N, answer.All.Open));
        Assert.Equal([1 - 0.8571, 1 - 0.7529, 1 - 0.4482], answer.All.Targets.Take(3).Select(t => t.Attained!.Value.Value), (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Null(answer.All.Targets[3].Attained);
        Assert.Equal(23 * 3_600_000.0, answer.All.P50!.Value.Value);
        Assert.Null(answer.All.P90);
        Assert.All(answer.All.Targets.Take(3), t => Assert.InRange(t.Attained!.Value.Value, t.Attained.Value.Low!.Value, t.Attained.Value.High!.Value));
    }

    [Fact]
    public async Task Pauses_do_not_count_and_groups_stand_apart()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        var now = T0.AddHours(10);
        var paused = Clock.Start(ClockKind.Respond, Terms, T0).Pause("waiting_for_customer", T0.AddHours(2)).Value;
        await AddAsync(store, Open(store, T0, Channel.Email), paused, now);
        await AddAsync(store, Open(store, T0, Channel.Chat), Clock.Start(ClockKind.Respond, Terms, T0).Meet(T0.AddHours(1)).Value, now);
        var answer = await AttainAsync(store, "clock=respond&from=2026-04-01&to=2026-05-01&group_by=channel", now);
        Assert.Equal([("chat", 1, 0), ("email", 1, 1)], answer.Groups.Select(g => (g.Group[0]!, g.Attainment.N, g.Attainment.Open)));
        Assert.Equal((2, 1), (answer.All.N, answer.All.Open));
        // Watched for the two hours before the pause: whether it is done within two hours is known, within six not.
        Assert.Equal([0.0, null, null], answer.Groups[1].Attainment.Targets.Select(t => t.Attained?.Value));
        var only = await AttainAsync(store, "clock=respond&from=2026-04-01&to=2026-05-01&channel=chat", now);
        Assert.Equal((1, 3_600_000.0), (only.All.N, only.All.P50!.Value.Value));
        Assert.Equal(0, (await AttainAsync(store, "clock=respond&from=2026-05-01&to=2026-06-01", now)).All.N);
    }

    [Fact]
    public async Task Durations_are_bucketed_by_their_start_and_opened_cases_by_their_opening()
    {
        await using var store = await SignalStore.CreateAsync(kind, "UTC");
        var now = T0.AddDays(4);
        for (var i = 0; i < 6; i++)
        {
            var at = T0.AddDays(i / 3).AddHours(i);
            await AddAsync(store, Open(store, at, i % 2 == 0 ? Channel.Web : Channel.Call), Clock.Start(ClockKind.Acknowledge, Terms, at).Meet(at.AddHours(i + 1)).Value, now);
        }
        var rows = await AskAsync(store, "metric=time_to_acknowledge&grain=day&from=2026-04-03&to=2026-04-06", now);
        Assert.Equal([(3L, 7200.0), (3L, 18000.0), (0L, null)], rows.Select(r => (r.Value.N, r.Value.Value?.Value)));
        Assert.Equal([("open", 0.0), ("p50", 7200.0), ("p90", 10800.0), ("p95", 10800.0)], rows[0].Value.Parts.Select(p => (p.Name, p.Value!.Value)));
        var opened = await AskAsync(store, "metric=cases_opened&grain=day&from=2026-04-03&to=2026-04-06&group_by=channel", now);
        Assert.Equal([("call", 1L), ("web", 2L), ("call", 2L), ("web", 1L), ("call", 0L), ("web", 0L)], opened.Select(r => (r.Group[0]!, r.Value.N)));
        Assert.Equal(6, (await AskAsync(store, "metric=cases_opened&from=2026-04-01&to=2026-04-06", now))[0].Value.N);
    }

    [Fact]
    public async Task Open_cases_are_counted_at_the_end_of_each_bucket_reopenings_too()
    {
        await using var store = await SignalStore.CreateAsync(kind, "UTC");
        var actor = Actor.System("test");
        Case Solved(Case c, double days) => Run(c, () => c.Resolve("courier", CaseOutcome.Fixed, false, actor, T0.AddDays(days)));
        await AddAsync(store, Open(store, T0.AddDays(-9)), null, T0); // open all the time
        await AddAsync(store, Solved(Open(store, T0.AddHours(1)), 2.5), null, T0); // open on days 0 and 1
        await AddAsync(store, Solved(Open(store, T0.AddHours(2)), 0.5), null, T0); // opened and solved within day 0
        await AddAsync(store, Solved(Open(store, T0.AddDays(-9)), -1), null, T0); // solved before
        var reopened = Open(store, T0.AddHours(3));
        await AddAsync(store, reopened, null, T0, Events(reopened, (CaseEventKind.Opened, 0.125), (CaseEventKind.Resolved, 0.6), (CaseEventKind.Reopened, 2.1), (CaseEventKind.Resolved, 3.5)),
            c => { Solved(c, 0.6); Run(c, () => c.Reopen("not solved", null, actor, T0.AddDays(2.1))); Solved(c, 3.5); });
        var rows = await AskAsync(store, "metric=cases_open&grain=day&from=2026-04-03&to=2026-04-08", T0.AddDays(9));
        Assert.Equal([2.0, 2, 2, 1, 1], rows.Select(r => r.Value.Value!.Value.Value));
        Assert.Equal(5, rows.Count);
    }

    private static Case Run(Case c, Func<Domain.Common.Result<CaseChange>> change)
    {
        Assert.Null(change().Error);
        return c;
    }

    private static CaseEvent[] Events(Case c, params (CaseEventKind Kind, double Days)[] events) =>
    [
        .. events.Select((e, i) => new CaseEvent
        {
            WorkspaceId = c.WorkspaceId, CaseId = c.CaseId, EventId = Guid.CreateVersion7(T0.AddSeconds(i)), At = T0.AddDays(e.Days), ActorKind = ActorKind.System, ActorId = "test", Kind = e.Kind,
        }),
    ];

    private Case Open(SignalStore store, DateTimeOffset at, Channel channel = Channel.Web) => Case.Open(new Case.Opening
    {
        WorkspaceId = store.WorkspaceId,
        CaseId = store.NewId(),
        Number = ++_numbers,
        Severity = Severity.Routine,
        OpenedAt = at,
        FirstSignalId = store.NewId(),
        SignalAt = at,
        SourceId = store.Web.SourceId,
        Channel = channel,
    });

    private static Task AddAsync(SignalStore store, Case c, Clock? clock, DateTimeOffset now, CaseEvent[]? events = null, Action<Case>? change = null) => store.Store.WriteAsync(async db =>
    {
        change?.Invoke(c);
        db.Cases.Add(c);
        if (clock is not null) db.CaseClocks.Add(CaseClocks.ToRow(store.WorkspaceId, c.CaseId, clock, SlaCatalogue.Default, now));
        db.CaseEvents.AddRange(events ?? []);
        await db.SaveChangesAsync();
    });

    private static async Task<AttainmentAnswer> AttainAsync(SignalStore store, string query, DateTimeOffset now)
    {
        var read = MetricQueryReader.ReadAttainment(SuppressionSuite.Parameters(query), store.Workspace, now);
        return (await new AttainmentReader(store.Store).ReadAsync(store.Workspace, read.Value)).Value;
    }

    private static async Task<IReadOnlyList<MetricRow>> AskAsync(SignalStore store, string query, DateTimeOffset now)
    {
        var read = MetricQueryReader.Read(SuppressionSuite.Parameters(query), store.Workspace, null, now);
        return (await new MetricReader(store.Store).ReadAsync(store.Workspace, read.Value)).Value;
    }
}
