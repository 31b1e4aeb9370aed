using System.Globalization;
using Hark.Domain.Common;

namespace Hark.Data.Work;

/// <summary>
/// This node's own number, 0 to 255, held by the lease <c>shard:N</c>: nodes that write their own shard of an aggregate row never wait for each other.
/// The lowest free number is taken, so the numbers stay few.
/// </summary>
/// <remarks>
/// Aggregates move by differences under the row's lock, so two nodes that share a number for a moment (one stalled past its lease) wait for each other
/// but count rightly. Losing the number is told by <see cref="Changed"/> and by <see cref="Current"/>, which is null from the moment the lease may be over.
/// </remarks>
public sealed class NodeShard(Leases leases, TimeProvider time, string owner) : IDisposable
{
    public const int Count = 256;

    /// <summary>Long enough for a pause of the process, short enough that a dead node's number is soon free.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    /// <summary>A third of <see cref="Duration"/>: two renewals may fail before the number is lost.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _changing = new(1, 1);
    private volatile Lease? _lease;

    /// <summary>The number held now, or null: none yet, or lost.</summary>
    public int? Current => _lease is { } lease && lease.ExpiresAt > time.Now() ? NumberOf(lease) : null;

    /// <summary>Raised with the new number after every change; null when it was lost and no other was free.</summary>
    public event Action<int?>? Changed;

    /// <summary>Renews the number, or takes the lowest free one. Returns what is held afterwards; null when all are taken.</summary>
    public async Task<int?> HoldAsync(CancellationToken cancellation = default)
    {
        await _changing.WaitAsync(cancellation);
        try
        {
            var before = _lease;
            var now = time.Now();
            var renewed = before is null ? null : await leases.RenewAsync(before, now, Duration, cancellation);
            _lease = renewed ?? await TakeAsync(now, cancellation);
            var number = _lease is { } lease ? NumberOf(lease) : (int?)null;
            if (number != (before is null ? null : NumberOf(before))) Changed?.Invoke(number);
            return number;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Frees the number for other nodes: at a clean stop.</summary>
    public async Task ReleaseAsync(CancellationToken cancellation = default)
    {
        await _changing.WaitAsync(cancellation);
        try
        {
            if (_lease is not { } lease) return;
            _lease = null;
            await leases.ReleaseAsync(lease, time.Now(), cancellation);
            Changed?.Invoke(null);
        }
        finally
        {
            _changing.Release();
        }
    }

    public void Dispose() => _changing.Dispose();

    private async Task<Lease?> TakeAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var held = await leases.HeldAsync("shard:", now, cancellation);
        for (var number = 0; number < Count; number++)
        {
            var name = NameOf(number);
            if (held.Contains(name)) continue;
            if (await leases.TryAcquireAsync(name, owner, now, Duration, cancellation) is { } lease) return lease;
        }
        return null;
    }

    private static string NameOf(int number) => "shard:" + number.ToString(CultureInfo.InvariantCulture);

    private static int NumberOf(Lease lease) => int.Parse(lease.Name.AsSpan("shard:".Length), CultureInfo.InvariantCulture);
}
