namespace Hark.Domain.Identity;

/// <summary>One statement that two contacts are the same person.</summary>
public sealed record ContactMerge(Guid MergeId, Guid ContactA, Guid ContactB);

/// <summary>A contact whose canonical contact becomes another one.</summary>
public sealed record CanonicalChange(Guid ContactId, Guid CanonicalId);

/// <summary>
/// Which contacts are one person. Contacts are nodes and merges are edges; whoever is connected is one person, named by the oldest contact (the
/// smallest id, since ids are in order of time). Signals keep the contact they came with, so a merge or its undo only moves canonical names and
/// nothing is ever lost. Immutable.
/// </summary>
/// <remarks>
/// Pure, and meant to be built from the merges of the one or two components in question, not of a whole workspace. Cost of a merge or an undo:
/// one walk over the components it touches.
/// </remarks>
public sealed class ContactGraph
{
    private readonly Dictionary<Guid, ContactMerge> _merges;

    /// <param name="merges">The active merges. Several between the same two contacts may stand: each is undone by itself.</param>
    public ContactGraph(IEnumerable<ContactMerge> merges) => _merges = merges.ToDictionary(m => m.MergeId);

    public static ContactGraph Empty { get; } = new([]);
    public IReadOnlyCollection<ContactMerge> Merges => _merges.Values;

    /// <summary>The contact that stands for the person; the contact itself when nothing was merged with it.</summary>
    public Guid Canonical(Guid contact) => Component(contact).Min();

    /// <summary>All contacts of the person, the given one included, in order of id.</summary>
    public IReadOnlyList<Guid> Contacts(Guid contact) => [.. Component(contact).Order()];

    /// <summary>Adds a merge. A merge with itself, and a merge id that is there already, change nothing.</summary>
    /// <param name="changes">The contacts whose canonical contact changes, in order of id.</param>
    public ContactGraph Merge(ContactMerge merge, out IReadOnlyList<CanonicalChange> changes)
    {
        changes = [];
        if (merge.ContactA == merge.ContactB || _merges.ContainsKey(merge.MergeId)) return this;
        var next = new ContactGraph(_merges.Values.Append(merge));
        changes = Changes(this, next, merge);
        return next;
    }

    /// <summary>Takes a merge back. Contacts that other merges still connect stay together. An unknown id changes nothing.</summary>
    /// <param name="changes">The contacts whose canonical contact changes, in order of id.</param>
    public ContactGraph Undo(Guid mergeId, out IReadOnlyList<CanonicalChange> changes)
    {
        changes = [];
        if (!_merges.TryGetValue(mergeId, out var merge)) return this;
        var next = new ContactGraph(_merges.Values.Where(m => m.MergeId != mergeId));
        changes = Changes(this, next, merge);
        return next;
    }

    private static List<CanonicalChange> Changes(ContactGraph before, ContactGraph after, ContactMerge merge)
    {
        var (old, current) = (before.CanonicalsAround(merge), after.CanonicalsAround(merge));
        return [.. current.Where(c => old[c.Key] != c.Value).OrderBy(c => c.Key).Select(c => new CanonicalChange(c.Key, c.Value))];
    }

    /// <summary>The canonical contact of everybody connected with either side of the merge.</summary>
    private Dictionary<Guid, Guid> CanonicalsAround(ContactMerge merge)
    {
        var canonicals = new Dictionary<Guid, Guid>();
        foreach (var side in (ReadOnlySpan<Guid>)[merge.ContactA, merge.ContactB])
        {
            if (canonicals.ContainsKey(side)) continue;
            var component = Component(side);
            var canonical = component.Min();
            foreach (var contact in component) canonicals[contact] = canonical;
        }
        return canonicals;
    }

    private HashSet<Guid> Component(Guid start)
    {
        var neighbours = _merges.Values.SelectMany(m => (KeyValuePair<Guid, Guid>[])[new(m.ContactA, m.ContactB), new(m.ContactB, m.ContactA)]).ToLookup(p => p.Key, p => p.Value);
        var found = new HashSet<Guid> { start };
        var open = new Stack<Guid>(found);
        while (open.TryPop(out var contact))
        {
            foreach (var neighbour in neighbours[contact])
            {
                if (found.Add(neighbour)) open.Push(neighbour);
            }
        }
        return found;
    }
}
