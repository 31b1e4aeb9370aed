using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Hark.Data.Store;

/// <summary>
/// The one way to the database. Reads take a context of their own; every write goes through <see cref="WriteAsync{T}"/>, so that on SQLite the writers of
/// a process queue here, and on PostgreSQL a deadlock or a lost connection is tried again from the start.
/// </summary>
/// <remarks>
/// Lock order: the gate first, then rows. Nothing may take the gate while it holds it (it would wait for itself), so a write never calls a write.
/// </remarks>
public sealed class HarkStore(IDbContextFactory<HarkDbContext> contexts, ISqlDialect dialect) : IDisposable
{
    private const int Tries = 5;
    private readonly SemaphoreSlim _gate = new(1, 1);

    public ISqlDialect Dialect => dialect;

    /// <summary>A context for reading; the caller disposes it.</summary>
    public HarkDbContext Read()
    {
        var db = contexts.CreateDbContext();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return db;
    }

    /// <summary>Runs <paramref name="work"/> in one transaction and commits it. It may run again from the start: it must not have effects outside.</summary>
    public async Task<T> WriteAsync<T>(Func<HarkDbContext, Task<T>> work, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var turn = await EnterAsync(cancellation);
            try
            {
                await using var db = contexts.CreateDbContext();
                if (db.Database.CurrentTransaction is not null) return await work(db); // joined: whoever began the transaction commits it
                await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
                var result = await work(db);
                await transaction.CommitAsync(cancellation);
                return result;
            }
            catch (Exception e) when (attempt < Tries && dialect.IsTransient(e))
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<HarkDbContext, Task> work, CancellationToken cancellation = default) =>
        WriteAsync(async db => { await work(db); return true; }, cancellation);

    /// <summary>The turn to write: on SQLite one at a time in this process, on PostgreSQL free. Held until disposed.</summary>
    public async ValueTask<IDisposable?> EnterAsync(CancellationToken cancellation = default)
    {
        if (!dialect.SingleWriter) return null;
        await _gate.WaitAsync(cancellation);
        return new Turn(_gate);
    }

    /// <summary>
    /// Brings the schema up to this version. Several nodes may do this at once: one upgrades while the others wait and then find nothing to do. (EF's own lock is
    /// given back after each migration, so that the second node would repeat the last one.)
    /// </summary>
    /// <remarks>Not through the gate: on SQLite the migrator takes its own transactions and locks.</remarks>
    /// <exception cref="DbException">The store cannot be reached or refuses.</exception>
    public async Task MigrateAsync(CancellationToken cancellation = default)
    {
        await using var db = Read();
        if (dialect.LockMigrations is { Length: > 0 } lockSql && await db.Database.CanConnectAsync(cancellation))
        {
            await using var holder = Read();
            await using var transaction = await holder.Database.BeginTransactionAsync(cancellation);
            await holder.Database.ExecuteSqlRawAsync(lockSql, cancellation);
            await db.Database.MigrateAsync(cancellation);
        }
        else
        {
            await db.Database.MigrateAsync(cancellation);
        }
    }

    public void Dispose() => _gate.Dispose();

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}

/// <summary>Hand-written SQL on a context's own connection and transaction.</summary>
public static class RawSql
{
    /// <summary>A command on the context's connection, inside its transaction if there is one. The connection is opened if need be.</summary>
    public static async Task<DbCommand> CommandAsync(this HarkDbContext db, string sql, CancellationToken cancellation = default)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }
}
