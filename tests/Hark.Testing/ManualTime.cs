namespace Hark.Testing;

/// <summary>
/// A clock that stands still until a test moves it, and drives timers and delays made with it. Timers fire on the thread that moves the clock, in the
/// order in which they are due, each at its own moment.
/// </summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    /// <summary>A Monday morning without daylight saving anywhere near.</summary>
    public static readonly DateTimeOffset UsualStart = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = start;
    private long _elapsed;

    public ManualTime() : this(UsualStart)
    {
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    /// <summary>Time gone by since the start: unlike the wall clock it never jumps.</summary>
    public override long GetTimestamp()
    {
        lock (_lock) return _elapsed;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Lets time go by, firing what falls due.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var end = GetTimestamp() + by.Ticks;
        while (TakeDue(end) is { } due) due.Fire();
        lock (_lock) MoveTo(end);
    }

    /// <summary>Sets the wall clock, also backwards, as an administrator or a time server would. No time goes by and no timer fires.</summary>
    public void Set(DateTimeOffset now)
    {
        lock (_lock) _now = now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>The next timer due until <paramref name="end"/>, with the clock moved to its moment.</summary>
    private Timer? TakeDue(long end)
    {
        lock (_lock)
        {
            var next = _timers.Where(t => t.DueAt <= end).MinBy(t => t.DueAt);
            if (next is null) return null;
            MoveTo(Math.Max(next.DueAt, _elapsed));
            if (next.Period > 0) next.DueAt += next.Period;
            else _timers.Remove(next);
            return next;
        }
    }

    private void MoveTo(long elapsed)
    {
        _now += TimeSpan.FromTicks(elapsed - _elapsed);
        _elapsed = elapsed;
    }

    private sealed class Timer(ManualTime time, Action fire) : ITimer
    {
        public long DueAt { get; set; }
        public long Period { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                DueAt = time._elapsed + dueTime.Ticks;
                Period = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks;
                time._timers.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (time._lock) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
