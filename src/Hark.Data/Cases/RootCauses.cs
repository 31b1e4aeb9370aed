using Hark.Data.Store;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Cases;

/// <summary>Root causes that people gave, to choose from: the same words for the same cause make them countable.</summary>
public sealed class RootCauses(HarkStore store)
{
    private const int Looked = 2000, Most = 30;

    /// <summary>Those of the newest 2,000 cases, the most frequent first. One range of the index of opening times.</summary>
    public async Task<IReadOnlyList<string>> UsualAsync(Guid workspaceId, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var causes = await db.Cases.Where(c => c.WorkspaceId == workspaceId).OrderByDescending(c => c.OpenedAt).Take(Looked).Select(c => c.RootCause).ToListAsync(cancellation);
        return [.. causes.OfType<string>().GroupBy(c => c).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.CurrentCulture).Take(Most).Select(g => g.Key)];
    }
}
