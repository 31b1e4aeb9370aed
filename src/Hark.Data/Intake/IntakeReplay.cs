using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Hark.Data.Intake;

/// <summary>
/// Writes a history as if it had been lived through: the same code as ever (identities, routing, cases, clocks, aggregates, messages), with a clock that the
/// caller moves, in one transaction on one connection. Nothing of it exists before <see cref="CommitAsync"/>.
/// </summary>
/// <remarks>
/// For sample companies and tests of a store that nobody else works with: on SQLite it holds the store's turn to write until it is disposed. Everything the
/// caller does with <see cref="Store"/> and <see cref="Time"/>, such as a case's work through its use cases, belongs to the same transaction.
/// Not for two threads at once.
/// </remarks>
public sealed class IntakeReplay : IAsyncDisposable
{
    private readonly IDisposable? _turn;
    private readonly HarkDbContext _db;
    private readonly IDbContextTransaction _transaction;
    private readonly Statements _statements;
    private readonly IntakeShared _shared;

    private IntakeReplay(IDisposable? turn, HarkDbContext db, IDbContextTransaction transaction, ISqlDialect dialect, IntakeMessages messages, ReplayTime time)
    {
        (_turn, _db, _transaction, _shared, Time) = (turn, db, transaction, new IntakeShared(messages), time);
        var raw = transaction.GetDbTransaction();
        _statements = new Statements(raw.Connection!, dialect) { Transaction = raw };
        Store = new HarkStore(new JoinedContexts((DbContextOptions<HarkDbContext>)db.GetService<IDbContextOptions>(), raw), dialect);
    }

    /// <summary>The store inside the transaction.</summary>
    public HarkStore Store { get; }

    /// <summary>Stands still where the replay has come to.</summary>
    public ReplayTime Time { get; }

    /// <summary>Begins at a time of the past.</summary>
    public static async Task<IntakeReplay> BeginAsync(HarkStore store, IntakeMessages messages, DateTimeOffset start, CancellationToken cancellation = default)
    {
        var turn = await store.EnterAsync(cancellation);
        var db = store.Read();
        try
        {
            var transaction = await db.Database.BeginTransactionAsync(cancellation);
            return new IntakeReplay(turn, db, transaction, store.Dialect, messages, new ReplayTime(start));
        }
        catch
        {
            await db.DisposeAsync();
            turn?.Dispose();
            throw;
        }
    }

    /// <summary>Takes signals of one workspace in at the present of <see cref="Time"/>. Answers in their order.</summary>
    public async Task<IReadOnlyList<IntakeOutcome>> TakeAsync(WorkspaceSnapshot workspace, IReadOnlyList<PreparedSignal> signals, CancellationToken cancellation = default)
    {
        var outcomes = new Dictionary<PreparedSignal, IntakeOutcome>(ReferenceEqualityComparer.Instance);
        foreach (var pass in IntakeWriter.Passes(signals))
        {
            var work = new IntakeWork(workspace, _db, _statements, _shared, shard: 0, Time.GetUtcNow());
            var answers = await work.ApplyAsync(pass, cancellation);
            for (var i = 0; i < pass.Count; i++) outcomes[pass[i]] = answers[i];
        }
        return [.. signals.Select(s => outcomes[s])];
    }

    /// <summary>Makes all of it durable at once. Nothing can be written afterwards.</summary>
    public Task CommitAsync(CancellationToken cancellation = default) => _transaction.CommitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        _statements.Dispose();
        await _transaction.DisposeAsync();
        await _db.DisposeAsync();
        _turn?.Dispose();
    }
}

/// <summary>A clock that stands still until it is moved forward.</summary>
public sealed class ReplayTime(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>Moves on; a time that is past already changes nothing, because history does not run backwards.</summary>
    public void MoveTo(DateTimeOffset now) => _now = now > _now ? now : _now;
}
