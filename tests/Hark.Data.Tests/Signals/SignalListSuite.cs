using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Tests.Metrics;
using Hark.Domain.Cases;
using Hark.Domain.Identity;
using Hark.Domain.Signals;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hark.Data.Tests.Signals;

public sealed class SqliteSignalList() : SignalListSuite(TestStore.Sqlite);

public sealed class PostgreSqlSignalList() : SignalListSuite(TestStore.PostgreSql);

public abstract class SignalListSuite(TestStore kind)
{
    [Theory]
    [InlineData(null)]
    [InlineData("topic")]
    [InlineData("channel")]
    public async Task Pages_neither_repeat_nor_hide_though_signals_keep_coming(string? dimension)
    {
        await using var store = await SignalStore.CreateAsync(kind);
        var random = new RandomSignals(store, 5);
        List<Signal> signals = [.. Enumerable.Range(0, 120).Select(_ => random.Next(SignalStore.Start, SignalStore.Start.AddHours(8)))]; // many at the same instant
        await store.AddAsync(signals);
        var filter = dimension is null ? SignalFilter.None : Only(dimension, dimension == "topic" ? "delivery" : "email");
        var expected = signals.Where(s => filter.Values.All(f => MetricOracle.Values(s, f.Key).Contains(f.Value[0])))
            .OrderByDescending(s => s.OccurredAt).ThenByDescending(s => s.SignalId.ToString(), StringComparer.Ordinal).Select(s => s.SignalId).ToList();
        var seen = new List<Guid>();
        (DateTimeOffset, Guid)? after = null;
        for (var page = 0; page < 100; page++)
        {
            var rows = await ListAsync(store, filter, after: after, take: 7);
            if (rows.Count == 0) break;
            seen.AddRange(rows.Select(r => r.Signal.SignalId));
            after = (rows[^1].Signal.OccurredAt, rows[^1].Signal.SignalId);
            await store.AddAsync(random.Next(SignalStore.Start.AddHours(9), SignalStore.Start.AddHours(10)));
        }
        Assert.Equal(expected, seen);
        Assert.True(seen.Count > 20);
    }

    [Fact]
    public async Task Every_filter_narrows_as_it_says()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        var random = new RandomSignals(store, 6);
        List<Signal> signals = [.. Enumerable.Range(0, 150).Select(_ => random.Next(SignalStore.Start, SignalStore.Start.AddDays(3)))];
        await store.AddAsync(signals);
        foreach (var dimension in SignalDimension.All.Keys)
        {
            var values = signals.SelectMany(s => MetricOracle.Values(s, dimension)).OfType<string>().Distinct().Order(StringComparer.Ordinal).Take(2).ToArray();
            Assert.NotEmpty(values);
            await SameAsync(Only(dimension, values[0]), s => MetricOracle.Values(s, dimension).Contains(values[0]));
            await SameAsync(Only(dimension, values), s => MetricOracle.Values(s, dimension).Intersect(values).Any());
        }
        await SameAsync(new SignalFilter { ScoreMin = 50_000, ScoreMax = 70_000 }, s => s.ScoreMilli is >= 50_000 and <= 70_000);
        var (from, to) = (signals[3].OccurredAt, SignalStore.Start.AddDays(2));
        Assert.Equal(signals.Count(s => s.OccurredAt >= from && s.OccurredAt < to), (await ListAsync(store, SignalFilter.None, from, to)).Count);

