using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Workspaces;

/// <summary>Makes workspaces.</summary>
public sealed class WorkspaceAdmin(HarkStore store, WorkspaceSnapshots snapshots, TimeProvider time)
{
    /// <summary>Key of the team that every workspace starts with; sources without an owner belong to it until somebody says otherwise.</summary>
    public const string DefaultTeam = "support";

    /// <summary>The row that keeps two nodes from both making the first workspace; it lives only inside the transaction.</summary>
    private const string FirstWorkspaceLock = "first_workspace";

    /// <summary>A workspace with the default team. Documents (rules, clocks …) are absent and so have their defaults.</summary>
    /// <param name="timeZone">IANA zone, checked by the caller.</param>
    public async Task<Workspace> CreateAsync(string name, string timeZone, Actor actor, CancellationToken cancellation = default)
    {
        var made = await store.WriteAsync(async db =>
        {
            var workspace = Add(db, name, timeZone, actor);
            await db.SaveChangesAsync(cancellation);
            return workspace;
        }, cancellation);
        await snapshots.RefreshAsync(cancellation);
        return made;
    }

    /// <summary>Makes the first workspace of an empty store. Safe to call from several nodes at once: one makes it, the others find it.</summary>
    public async Task EnsureFirstAsync(string name, string timeZone, CancellationToken cancellation = default)
    {
        await using (var db = store.Read())
            if (await db.Workspaces.AnyAsync(cancellation)) return;
        await store.WriteAsync(async db =>
        {
            var turn = new WorkerLease { Name = FirstWorkspaceLock, Owner = "start", ExpiresAt = time.Now() };
            db.WorkerLeases.Add(turn);
            await db.SaveChangesAsync(cancellation);
            if (!await db.Workspaces.AnyAsync(cancellation)) Add(db, name, timeZone, Actor.System("start"));
            db.WorkerLeases.Remove(turn);
            await db.SaveChangesAsync(cancellation);
        }, cancellation);
        await snapshots.RefreshAsync(cancellation);
    }

    private Workspace Add(HarkDbContext db, string name, string timeZone, Actor actor)
    {
        var now = time.Now();
        var workspace = new Workspace { WorkspaceId = time.NewId(), Name = name, TimeZone = timeZone, CreatedAt = now };
        db.Workspaces.Add(workspace);
        db.Teams.Add(new Team { WorkspaceId = workspace.WorkspaceId, TeamId = time.NewId(), Key = DefaultTeam, Name = "Support", CreatedAt = now });
        new SettingsChange(db, workspace.WorkspaceId, actor, time)
            .Audit("workspace.created", "workspace", workspace.WorkspaceId.ToString(), new { name, timeZone });
        return workspace;
    }
}
