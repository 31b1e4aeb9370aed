using System.Data.Common;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Web.Infrastructure.Settings;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Infrastructure.Hosting;

/// <summary>The store is not as this version needs it; the message says what to do.</summary>
public sealed class StoreNotReadyException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Makes the store ready before anything uses it: schema, first workspace, first administrator.</summary>
public sealed class StorePreparation(HarkStore store, HarkOptions options, WorkspaceAdmin workspaces, WorkspaceSnapshots snapshots, MemberAdmin members,
    ILogger<StorePreparation> log)
{
    /// <summary>
    /// Upgrades the schema unless <c>Hark:Migrate</c> is false, then sees to the first workspace. Several nodes may do this at once.
    /// </summary>
    /// <exception cref="StoreNotReadyException">The store cannot be reached, or its schema is older and may not be upgraded here, or it is newer.</exception>
    public async Task PrepareAsync(CancellationToken cancellation = default)
    {
        if (options.Migrate) await MigrateAsync(cancellation);
        else if ((await PendingAsync(cancellation)).Count > 0)
            throw new StoreNotReadyException("The store's schema is older than this version and Hark:Migrate is false; run: hark migrate.");
        await workspaces.EnsureFirstAsync(options.Workspace.Name, options.Workspace.TimeZone, cancellation);
        if (options.Admin is { } admin)
            await members.EnsureAdministratorAsync((await snapshots.AllAsync(cancellation))[0].WorkspaceId, admin.Email, admin.Password, cancellation);
    }

    /// <summary>Brings the schema up to this version.</summary>
    /// <returns>Names of the migrations that were applied; none when it was current.</returns>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellation = default)
    {
        var pending = await PendingAsync(cancellation);
        if (pending.Count == 0) return pending;
        try
        {
            await store.MigrateAsync(cancellation);
        }
        catch (DbException e)
        {
            throw new StoreNotReadyException($"The schema of ConnectionStrings:Hark could not be upgraded: {e.GetBaseException().Message}", e);
        }
        log.LogInformation("Upgraded the schema: {Migrations}", string.Join(", ", pending));
        return pending;
    }

    /// <summary>Migrations this version knows and the store has not had.</summary>
    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        IReadOnlyList<string> applied;
        try
        {
            applied = [.. await db.Database.GetAppliedMigrationsAsync(cancellation)];
        }
        catch (Exception e) when (e is DbException or IOException or InvalidOperationException)
        {
            throw new StoreNotReadyException($"The store of ConnectionStrings:Hark cannot be opened: {e.GetBaseException().Message}", e);
        }
        var known = db.Database.GetMigrations().ToList();
        if (applied.Except(known).FirstOrDefault() is { } newer)
            throw new StoreNotReadyException($"The store was upgraded by a newer version of Hark ({newer}); run that version or restore a backup.");
        return [.. known.Except(applied)];
    }
}
