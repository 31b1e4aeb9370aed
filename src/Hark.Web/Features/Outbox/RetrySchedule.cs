namespace Hark.Web.Features.Outbox;

/// <summary>When to try again: the waits between tries, each made up to a tenth longer so that what failed together does not come back together.</summary>
public sealed class RetrySchedule
{
    private readonly TimeSpan[] _waits;

    private RetrySchedule(params TimeSpan[] waits) => _waits = waits;

    /// <summary>At once, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h: about three days. Source: Standard Webhooks 1.0.0, "Deliverability and reliability".</summary>
    public static RetrySchedule Webhooks { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24));

    /// <summary>Two days: mail servers greylist for minutes and are down for hours; an answer that comes later than that is no help.</summary>
    public static RetrySchedule Email { get; } = new(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromHours(16), TimeSpan.FromHours(16));

    /// <summary>Tries in all, the first included.</summary>
    public int Tries => _waits.Length + 1;

    /// <summary>A receiver's <c>Retry-After</c> is honoured up to here.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(24);

    /// <summary>The wait after a failed try; null when it was the last.</summary>
    /// <param name="attempt">1 for the first try.</param>
    /// <param name="retryAfter">What the receiver asked for; never shortens the wait.</param>
    /// <param name="random">0 to 1.</param>
    public TimeSpan? After(int attempt, TimeSpan? retryAfter, double random)
    {
        if (attempt > _waits.Length) return null;
        var wait = _waits[Math.Max(attempt, 1) - 1] * (1 + random / 10);
        return retryAfter is { } asked && asked > wait ? Bounded(asked) : wait;
    }

    public static TimeSpan Bounded(TimeSpan retryAfter) => retryAfter > LongestRetryAfter ? LongestRetryAfter : retryAfter;
}
