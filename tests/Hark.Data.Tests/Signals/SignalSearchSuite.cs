using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Tests.Metrics;
using Hark.Domain.Search;
using Hark.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hark.Data.Tests.Signals;

public sealed class SqliteSignalSearch() : SignalSearchSuite(TestStore.Sqlite);

public sealed class PostgreSqlSignalSearch() : SignalSearchSuite(TestStore.PostgreSql);

public abstract class SignalSearchSuite(TestStore kind)
{
    private static readonly string[] Texts =
    [
        "Balík přišel o tři dny později, příšerné!", // 0
        "Курьер не привёз, доставка опоздала", // 1
        "بسته دیر رسید و کارتن پاره بود", // 2
        "配送がとても遅いです", // 3
        "包裹送到时已经坏了", // 4
        "The parcel came too late; don't ask", // 5
        "พัสดุมาช้ามาก", // 6
        "Late? The parcel was late.", // 7
        "Große Straße, łódź, İstanbul 😡", // 8
    ];

    private static readonly (string Query, int[] Found)[] Queries =
    [
        ("prisel", [0]),
        ("PŘÍŠERNÉ balik", [0]),
        ("достав", [1]),
        ("привез", [1]),
        ("كارتن", [2]), // typed on an Arabic keyboard
        ("رسید", [2]),
        ("遅い", [3]),
        ("送", [3, 4]),
        ("配送", [3]),
        ("送配", []),
        ("ช้า", [6]),
        ("parcel late", [5, 7]),
        ("\"parcel was\"", [7]),
        ("\"was parcel\"", []),
        ("\"parc\"", []),
        ("parc", [5, 7]),
        ("pa*", [5, 7]),
        ("don't", [5]),
        ("grosse strasse", [8]),
        ("lodz istanbul", [8]),
        ("😡", [8]),
        ("parcel OR 'x", []), // no operators, nothing to inject
        ("\"unfinished", []),
    ];

    [Fact]
    public async Task Words_are_found_in_any_language_as_people_type_them()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        var signals = Texts.Select((_, i) => store.NewSignal(SignalStore.Start.AddMinutes(i))).ToList();
        await store.ChangeAsync([], signals, words: s => Texts[signals.IndexOf(s)]);
        Assert.Equal(Texts.Length, await new SearchIndexer(store.Store).RunAsync(store.WorkspaceId));
        foreach (var (query, expected) in Queries)
        {
            var found = await FindAsync(store, query);
            Assert.True(expected.SequenceEqual(found.Select(f => signals.FindIndex(s => s.SignalId == f.Signal.SignalId)).Order()), query);
        }
    }

    [Fact]
    public async Task The_index_follows_changes_erasures_and_other_answers_exactly_once()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        var indexer = new SearchIndexer(store.Store);
        var signals = Enumerable.Range(0, 5).Select(i => store.NewSignal(SignalStore.Start.AddMinutes(i))).ToList();
        await store.ChangeAsync([], signals, words: _ => "first words");
        Assert.Equal(3, await indexer.RunAsync(store.WorkspaceId, limit: 3));
        Assert.Equal(2, await indexer.RunAsync(store.WorkspaceId, limit: 3));
        Assert.Equal(0, await indexer.RunAsync(store.WorkspaceId));
        Assert.Equal(5, (await FindAsync(store, "first")).Count);
        await store.Store.WriteAsync(async db =>
        {
            var ids = signals.Select(s => s.SignalId).ToList();
            await db.Verbatims.Where(v => v.SignalId == ids[0]).ExecuteUpdateAsync(s => s.SetProperty(v => v.Text, "second thoughts")
                .SetProperty(v => v.Answers, """[{"question":"why","value":"courier lost"},{"question":"n","value":3}]"""));
            await db.Verbatims.Where(v => v.SignalId == ids[1]).ExecuteDeleteAsync();
            foreach (var id in ids[..2]) db.SearchQueue.Add(new SearchQueueEntry { WorkspaceId = store.WorkspaceId, SignalId = id });
            await db.SaveChangesAsync();
        });
        Assert.Equal(5, (await FindAsync(store, "first")).Count); // not yet looked at
        Assert.Equal(2, await indexer.RunAsync(store.WorkspaceId));
        Assert.Equal(3, (await FindAsync(store, "first words")).Count);
        Assert.Equal(signals[0].SignalId, Assert.Single(await FindAsync(store, "second \"courier lost\"")).Signal.SignalId);
        Assert.Empty(await FindAsync(store, "\"thoughts courier\"")); // two texts are no phrase
        await using var db = store.Store.Read();
        Assert.Equal(0, await db.SearchQueue.CountAsync());
    }

    [Fact]
    public async Task A_search_stays_in_its_workspace()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        var signal = store.NewSignal(SignalStore.Start);
        await store.ChangeAsync([], [signal], words: _ => "secret");
        await new SearchIndexer(store.Store).RunAsync(store.WorkspaceId);
        var other = new SignalListQuery(store.NewId(), null, null, new SignalFilter { Search = SearchText.Query("secret") }, null, 10);
        Assert.Empty(await new SignalReader(store.Store, store.Time).ListAsync(other));
        Assert.Single(await FindAsync(store, "secret"));
    }

    private static Task<IReadOnlyList<SignalRead>> FindAsync(SignalStore store, string query) => new SignalReader(store.Store, store.Time)
        .ListAsync(new SignalListQuery(store.WorkspaceId, null, null, new SignalFilter { Search = SearchText.Query(query) }, null, 100));
}
