using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Cases;

/// <summary>What the places of snippets show for a case. Ask only for cases that may be seen.</summary>
public sealed class SnippetValues(HarkStore store)
{
    /// <param name="me">Name of who writes.</param>
    public async Task<IReadOnlyDictionary<string, string?>> OfAsync(WorkspaceSnapshot workspace, Case c, string? me, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await OfAsync(db, workspace, c, me, cancellation);
    }

    internal static async Task<IReadOnlyDictionary<string, string?>> OfAsync(HarkDbContext db, WorkspaceSnapshot workspace, Case c, string? me, CancellationToken cancellation) => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["name"] = await db.Contacts.Where(p => p.WorkspaceId == c.WorkspaceId && p.ContactId == c.ContactId).Select(p => p.Name).SingleOrDefaultAsync(cancellation),
        ["case_number"] = c.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["order"] = await db.Signals.Where(s => s.WorkspaceId == c.WorkspaceId && s.SignalId == c.FirstSignalId).Select(s => s.SubjectOrder).SingleOrDefaultAsync(cancellation),
        ["company"] = workspace.Workspace.Name,
        ["me"] = me,
    };
}
