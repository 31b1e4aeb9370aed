using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Identity;
using Xunit;

namespace Hark.Domain.Tests.Identity;

public sealed class ContactGraphTests
{
    private const int People = 8;

    [Fact]
    public void The_oldest_contact_stands_for_all()
    {
        var graph = ContactGraph.Empty.Merge(Merge(1, 3, 2), out var first).Merge(Merge(2, 1, 3), out var second);
        Assert.Equal([new(Id(3), Id(2))], first);
        Assert.Equal([new(Id(2), Id(1)), new(Id(3), Id(1))], second);
        Assert.Equal([Id(1), Id(2), Id(3)], graph.Contacts(Id(3)));
        var undone = graph.Undo(Id(102), out var changes);
        Assert.Equal([new(Id(2), Id(2)), new(Id(3), Id(2))], changes);
        Assert.Equal((Id(1), Id(2)), (undone.Canonical(Id(1)), undone.Canonical(Id(3))));
    }

    [Fact]
    public void An_undo_keeps_together_whom_another_merge_connects()
    {
        var graph = new ContactGraph([Merge(1, 1, 2), Merge(2, 2, 3), Merge(3, 1, 3)]);
        graph.Undo(Id(101), out var changes);
        Assert.Empty(changes);
    }

    [Fact]
    public void What_says_nothing_new_changes_nothing()
    {
        var graph = new ContactGraph([Merge(1, 1, 2)]);
        Assert.Same(graph, graph.Merge(Merge(1, 4, 5), out _));
        Assert.Same(graph, graph.Merge(Merge(2, 4, 4), out _));
        Assert.Same(graph, graph.Undo(Id(199), out _));
    }

    [Fact]
    public void Any_history_gives_the_components_of_the_merges_still_active() => Prop.ForAll(Histories, steps =>
    {
        var graph = ContactGraph.Empty;
        var active = new Dictionary<Guid, ContactMerge>();
        var stored = Enumerable.Range(1, People).ToDictionary(Id, Id); // as a store keeps it, moved by the changes alone
        for (var i = 0; i < steps.Count; i++)
        {
            var (merge, a, b, undo) = steps[i];
            IReadOnlyList<CanonicalChange> changes;
            if (merge)
            {
                var edge = new ContactMerge(Id(100 + i), Id(a), Id(b));
                graph = graph.Merge(edge, out changes);
                if (a != b) active[edge.MergeId] = edge;
            }
            else
            {
                graph = graph.Undo(Id(100 + undo), out changes);
                active.Remove(Id(100 + undo));
            }
            foreach (var change in changes)
            {
                if (stored[change.ContactId] == change.CanonicalId) return false; // only real changes
                stored[change.ContactId] = change.CanonicalId;
            }
            var expected = UnionFind(active.Values);
            if (!expected.All(p => stored[p.Key] == p.Value && graph.Canonical(p.Key) == p.Value)) return false;
        }
        foreach (var merge in active.Keys)
        {
            graph = graph.Undo(merge, out var changes);
            foreach (var change in changes) stored[change.ContactId] = change.CanonicalId;
        }
        return graph.Merges.Count == 0 && stored.Count == People && stored.All(p => p.Key == p.Value);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static Arbitrary<IList<(bool Merge, int A, int B, int Undo)>> Histories =>
        (from merge in Gen.Frequency((2, Gen.Constant(true)), (1, Gen.Constant(false)))
         from a in Gen.Choose(1, People)
         from b in Gen.Choose(1, People)
         from undo in Gen.Choose(0, 12)
         select (merge, a, b, undo)).ListOf().Select(l => (IList<(bool, int, int, int)>)[.. l.Take(30)]).ToArbitrary();

    private static Dictionary<Guid, Guid> UnionFind(IEnumerable<ContactMerge> merges)
    {
        var parent = Enumerable.Range(1, People).ToDictionary(Id, Id);
        Guid Root(Guid id) => parent[id] == id ? id : Root(parent[id]);
        foreach (var merge in merges)
        {
            var (a, b) = (Root(merge.ContactA), Root(merge.ContactB));
            if (a.CompareTo(b) < 0) parent[b] = a;
            else parent[a] = b;
        }
        return parent.Keys.ToDictionary(id => id, Root);
    }

    private static ContactMerge Merge(int id, int a, int b) => new(Id(100 + id), Id(a), Id(b));
    private static Guid Id(int id) => new(id, 0, 0, new byte[8]);
}
