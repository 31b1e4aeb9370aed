using System.Threading.Channels;

namespace Hark.Web.Infrastructure.Live;

/// <summary>One open page. At most one of each change waits: however many signals come, a slow page is told once.</summary>
public sealed class LiveListener(Action<LiveListener> end) : IDisposable
{
    private readonly Channel<LiveChange> _changes = Channel.CreateUnbounded<LiveChange>(new() { SingleReader = true });
    private readonly int[] _waiting = new int[Enum.GetValues<LiveChange>().Length];

    internal void Offer(LiveChange change)
    {
        if (Interlocked.Exchange(ref _waiting[(int)change], 1) == 0) _changes.Writer.TryWrite(change);
    }

    /// <summary>The next change; null when cancelled.</summary>
    public async Task<LiveChange?> NextAsync(CancellationToken cancellation)
    {
        try
        {
            var change = await _changes.Reader.ReadAsync(cancellation);
            Interlocked.Exchange(ref _waiting[(int)change], 0);
            return change;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose() => end(this);
}
