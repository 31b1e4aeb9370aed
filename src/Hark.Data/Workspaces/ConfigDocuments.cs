using System.Globalization;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Workspaces;

/// <summary>
/// The versions of a workspace's documents (rules, clocks …). Nothing is ever overwritten: a change and a roll-back are both a new version. Whether a
/// document makes sense is for its feature to check before it comes here.
/// </summary>
public sealed class ConfigDocuments(HarkStore store, SettingsWriter writer)
{
    /// <summary>Adds the next version.</summary>
    /// <param name="document">Valid JSON, checked by the caller.</param>
    /// <param name="ifMatch">The version that the editor saw (0: there was none yet); null writes without asking.</param>
    /// <returns>The new version, or <c>version_conflict</c> when somebody was faster.</returns>
    public Task<Result<ConfigDocument>> PutAsync(Guid workspaceId, DocumentKind kind, string document, long? ifMatch, Actor actor,
        CancellationToken cancellation = default) =>
        writer.ChangeAsync<ConfigDocument>(workspaceId, actor,
            async change => await AddAsync(change, kind, document, ifMatch, "changed", null, cancellation), cancellation);

    /// <summary>Brings an earlier version back, as a new version with the same text.</summary>
    /// <returns>The new version; <c>not_found</c> when there is no such version; <c>version_conflict</c>.</returns>
    public Task<Result<ConfigDocument>> RollBackAsync(Guid workspaceId, DocumentKind kind, long version, long? ifMatch, Actor actor,
        CancellationToken cancellation = default) =>
        writer.ChangeAsync<ConfigDocument>(workspaceId, actor, async change =>
        {
            var old = await change.Db.ConfigDocuments.AsNoTracking()
                .SingleOrDefaultAsync(d => d.WorkspaceId == workspaceId && d.Kind == kind && d.Version == version, cancellation);
            if (old is null) return Error.NotFound("version");
            return await AddAsync(change, kind, old.Document, ifMatch, "rolled_back", version, cancellation);
        }, cancellation);

    public async Task<Result<ConfigDocument>> FindAsync(Guid workspaceId, DocumentKind kind, long version, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var found = await db.ConfigDocuments.SingleOrDefaultAsync(d => d.WorkspaceId == workspaceId && d.Kind == kind && d.Version == version, cancellation);
        return found is null ? Error.NotFound("version") : found;
    }

    /// <summary>Versions, newest first.</summary>
    /// <param name="before">Only versions below this one; null starts at the newest.</param>
    public async Task<List<ConfigDocument>> ListAsync(Guid workspaceId, DocumentKind kind, long? before, int limit, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var below = before ?? long.MaxValue;
        return await db.ConfigDocuments.Where(d => d.WorkspaceId == workspaceId && d.Kind == kind && d.Version < below)
            .OrderByDescending(d => d.Version).Take(limit).ToListAsync(cancellation);
    }

    private static async Task<Result<ConfigDocument>> AddAsync(SettingsChange change, DocumentKind kind, string document, long? ifMatch, string verb,
        long? from, CancellationToken cancellation)
    {
        var current = await change.Db.ConfigDocuments.Where(d => d.WorkspaceId == change.WorkspaceId && d.Kind == kind)
            .MaxAsync(d => (long?)d.Version, cancellation) ?? 0;
        if (ifMatch is { } seen && seen != current) return Conflict(current);
        var next = new ConfigDocument
        {
            WorkspaceId = change.WorkspaceId,
            Kind = kind,
            Version = current + 1,
            Document = document,
            CreatedAt = change.Now,
            CreatedBy = change.Actor.Id,
        };
        change.Db.ConfigDocuments.Add(next);
        var name = EnumNames<DocumentKind>.Of(kind);
        change.Audit($"{name}.{verb}", "config_document", name, new { version = next.Version, from });
        return next;
    }

    private static Error Conflict(long current) => new(ErrorKind.Conflict, ErrorCodes.VersionConflict,
        string.Create(CultureInfo.InvariantCulture, $"The document is at version {current} now; read it again and apply your change to that."));
}