        async Task SameAsync(SignalFilter filter, Func<Signal, bool> matches) =>
            Assert.Equal(signals.Where(matches).Select(s => s.SignalId).Order(), (await ListAsync(store, filter)).Select(r => r.Signal.SignalId).Order());
    }

    [Fact]
    public async Task A_merged_person_is_found_under_any_of_its_names()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        var (first, second, stranger) = (store.NewId(), store.NewId(), store.NewId());
        await store.Store.WriteAsync(async db =>
        {
            foreach (var (id, canonical, key) in new[] { (first, first, "c-1"), (second, first, "c-2"), (stranger, stranger, "c-3") })
            {
                db.Contacts.Add(new Contact { WorkspaceId = store.WorkspaceId, ContactId = id, CanonicalId = canonical, Name = key, FirstSignalAt = SignalStore.Start, LastSignalAt = SignalStore.Start, CreatedAt = SignalStore.Start });
                db.ContactIdentities.Add(new ContactIdentity { WorkspaceId = store.WorkspaceId, Kind = IdentityKind.External, Value = key, ContactId = id });
            }
            db.ContactIdentities.Add(new ContactIdentity { WorkspaceId = store.WorkspaceId, Kind = IdentityKind.Email, Value = "jana@example.com", ContactId = second });
            await db.SaveChangesAsync();
        });
        var signals = new[] { first, second, stranger }.Select((id, i) => { var s = store.NewSignal(SignalStore.Start.AddMinutes(i)); s.ContactId = id; return s; }).ToList();
        await store.AddAsync(signals);
        foreach (var name in new[] { "c-1", "c-2", "Jana@Example.com", first.ToString(), second.ToString() })
            Assert.Equal([second, first], (await ListAsync(store, new SignalFilter { Contact = name })).Select(r => r.Signal.ContactId!.Value));
        var found = Assert.Single(await ListAsync(store, new SignalFilter { Contact = "c-3" }));
        Assert.Equal(("c-3", "c-3"), (found.ContactKey, found.Contact!.Name));
        Assert.Empty(await ListAsync(store, new SignalFilter { Contact = "nobody" }));
    }

    [Fact]
    public async Task Teams_see_signals_of_their_sources_and_of_their_cases_and_reading_one_is_written_down()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        var opened = Case.Open(new Case.Opening
        {
            WorkspaceId = store.WorkspaceId,
            CaseId = store.NewId(),
            Number = 1,
            Severity = Severity.Routine,
            OpenedAt = SignalStore.Start,
            FirstSignalId = store.NewId(),
            SignalAt = SignalStore.Start,
            SourceId = store.Shop.SourceId,
            Channel = Channel.Web,
            TeamId = store.Care.TeamId,
        });
        await store.Store.WriteAsync(async db => { db.Cases.Add(opened); await db.SaveChangesAsync(); });
        var (own, cased, foreign) = (store.NewSignal(SignalStore.Start), store.NewSignal(SignalStore.Start.AddMinutes(1)), store.NewSignal(SignalStore.Start.AddMinutes(2)));
        (cased.SourceId, foreign.SourceId, cased.CaseId) = (store.Shop.SourceId, store.Shop.SourceId, opened.CaseId);
        await store.ChangeAsync([], [own, cased, foreign], words: _ => "words");
        var scope = WordScope.Of(store.Workspace, new HashSet<Guid> { store.Care.TeamId });
        Assert.Equal([cased.SignalId, own.SignalId], (await ListAsync(store, new SignalFilter { Scope = scope })).Select(r => r.Signal.SignalId));
        Assert.Empty(await ListAsync(store, new SignalFilter { Scope = WordScope.Of(store.Workspace, new HashSet<Guid>()) }));
        var (reader, actor) = (new SignalReader(store.Store, store.Time), Actor.Member(store.NewId()));
        Assert.Equal("not_found", (await reader.GetAsync(store.WorkspaceId, foreign.SignalId, scope, actor)).Error!.Code);
        Assert.Equal("words", (await reader.GetAsync(store.WorkspaceId, cased.SignalId, scope, actor)).Value.Words!.Text);
        await using var db = store.Store.Read();
        var audit = Assert.Single(await db.AuditEntries.ToListAsync());
        Assert.Equal(("signal.read", cased.SignalId.ToString(), actor.Id), (audit.Action, audit.TargetId, audit.ActorId));
    }

    private static SignalFilter Only(string dimension, params string[] values) => new() { Values = new Dictionary<string, IReadOnlyList<string>> { [dimension] = values } };

    private static Task<IReadOnlyList<SignalRead>> ListAsync(SignalStore store, SignalFilter filter, DateTimeOffset? from = null, DateTimeOffset? to = null,
        (DateTimeOffset, Guid)? after = null, int take = 500) =>
        new SignalReader(store.Store, store.Time).ListAsync(new SignalListQuery(store.WorkspaceId, from, to, filter, after, take));
}
