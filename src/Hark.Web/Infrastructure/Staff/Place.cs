using Hark.Web.Infrastructure.Auth;

namespace Hark.Web.Infrastructure.Staff;

/// <summary>A place of the rail. A feature that has one registers it as a singleton; what is not registered is not shown.</summary>
/// <param name="Key">The name in the texts: <c>shell.place_{key}</c>.</param>
/// <param name="Order">From the top; see the order in which a person works: pulse 10, inbox 20, signals 30, customers 40, themes 50, improve 60, journeys 70,
/// collect 80, reports 90, settings 100.</param>
/// <param name="Icon">Name in the sprite.</param>
/// <param name="AtEnd">Below the line, at the foot of the rail.</param>
/// <param name="Shows">Who sees it; null for everybody.</param>
public sealed record Place(string Key, string Path, string Icon, int Order, bool AtEnd = false, Func<Caller, bool>? Shows = null)
{
    /// <summary>How many things there need this person now; null counts nothing. Called with every page: must cost no more than an index seek.</summary>
    public Func<IServiceProvider, Caller, CancellationToken, Task<PlaceCount>>? Count { get; init; }
}

/// <param name="Urgent">Shown in red: something is late.</param>
/// <param name="Meaning">Said instead of the bare number: "5 breaching".</param>
public sealed record PlaceCount(long N, bool Urgent, string Meaning);
