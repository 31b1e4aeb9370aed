using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Workspaces;

/// <summary>
/// The one way settings of a workspace change: in one transaction the change, its audit entries and the next config version; then this node's snapshot
/// is renewed, so that the caller sees its own change.
/// </summary>
/// <remarks>Raising the version comes first and locks the workspace's row: changes of one workspace's settings happen one after the other on either database.</remarks>
public sealed class SettingsWriter(HarkStore store, WorkspaceSnapshots snapshots, TimeProvider time)
{
    /// <param name="work">Changes tracked rows and returns what the caller wants; it neither saves nor commits. An error leaves everything as it was.</param>
    /// <returns>The result of <paramref name="work"/>; <c>conflict</c> when a name that must be unique is taken.</returns>
    public async Task<Result<T>> ChangeAsync<T>(Guid workspaceId, Actor actor, Func<SettingsChange, Task<Result<T>>> work, CancellationToken cancellation = default)
    {
        try
        {
            var value = await store.WriteAsync(db => ApplyAsync(db, workspaceId, actor, work, cancellation), cancellation);
            await snapshots.RefreshAsync(cancellation);
            return value;
        }
        catch (RefusedException refused)
        {
            return refused.Error;
        }
        catch (DbUpdateException e) when (store.Dialect.IsUniqueViolation(e))
        {
            return new Error(ErrorKind.Conflict, ErrorCodes.Conflict, "That name is taken in this workspace; choose another.");
        }
    }

    private async Task<T> ApplyAsync<T>(HarkDbContext db, Guid workspaceId, Actor actor, Func<SettingsChange, Task<Result<T>>> work, CancellationToken cancellation)
    {
        await db.Workspaces.Where(w => w.WorkspaceId == workspaceId)
            .ExecuteUpdateAsync(s => s.SetProperty(w => w.ConfigVersion, w => w.ConfigVersion + 1), cancellation);
        var result = await work(new SettingsChange(db, workspaceId, actor, time));
        if (result.Error is { } error) throw new RefusedException(error);
        await db.SaveChangesAsync(cancellation);
        return result.Value;
    }

    /// <summary>Rolls the transaction back; never leaves this class.</summary>
    private sealed class RefusedException(Error error) : Exception(error.Detail)
    {
        public Error Error { get; } = error;
    }
}

/// <summary>A change of settings under way.</summary>
public sealed class SettingsChange(HarkDbContext db, Guid workspaceId, Actor actor, TimeProvider time)
{
    public HarkDbContext Db => db;
    public Guid WorkspaceId => workspaceId;
    public Actor Actor => actor;
    public DateTimeOffset Now { get; } = time.Now();

    public Guid NewId() => time.NewId();

    /// <summary>Writes down who did what. <paramref name="data"/> never holds secrets.</summary>
    public void Audit(string action, string targetKind, string? targetId, object? data = null) =>
        db.Audit(workspaceId, actor, Now, action, targetKind, targetId, data);
}
