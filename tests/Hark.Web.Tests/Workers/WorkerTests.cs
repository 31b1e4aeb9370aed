using System.Threading.Channels;
using Hark.Data.Work;
using Hark.Testing;
using Hark.Web.Infrastructure.Workers;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Hark.Web.Tests.Workers;

public sealed class WorkerTests
{
    private readonly WatchedTime _time = new();

    [Fact]
    public async Task A_notice_ends_the_wait_even_when_it_comes_while_the_worker_is_busy()
    {
        using var worker = new Probe(_time);
        await worker.StartAsync(default);
        await worker.NextRunAsync(_time);
        worker.Signal.Notify(); // before or during the wait: either way the next run comes without the clock
        await worker.Runs.ReadAsync(TestContext.Current.CancellationToken);
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task The_next_due_time_decides_the_wait_up_to_the_longest()
    {
        using var worker = new Probe(_time);
        worker.Work = now => new WorkerRun(1, now.AddSeconds(2));
        await worker.StartAsync(default);
        var first = await worker.NextRunAsync(_time);
        Assert.InRange(await worker.NextRunAsync(_time) - first, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.1));
        worker.Work = _ => new WorkerRun(1, null);
        var last = await worker.NextRunAsync(_time);
        Assert.InRange(await worker.NextRunAsync(_time) - last, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30.1));
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task An_error_is_told_waited_out_longer_and_longer_and_forgotten_after_a_success()
    {
        using var worker = new Probe(_time);
        worker.Work = _ => throw new InvalidOperationException("the store is away");
        await worker.StartAsync(default);
        var at = await worker.NextRunAsync(_time);
        var waits = new List<TimeSpan>();
        for (var n = 0; n < 4; n++)
        {
            var next = await worker.NextRunAsync(_time);
            waits.Add(next - at);
            at = next;
        }
        Assert.InRange(waits[0], TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1.6));
        Assert.InRange(waits[3], TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(12.1));
        Assert.Equal("the store is away", worker.Status.LastError);
        Assert.Null(worker.Status.LastSuccessAt);
        var health = new WorkersHealthCheck([worker], _time);
        _time.Clock.Set(_time.GetUtcNow() + WorkerStatus.Patience + TimeSpan.FromSeconds(1));
        var degraded = await health.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
        Assert.Equal((HealthStatus.Degraded, "probe: the store is away"), (degraded.Status, degraded.Description));
        worker.Work = _ => new WorkerRun(1, null);
        await worker.NextRunAsync(_time);
        await worker.StopAsync(default);
        Assert.Null(worker.Status.LastError);
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status);
    }

    [Fact]
    public void A_worker_that_this_node_does_not_run_is_not_missed()
    {
        using var worker = new Probe(_time);
        Assert.False(worker.Status.Stalled(_time.GetUtcNow().AddYears(1)));
    }

    private sealed class Probe(WatchedTime time) : Worker(time, NullLogger.Instance)
    {
        private readonly Channel<DateTimeOffset> _runs = Channel.CreateUnbounded<DateTimeOffset>();

        public Func<DateTimeOffset, WorkerRun> Work { get; set; } = _ => new WorkerRun(0, null);
        public WakeSignal Signal { get; } = new();
        public ChannelReader<DateTimeOffset> Runs => _runs.Reader;
        public override string Name => "probe";
        protected override TimeSpan LongestWait => TimeSpan.FromSeconds(30);
        protected override WakeSignal Wake => Signal;

        public override Task<WorkerRun> RunOnceAsync(DateTimeOffset now, CancellationToken cancellation = default)
        {
            _runs.Writer.TryWrite(now);
            return Task.FromResult(Work(now));
        }

        /// <summary>Moves the clock by small steps while the loop waits for it, until it has run.</summary>
        public async Task<DateTimeOffset> NextRunAsync(WatchedTime watched)
        {
            DateTimeOffset at;
            while (!_runs.Reader.TryRead(out at))
            {
                if (watched.Armed > 0) watched.Clock.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Yield();
            }
            return at;
        }
    }

    /// <summary>The manual clock, knowing whether somebody waits for it.</summary>
    private sealed class WatchedTime : TimeProvider
    {
        private int _armed;

        public ManualTime Clock { get; } = new();
        public int Armed => Volatile.Read(ref _armed);
        public override DateTimeOffset GetUtcNow() => Clock.GetUtcNow();
        public override long GetTimestamp() => Clock.GetTimestamp();
        public override long TimestampFrequency => Clock.TimestampFrequency;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Watched(this, Clock.CreateTimer(callback, state, dueTime, period));
            Interlocked.Increment(ref _armed);
            return timer;
        }

        private sealed class Watched(WatchedTime time, ITimer inner) : ITimer
        {
            private int _disposed;

            public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(dueTime, period);

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _disposed, 1) == 0) Interlocked.Decrement(ref time._armed);
                inner.Dispose();
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
