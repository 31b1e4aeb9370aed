namespace Hark.Web.Infrastructure.Staff;

/// <summary>The places that this person sees, in the order of the rail.</summary>
public sealed class Places(IEnumerable<Place> all, Viewer viewer)
{
    public IReadOnlyList<Place> Main => field ??= Of(atEnd: false);

    public IReadOnlyList<Place> End => field ??= Of(atEnd: true);

    private List<Place> Of(bool atEnd) => viewer.Caller is not { } caller ? []
        : [.. all.Where(p => p.AtEnd == atEnd && (p.Shows is null || p.Shows(caller))).OrderBy(p => p.Order)];
}
