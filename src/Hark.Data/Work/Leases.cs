using Hark.Data.Store;

namespace Hark.Data.Work;

/// <summary>The right to do what only one node may do, until <paramref name="ExpiresAt"/>.</summary>
/// <param name="Token">Rises with every take-over: whoever was overtaken holds a smaller one and can write nothing any more.</param>
public sealed record Lease(string Name, string Owner, long Token, DateTimeOffset ExpiresAt);

/// <summary>
/// Named leases with an owner and a fencing token.
/// </summary>
/// <remarks>
/// Invariant: the token of a name never falls (a release keeps the row), so a holder that stalled past its time and wakes is told apart from the one that
/// took over, even under the same owner. Every write here is conditional on owner and token. Work that must not be done twice calls
/// <see cref="GuardAsync"/> first thing in its own transaction: the row stays locked until that commits, so no take-over can come between.
/// Cost of each call: one key seek.
/// </remarks>
public sealed class Leases(HarkStore store)
{
    private const string Acquire = """
        INSERT INTO worker_leases (name, owner, token, expires_at) VALUES (@name, @owner, 1, @until)
        ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, token = worker_leases.token + 1, expires_at = excluded.expires_at
        WHERE worker_leases.expires_at <= @now
        RETURNING token
        """;

    private const string Prolong = "UPDATE worker_leases SET expires_at = @until WHERE name = @name AND owner = @owner AND token = @token";

    private const string Touch = "UPDATE worker_leases SET token = token WHERE name = @name AND owner = @owner AND token = @token";

    private const string Taken = "SELECT name FROM worker_leases WHERE name >= @from AND name < @to AND expires_at > @now";

    /// <summary>Takes the lease when nobody holds it; null when somebody does. Not re-entrant: the same owner has to wait, too.</summary>
    public Task<Lease?> TryAcquireAsync(string name, string owner, DateTimeOffset now, TimeSpan duration, CancellationToken cancellation = default) =>
        store.WriteAsync(async db =>
        {
            await using var command = await db.CommandAsync(Acquire, cancellation);
            store.Dialect.Add(command, "name", name);
            store.Dialect.Add(command, "owner", owner);
            store.Dialect.Add(command, "until", now + duration);
            store.Dialect.Add(command, "now", now);
            return await command.ExecuteScalarAsync(cancellation) is long token ? new Lease(name, owner, token, now + duration) : null;
        }, cancellation);

    /// <summary>Prolongs it to <paramref name="now"/> + <paramref name="duration"/>; null when it was taken over. One that ran out unnoticed is still renewed.</summary>
    public async Task<Lease?> RenewAsync(Lease lease, DateTimeOffset now, TimeSpan duration, CancellationToken cancellation = default) =>
        await SetExpiryAsync(lease, now + duration, cancellation) ? lease with { ExpiresAt = now + duration } : null;

    /// <summary>Lets it go at once. False when it was not ours any more.</summary>
    public Task<bool> ReleaseAsync(Lease lease, DateTimeOffset now, CancellationToken cancellation = default) => SetExpiryAsync(lease, now, cancellation);

    /// <summary>Inside a transaction: true and locked until its end when the lease is still ours. On false, write nothing.</summary>
    public static async Task<bool> GuardAsync(HarkDbContext db, ISqlDialect dialect, Lease lease, CancellationToken cancellation = default)
    {
        await using var command = await db.CommandAsync(Touch, cancellation);
        Identify(command, dialect, lease);
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>Names that start with <paramref name="prefix"/> and are held now.</summary>
    public async Task<IReadOnlySet<string>> HeldAsync(string prefix, DateTimeOffset now, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        await using var command = await db.CommandAsync(Taken, cancellation);
        store.Dialect.Add(command, "from", prefix);
        store.Dialect.Add(command, "to", prefix[..^1] + (char)(prefix[^1] + 1));
        store.Dialect.Add(command, "now", now);
        var names = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) names.Add(reader.GetString(0));
        return names;
    }

    private Task<bool> SetExpiryAsync(Lease lease, DateTimeOffset until, CancellationToken cancellation) =>
        store.WriteAsync(async db =>
        {
            await using var command = await db.CommandAsync(Prolong, cancellation);
            Identify(command, store.Dialect, lease);
            store.Dialect.Add(command, "until", until);
            return await command.ExecuteNonQueryAsync(cancellation) == 1;
        }, cancellation);

    private static void Identify(System.Data.Common.DbCommand command, ISqlDialect dialect, Lease lease)
    {
        dialect.Add(command, "name", lease.Name);
        dialect.Add(command, "owner", lease.Owner);
        dialect.Add(command, "token", lease.Token);
    }
}
