using System.Collections.Frozen;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Understanding;
using Hark.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Workspaces;

/// <summary>
/// The snapshots of all workspaces of this installation. A change made by this process is seen at once (<see cref="RefreshAsync"/> after the write); one
/// made by another is seen when its config version is next compared, which a worker does every second and a miss does on the spot.
/// </summary>
public sealed class WorkspaceSnapshots(HarkStore store, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile State _state = State.Empty;

    /// <summary>All workspaces; loaded on first use.</summary>
    public async ValueTask<IReadOnlyList<WorkspaceSnapshot>> AllAsync(CancellationToken cancellation = default)
    {
        if (!_state.Loaded) await RefreshAsync(cancellation);
        return _state.All;
    }

    public async ValueTask<WorkspaceSnapshot?> FindAsync(Guid workspaceId, CancellationToken cancellation = default)
    {
        if (!_state.Loaded || !_state.ById.ContainsKey(workspaceId)) await RefreshAsync(cancellation);
        return _state.ById.GetValueOrDefault(workspaceId);
    }

    /// <summary>The workspace as far as this node has loaded it; asks nobody.</summary>
    public WorkspaceSnapshot? Known(Guid workspaceId) => _state.ById.GetValueOrDefault(workspaceId);

    /// <summary>The workspace; throws for an id that no key, link or row of ours could have named.</summary>
    public async ValueTask<WorkspaceSnapshot> GetAsync(Guid workspaceId, CancellationToken cancellation = default) =>
        await FindAsync(workspaceId, cancellation) ?? throw new InvalidOperationException($"Workspace {workspaceId} is gone.");

    /// <summary>The valid key with this hash as far as this node knows already; asks nobody.</summary>
    public (WorkspaceSnapshot Workspace, AccessKey Key)? KnownKey(byte[] hash) => Valid(Convert.ToHexString(hash));

    /// <summary>The valid key with this hash, with its workspace. An unknown hash compares versions once, so that a key just made elsewhere works.</summary>
    /// <param name="hash">SHA-256 of the key.</param>
    public async ValueTask<(WorkspaceSnapshot Workspace, AccessKey Key)?> FindKeyAsync(byte[] hash, CancellationToken cancellation = default)
    {
        var id = Convert.ToHexString(hash);
        if (Valid(id) is { } known) return known;
        await RefreshAsync(cancellation);
        return Valid(id);
    }

    /// <summary>Loads the workspaces whose config version changed. Costs one small query when nothing did.</summary>
    public async Task RefreshAsync(CancellationToken cancellation = default)
    {
        await _loading.WaitAsync(cancellation);
        try
        {
            await using var db = store.Read();
            var versions = await db.Workspaces.Select(w => new { w.WorkspaceId, w.ConfigVersion }).ToListAsync(cancellation);
            var current = _state;
            if (current.Loaded && versions.Count == current.All.Count
                && versions.All(v => current.ById.TryGetValue(v.WorkspaceId, out var s) && s.Workspace.ConfigVersion == v.ConfigVersion)) return;
            var all = new List<WorkspaceSnapshot>();
            foreach (var v in versions)
            {
                var unchanged = current.ById.TryGetValue(v.WorkspaceId, out var s) && s.Workspace.ConfigVersion == v.ConfigVersion;
                all.Add(unchanged ? s! : await LoadAsync(db, v.WorkspaceId, s, cancellation));
            }
            _state = new State(all, Loaded: true);
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();

    private (WorkspaceSnapshot, AccessKey)? Valid(string hash) =>
        _state.ByKey.TryGetValue(hash, out var found) && (found.Key.ExpiresAt is not { } end || end > time.Now()) ? found : null;

    private static async Task<WorkspaceSnapshot> LoadAsync(HarkDbContext db, Guid id, WorkspaceSnapshot? before, CancellationToken cancellation)
    {
        // The version is read with the row and before the rest: a change that comes between makes the next comparison load again.
        var workspace = await db.Workspaces.SingleAsync(w => w.WorkspaceId == id, cancellation);
        var newest = db.ConfigDocuments.Where(d => d.WorkspaceId == id)
            .Where(d => d.Version == db.ConfigDocuments.Where(o => o.WorkspaceId == id && o.Kind == d.Kind).Max(o => o.Version));
        return new WorkspaceSnapshot
        {
            Workspace = workspace,
            Sources = await db.Sources.Where(s => s.WorkspaceId == id).ToListAsync(cancellation),
            Teams = await db.Teams.Where(t => t.WorkspaceId == id).ToListAsync(cancellation),
            Members = await db.Members.Where(m => m.WorkspaceId == id).ToListAsync(cancellation),
            TeamMembers = await db.TeamMembers.Where(m => m.WorkspaceId == id).ToListAsync(cancellation),
            WebhookEndpoints = await db.WebhookEndpoints.Where(e => e.WorkspaceId == id).ToListAsync(cancellation),
            Keys = await db.AccessKeys.Where(k => k.WorkspaceId == id && k.RevokedAt == null).ToListAsync(cancellation),
            CalendarVersions = await db.ConfigDocuments.Where(d => d.WorkspaceId == id && d.Kind == DocumentKind.Calendars).ToListAsync(cancellation),
            Documents = await newest.ToDictionaryAsync(d => d.Kind, cancellation),
            Champions = await ChampionsAsync(db, id, before, cancellation),
        };
    }

    /// <summary>Their tables are large: those that this node has already are not read again.</summary>
    private static async Task<IReadOnlyList<ChampionModel>> ChampionsAsync(HarkDbContext db, Guid id, WorkspaceSnapshot? before, CancellationToken cancellation)
    {
        var champions = new List<ChampionModel>();
        var versions = await db.TextModels.Where(m => m.WorkspaceId == id && m.State == ModelState.Champion).Select(m => new { m.Task, m.Version }).ToListAsync(cancellation);
        foreach (var version in versions)
        {
            champions.Add(before?.Champions.FirstOrDefault(c => c.Task == version.Task && c.Version == version.Version)
                ?? new ChampionModel(await db.TextModels.SingleAsync(m => m.WorkspaceId == id && m.Task == version.Task && m.Version == version.Version, cancellation)));
        }
        return champions;
    }

    private sealed record State(IReadOnlyList<WorkspaceSnapshot> All, bool Loaded)
    {
        public static State Empty { get; } = new([], Loaded: false);

        public FrozenDictionary<Guid, WorkspaceSnapshot> ById { get; } = All.ToFrozenDictionary(s => s.WorkspaceId);

        public FrozenDictionary<string, (WorkspaceSnapshot Workspace, AccessKey Key)> ByKey { get; } =
            All.SelectMany(s => s.Keys.Select(k => (s, k))).ToFrozenDictionary(p => Convert.ToHexString(p.k.Hash));
    }
}
