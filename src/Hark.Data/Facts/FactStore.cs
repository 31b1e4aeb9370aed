using System.Collections.Concurrent;
using Hark.Data.Store;
using Hark.Domain.Common;

namespace Hark.Data.Facts;

/// <summary>
/// The facts of workspaces in memory, column by column, for questions over many dimensions at once that aggregates cannot answer. Loaded on the first question, kept current by
/// what is new and what changed, and bounded: some 80 bytes a signal, the newest <see cref="Most"/> signals of a workspace, and of several workspaces those asked for last.
/// </summary>
public sealed class FactStore(HarkStore store, TimeProvider time) : IDisposable
{
    /// <summary>Signals kept, of one workspace and of all together.</summary>
    public const int Most = 2_000_000;

    private readonly ConcurrentDictionary<Guid, Entry> _entries = new();

    /// <summary>The facts as they are now. The first question of a workspace waits for all of them to be read: some seconds for a million.</summary>
    public async Task<FactTable> GetAsync(Guid workspaceId, CancellationToken cancellation = default)
    {
        var entry = _entries.GetOrAdd(workspaceId, id => new(new FactLoader(store, id, Most)));
        await entry.Turn.WaitAsync(cancellation);
        try
        {
            var now = time.Now();
            entry.AskedAt = now;
            var table = await entry.Loader.RefreshAsync(now, cancellation);
            entry.Count = table.Count;
            return table;
        }
        catch
        {
            // What was read in part must not be taken for all.
            _entries.TryRemove(workspaceId, out _);
            throw;
        }
        finally
        {
            entry.Turn.Release();
            DropOthers(workspaceId);
        }
    }

    public void Dispose()
    {
        foreach (var entry in _entries.Values) entry.Turn.Dispose();
    }

    private void DropOthers(Guid kept)
    {
        foreach (var (id, _) in _entries.Where(e => e.Key != kept).OrderBy(e => e.Value.AskedAt))
        {
            if (_entries.Values.Sum(e => (long)e.Count) <= Most) return;
            _entries.TryRemove(id, out _);
        }
    }

    private sealed class Entry(FactLoader loader)
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);
        public FactLoader Loader => loader;
        public DateTimeOffset AskedAt { get; set; }
        public int Count { get; set; }
    }
}
