using Hark.Data.Aggregates;
using Hark.Data.Facts;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Tests.Metrics;
using Hark.Data.Understanding;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Xunit;

namespace Hark.Data.Tests.Facts;

public sealed class SqliteFactStore() : FactStoreSuite(TestStore.Sqlite);

public sealed class PostgreSqlFactStore() : FactStoreSuite(TestStore.PostgreSql);

public abstract class FactStoreSuite(TestStore kind)
{
    private static readonly DateTimeOffset From = SignalStore.Start, To = SignalStore.Start.AddDays(10);

    [Fact]
    public async Task Facts_in_memory_are_those_stored_whatever_was_added_or_changed()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        using var facts = new FactStore(store.Store, store.Time);
        var random = new RandomSignals(store, 5);
        List<Signal> signals = [.. Enumerable.Range(0, 300).Select(_ => random.Next(From, To))];
        await store.AddAsync(signals);
        Same(signals, await facts.GetAsync(store.WorkspaceId));

        List<Signal> more = [.. Enumerable.Range(0, 50).Select(_ => random.Next(From, To))];
        await store.AddAsync(more);
        signals.AddRange(more);
        Same(signals, await facts.GetAsync(store.WorkspaceId));
    }

    [Fact]
    public async Task A_corrected_signal_is_read_again_and_nobody_sees_it_change_in_an_earlier_answer()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        using var facts = new FactStore(store.Store, store.Time);
        var signal = store.NewNps(From, 3);
        signal.Touchpoint = "delivery";
        await store.AddAsync(signal, store.NewNps(From, 9));
        var before = await facts.GetAsync(store.WorkspaceId);
        var corrected = await new CorrectSignal(store.Store, store.Time, new LessonSignal()).RunAsync(
            store.Workspace, signal.SignalId, null, new SignalCorrection(CorrectedField.Touchpoint, "checkout"), new Actor(ActorKind.Member, "m"));
        Assert.True(corrected.Ok, corrected.Error?.Detail);
        var after = await facts.GetAsync(store.WorkspaceId);
        Assert.Equal(1, Count(before, "delivery"));
        Assert.Equal((0, 1), (Count(after, "delivery"), Count(after, "checkout")));
    }

    [Fact]
    public async Task The_newest_five_signals_of_a_person_count_and_all_of_nobody()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        using var facts = new FactStore(store.Store, store.Time);
        var person = store.NewId();
        var signals = Enumerable.Range(0, 40).Select(i => store.NewNps(From.AddMinutes(i), i < 30 ? 0 : 10)).ToList();
        foreach (var signal in signals.Take(30)) signal.ContactId = person;
        await store.AddAsync(signals);
        var query = new FactQuery(store.Store, facts);
        Assert.Equal(15, (await query.SelectAsync(store.WorkspaceId, SignalFilter.None, From, To)).Count);
    }

    [Fact]
    public async Task What_memory_does_not_know_is_found_in_the_store()
    {
        await using var store = await SignalStore.CreateAsync(kind);
        using var facts = new FactStore(store.Store, store.Time);
        var signals = Enumerable.Range(0, 6).Select(i => store.NewNps(From.AddMinutes(i), i)).ToList();
        await store.ChangeAsync([], signals, words: s => s == signals[2] ? "rare parcel" : "parcel");
        await new SearchIndexer(store.Store).RunAsync(store.WorkspaceId);
        var found = await new FactQuery(store.Store, facts).SelectAsync(store.WorkspaceId, SignalFilter.None with { Search = Domain.Search.SearchText.Query("rare") }, From, To);
        Assert.Equal([20_000], found.Select((b, i) => b.Scores[i]));
    }

    private static int Count(FactTable table, string touchpoint) => FactSelection.Of(
        table, SignalFilter.None with { Values = new Dictionary<string, IReadOnlyList<string>> { [Dimensions.Touchpoint] = [touchpoint] } }, From.AddDays(-1), To, 100).Count;

    private static void Same(List<Signal> signals, FactTable table)
    {
        var all = FactSelection.Of(table, SignalFilter.None, From.AddYears(-1), To.AddYears(1), int.MaxValue);
        Assert.Equal(signals.Count, all.Count);
        Assert.Equal(signals.Select(s => s.ScoreMilli ?? -1).Order(), all.Select((b, i) => b.Scores[i]).Order());
        Assert.Equal(signals.Select(s => s.Negative switch { true => 1, false => 0, null => -1 }).Order(), all.Select((b, i) => (int)b.Negatives[i]).Order());
        Assert.Equal(signals.Select(s => (int)(s.RatingScale ?? 0)).Order(), all.Select((b, i) => (int)b.Scales[i]).Order());
        foreach (var (dimension, place) in FactBlock.Dimensions.Select((d, i) => (d, i)))
        {
            var values = all.Select((b, i) => Values(table.Names, place, b.Codes[place][i])).SelectMany(v => v);
            Assert.Equal(signals.SelectMany(s => MetricOracle.Values(s, dimension.Name).OfType<string>()).Order(StringComparer.Ordinal), values.Order(StringComparer.Ordinal));
        }
    }

    private static IReadOnlyList<string> Values(FactNames names, int place, ushort code) =>
        FactBlock.Dimensions[place].HasSeveral ? names.Set(place, code) : code == 0 ? [] : [names.Values[place].Value(code)!];
}
