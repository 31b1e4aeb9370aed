using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Cases;

/// <summary>Filters of the inbox under a name. A member sees their own and those of their teams; one who sees all teams sees those of all.</summary>
public sealed class SavedFilters(HarkStore store, TimeProvider time)
{
    public const int LongestName = 60, LongestQuery = 2000, Most = 50;

    /// <summary>Those that the person sees, by name.</summary>
    /// <param name="scope">Of a member.</param>
    public async Task<IReadOnlyList<SavedFilter>> ListAsync(Guid workspaceId, CaseScope scope, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var filters = await db.SavedFilters.Where(f => f.WorkspaceId == workspaceId && (f.MemberId == scope.MemberId || f.TeamId != null)).ToListAsync(cancellation);
        return [.. filters.Where(f => f.MemberId == scope.MemberId || scope.Teams is null || scope.Teams.Contains(f.TeamId!.Value)).OrderBy(f => f.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>Keeps a filter. Invalid without a name, without conditions, or past <see cref="Most"/> of one's own; <c>not_found</c> for a team of others.</summary>
    /// <param name="teamId">Whom to share it with; null for nobody.</param>
    public async Task<Result<SavedFilter>> CreateAsync(Guid workspaceId, CaseScope scope, Guid? teamId, string name, string query, CancellationToken cancellation = default)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName) return Error.Invalid("/name", $"must have 1 to {LongestName} characters");
        if (query.Length is 0 or > LongestQuery) return Error.Invalid("/query", "must have at least one condition");
        if (teamId is { } team && scope.Teams?.Contains(team) == false) return Error.NotFound("team");
        var made = new SavedFilter
        {
            WorkspaceId = workspaceId,
            FilterId = time.NewId(),
            MemberId = scope.MemberId!.Value,
            TeamId = teamId,
            Name = name.Trim(),
            Query = query,
            CreatedAt = time.Now(),
        };
        return await store.WriteAsync<Result<SavedFilter>>(async db =>
        {
            if (await db.SavedFilters.CountAsync(f => f.WorkspaceId == workspaceId && f.MemberId == made.MemberId, cancellation) >= Most)
                return Error.Invalid("/name", $"is one too many: a person may keep {Most} filters");
            db.SavedFilters.Add(made);
            await db.SaveChangesAsync(cancellation);
            return made;
        }, cancellation);
    }

    /// <summary>Forgets a filter of one's own; <c>not_found</c> for those of others.</summary>
    public Task<Result<bool>> DeleteAsync(Guid workspaceId, Guid memberId, Guid filterId, CancellationToken cancellation = default) => store.WriteAsync<Result<bool>>(async db =>
        await db.SavedFilters.Where(f => f.WorkspaceId == workspaceId && f.FilterId == filterId && f.MemberId == memberId).ExecuteDeleteAsync(cancellation) == 0
            ? Error.NotFound("filter") : true, cancellation);
}
