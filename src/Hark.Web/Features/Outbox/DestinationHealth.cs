using System.Collections.Concurrent;

namespace Hark.Web.Features.Outbox;

/// <summary>
/// Remembers on this node which destinations did not answer, so that a dead one costs one time-out in a while and not one for each message. It is tried
/// again after 30 s, then twice as long each time, up to 10 min; one success forgets it.
/// </summary>
internal sealed class DestinationHealth
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30), Longest = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset Until)> _down = new(StringComparer.Ordinal);

    /// <summary>Until when it is spared; null when it may be tried.</summary>
    public DateTimeOffset? DownUntil(string destination, DateTimeOffset now) =>
        _down.TryGetValue(destination, out var state) && state.Until > now && state.Until <= now + Longest ? state.Until : null;

    /// <summary>It did not answer. Failures while it is spared already (tries that ran at the same time) count once.</summary>
    public DateTimeOffset Failed(string destination, DateTimeOffset now) => _down.AddOrUpdate(destination, _ => (1, now + First),
        (_, s) => s.Until > now ? s : (s.Failures + 1, now + TimeSpan.FromTicks(Math.Min(First.Ticks << Math.Min(s.Failures, 10), Longest.Ticks)))).Until;

    public void Answered(string destination) => _down.TryRemove(destination, out _);
}
