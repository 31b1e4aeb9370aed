namespace Hark.Web.Infrastructure.Staff;

/// <summary>The places that this person sees, in the order of the rail.</summary>
public sealed class Places(IEnumerable<Place> all, Viewer viewer)
{
    public IReadOnlyList<Place> Main => field ??= Of(atEnd: false);

    public IReadOnlyList<Place> End => field ??= Of(atEnd: true);

    /// <summary>Whether this person has the place.</summary>
    public bool Has(string key) => Main.Concat(End).Any(p => p.Key == key);

    /// <summary>The path as a link to a place; null, which makes it plain text, where this person does not have the place.</summary>
    public string? To(string key, string path) => Has(key) ? path : null;

    private List<Place> Of(bool atEnd) => viewer.Caller is not { } caller ? []
        : [.. all.Where(p => p.AtEnd == atEnd && (p.Shows is null || p.Shows(caller))).OrderBy(p => p.Order)];
}
