using System.Threading.Channels;

namespace Hark.Load.Probes;

/// <summary>
/// The bare shape of Hark's intake: one thread that takes whatever waits, commits it in one transaction and then answers all of it. Facts only.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    private readonly Channel<Waiting> _queue = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly RawFacts _facts;
    private readonly Thread _writer;

    public GroupCommit(RawFacts facts)
    {
        _facts = facts;
        _writer = new Thread(Write) { IsBackground = true };
        _writer.Start();
    }

    /// <summary>Done once it is durable.</summary>
    public Task<Guid> StoreAsync(RecordFields fields)
    {
        var waiting = new Waiting(fields);
        _queue.Writer.TryWrite(waiting);
        return waiting.Task;
    }

    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _writer.Join();
        _facts.Dispose();
    }

    private void Write()
    {
        var group = new List<Waiting>();
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            group.Clear();
            while (group.Count < 1_000 && _queue.Reader.TryRead(out var waiting)) group.Add(waiting);
            var now = TimeProvider.System.GetUtcNow();
            _facts.Begin();
            foreach (var waiting in group) _facts.Insert(waiting.Id = Guid.CreateVersion7(now), waiting.Fields, now.UtcTicks);
            _facts.Commit();
            foreach (var waiting in group) waiting.SetResult(waiting.Id);
        }
    }

    private sealed class Waiting(RecordFields fields) : TaskCompletionSource<Guid>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public RecordFields Fields => fields;
        public Guid Id { get; set; }
    }
}
