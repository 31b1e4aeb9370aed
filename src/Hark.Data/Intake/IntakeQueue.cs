using System.Threading.Channels;
using Hark.Domain.Signals;

namespace Hark.Data.Intake;

/// <summary>Signals that were submitted together and are answered together.</summary>
internal sealed class IntakeItem(IReadOnlyList<PreparedSignal> signals)
{
    private readonly TaskCompletionSource<IntakeOutcome[]> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<PreparedSignal> Signals => signals;
    public Task<IntakeOutcome[]> Answer => _answer.Task;

    public void Succeed(IntakeOutcome[] outcomes) => _answer.TrySetResult(outcomes);
    public void Fail(Exception exception) => _answer.TrySetException(exception);
}

/// <summary>
/// What waits for the intake writer. Bounded by signals, not by requests: beyond <see cref="Capacity"/> a submitter is told to come back, so that waiting
/// never takes longer than the writer needs for this many.
/// </summary>
public sealed class IntakeQueue
{
    /// <summary>About a second's work of one writer; one largest batch always fits into an empty queue.</summary>
    public const int Capacity = 10_000;

    private readonly System.Threading.Channels.Channel<IntakeItem> _items = System.Threading.Channels.Channel.CreateUnbounded<IntakeItem>(new UnboundedChannelOptions { SingleReader = true });
    private int _waiting;

    /// <summary>Signals that wait or are being written.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    internal ChannelReader<IntakeItem> Reader => _items.Reader;

    /// <summary>Null when the queue is full.</summary>
    internal IntakeItem? TryEnqueue(IReadOnlyList<PreparedSignal> signals)
    {
        if (Interlocked.Add(ref _waiting, signals.Count) > Capacity && Waiting != signals.Count)
        {
            Interlocked.Add(ref _waiting, -signals.Count);
            return null;
        }
        var item = new IntakeItem(signals);
        if (_items.Writer.TryWrite(item)) return item;
        Interlocked.Add(ref _waiting, -signals.Count);
        return null;
    }

    internal void Done(IntakeItem item) => Interlocked.Add(ref _waiting, -item.Signals.Count);

    /// <summary>Takes no more; what waits is still written.</summary>
    internal void Close() => _items.Writer.TryComplete();
}
