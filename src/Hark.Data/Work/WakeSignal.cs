namespace Hark.Data.Work;

/// <summary>
/// Tells a waiting worker of this process that there is something to do. Only a hint for lower latency: what is to be done is a row, and a hint that is
/// lost (another node, a crash) costs waiting until the next look, nothing else.
/// </summary>
public sealed class WakeSignal
{
    private TaskCompletionSource _next = New();

    /// <summary>Call after the commit. Any number of calls before the worker looks are one.</summary>
    public void Notify() => Volatile.Read(ref _next).TrySetResult();

    /// <summary>Completes at the first <see cref="Notify"/> after the last <see cref="Reset"/>.</summary>
    public Task Signalled => Volatile.Read(ref _next).Task;

    /// <summary>Call before looking for work: what is notified from here on wakes the next wait.</summary>
    public void Reset()
    {
        if (Volatile.Read(ref _next).Task.IsCompleted) Volatile.Write(ref _next, New());
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
