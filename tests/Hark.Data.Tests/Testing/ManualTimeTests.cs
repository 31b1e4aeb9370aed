using Hark.Testing;
using Xunit;

namespace Hark.Data.Tests.Testing;

public sealed class ManualTimeTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Timers_fire_in_order_each_at_its_moment()
    {
        var fired = new List<(string Name, TimeSpan After)>();
        var start = _time.GetUtcNow();
        using var late = _time.CreateTimer(_ => fired.Add(("late", _time.GetUtcNow() - start)), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        using var often = _time.CreateTimer(_ => fired.Add(("often", _time.GetUtcNow() - start)), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([("often", TimeSpan.FromSeconds(2)), ("late", TimeSpan.FromSeconds(3)), ("often", TimeSpan.FromSeconds(4))], fired);
        Assert.Equal(start.AddSeconds(5), _time.GetUtcNow());
    }

    [Fact]
    public async Task Delays_and_time_outs_wait_for_the_test()
    {
        var delay = Task.Delay(TimeSpan.FromHours(1), _time, TestContext.Current.CancellationToken);
        using var timeout = new CancellationTokenSource(TimeSpan.FromHours(2), _time);
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.False(delay.IsCompleted);
        _time.Advance(TimeSpan.FromMinutes(1));
        await delay;
        Assert.False(timeout.IsCancellationRequested);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(timeout.IsCancellationRequested);
    }

    [Fact]
    public void The_wall_clock_may_jump_back_and_elapsed_time_may_not()
    {
        var before = _time.GetTimestamp();
        var fired = false;
        using var timer = _time.CreateTimer(_ => fired = true, null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        _time.Set(_time.GetUtcNow().AddHours(-3));
        Assert.Equal(TimeSpan.Zero, _time.GetElapsedTime(before));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(fired);
        Assert.Equal(TimeSpan.FromMinutes(1), _time.GetElapsedTime(before));
    }

    [Fact]
    public void A_timer_can_set_itself_again()
    {
        var count = 0;
        ITimer? timer = null;
        timer = _time.CreateTimer(_ =>
        {
            if (++count < 3) timer!.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using (timer) _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(3, count);
    }
}
