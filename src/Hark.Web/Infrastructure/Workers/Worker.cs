using Hark.Data.Work;
using Hark.Domain.Common;

namespace Hark.Web.Infrastructure.Workers;

/// <summary>What one run of a worker did, and when it wants to come again.</summary>
/// <param name="Done">Pieces of work taken up.</param>
/// <param name="Next">The next moment at which there can be something to do; null: not known, look again after the longest wait.</param>
public readonly record struct WorkerRun(int Done, DateTimeOffset? Next);

/// <summary>
/// Background work in bounded runs. The loop only decides when to run: a jittered start, then the next due time, at most <see cref="LongestWait"/>, or at
/// once when woken; after an error it waits longer and longer. All the work is in <see cref="RunOnceAsync"/>, which tests call directly.
/// </summary>
public abstract class Worker(TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan StartSpread = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>A run that did nothing and asks to come at once would spin.</summary>
    private static readonly TimeSpan IdlePause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _status = new();
    private DateTimeOffset? _startedAt, _lastSuccessAt;
    private string? _lastError;

    /// <summary>Short name for logs and health, such as <c>outbox</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Looks this often even when nothing is known to be due: for what other nodes wrote.</summary>
    protected virtual TimeSpan LongestWait => TimeSpan.FromSeconds(5);

    /// <summary>How many runs may be under way at once. More than one only where runs claim what they work on.</summary>
    protected virtual int Lanes => 1;

    /// <summary>Ends the wait early; notified after a commit that made work.</summary>
    protected virtual WakeSignal? Wake => null;

    /// <summary>Waits so long after it was woken, so that work that comes in a stream is done in large batches. Zero: at once.</summary>
    protected virtual TimeSpan Gathering => TimeSpan.Zero;

    /// <summary>Does what is due at <paramref name="now"/>, up to a bounded batch.</summary>
    public abstract Task<WorkerRun> RunOnceAsync(DateTimeOffset now, CancellationToken cancellation = default);

    /// <summary>How the worker is doing, for the health check.</summary>
    public WorkerStatus Status
    {
        get { lock (_status) return new WorkerStatus(Name, _startedAt, _lastSuccessAt, _lastError); }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        lock (_status) _startedAt = time.Now();
        return Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => LoopAsync(stoppingToken)));
    }

    private async Task LoopAsync(CancellationToken stopping)
    {
        try
        {
            await Task.Delay(StartSpread * Random.Shared.NextDouble(), time, stopping);
            for (var failures = 0; !stopping.IsCancellationRequested;)
            {
                Wake?.Reset();
                var wake = Wake?.Signalled;
                var (wait, failed) = await RunSafelyAsync(failures, stopping);
                failures = failed ? failures + 1 : 0;
                if (wait > TimeSpan.Zero) await WaitAsync(wait, failed ? null : wake, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // the clean end
        }
    }

    private async Task<(TimeSpan Wait, bool Failed)> RunSafelyAsync(int failures, CancellationToken stopping)
    {
        try
        {
            var run = await RunOnceAsync(time.Now(), stopping);
            lock (_status) (_lastSuccessAt, _lastError) = (time.Now(), null);
            var wait = run.Next is { } next ? next - time.Now() : LongestWait;
            if (wait > LongestWait) wait = LongestWait;
            return (run.Done == 0 && wait < IdlePause ? IdlePause : wait, false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            var pause = TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << Math.Min(failures, 10), LongestPause.Ticks)) * (0.5 + Random.Shared.NextDouble());
            lock (_status) _lastError = e.Message;
            logger.LogError(e, "Worker {Worker} failed; it goes on in {Pause}", Name, pause);
            return (pause, true);
        }
    }

    private async Task WaitAsync(TimeSpan wait, Task? wake, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var timer = Task.Delay(wait, time, ended.Token);
        if (wake is null) await timer;
        else if (await Task.WhenAny(timer, wake) != timer && Gathering > TimeSpan.Zero) await Task.Delay(Gathering, time, stopping);
        await ended.CancelAsync();
        stopping.ThrowIfCancellationRequested();
    }
}

/// <summary>How a worker is doing.</summary>
/// <param name="StartedAt">Null where this node does not run it.</param>
/// <param name="LastSuccessAt">End of the last run without an error.</param>
/// <param name="LastError">Message of the newest error; null since a run succeeded.</param>
public sealed record WorkerStatus(string Name, DateTimeOffset? StartedAt, DateTimeOffset? LastSuccessAt, string? LastError)
{
    /// <summary>Must exceed the longest wait, the longest pause and the longest run together.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs here and has not succeeded for <see cref="Patience"/>.</summary>
    public bool Stalled(DateTimeOffset now) => StartedAt is { } started && now - (LastSuccessAt ?? started) > Patience;
}
