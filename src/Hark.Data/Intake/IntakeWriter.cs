using System.Data.Common;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hark.Data.Intake;

/// <summary>
/// The one intake writer of a node. Takes everything that waits, writes it in ONE transaction, answers after the commit, and takes again: while one commit is
/// on its way the next group gathers by itself, so an idle node answers after about one sync of the disk and a busy one writes large groups. No timer.
/// </summary>
/// <remarks>
/// Keeps one connection open, with its statements prepared. A group that fails is tried again when the failure is of the passing kind; else its items are
/// written one by one, so that only the one to blame fails.
/// </remarks>
public sealed class IntakeWriter(HarkStore store, IntakeQueue queue, WorkspaceSnapshots workspaces, IntakeMessages messages, NodeShard shard,
    TimeProvider time, ILogger<IntakeWriter> logger) : BackgroundService
{
    /// <summary>Signals in one transaction: enough to spread a sync over, few enough that the wait for it stays short.</summary>
    private const int GroupSize = 1_000;
    private const int Tries = 6;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);

    private readonly IntakeShared _shared = new(messages);
    private HarkDbContext? _context;
    private Statements? _statements;
    private long _busySince;

    /// <summary>Called after each commit with its signals and outcomes: live pages and the search indexer listen here. Must be quick and not throw.</summary>
    public event Action<IReadOnlyList<PreparedSignal>, IReadOnlyList<IntakeOutcome>>? Committed;

    /// <summary>How long the present group has been in the making; zero between groups. Health looks here.</summary>
    public TimeSpan BusyFor => Interlocked.Read(ref _busySince) is > 0 and var since ? time.GetElapsedTime(since) : TimeSpan.Zero;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What was accepted is written even while the process is stopping: the queue is closed and drained, not dropped.
        using var stop = stoppingToken.Register(queue.Close);
        var group = new List<IntakeItem>();
        try
        {
            while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
            {
                Gather(group);
                Interlocked.Exchange(ref _busySince, time.GetTimestamp());
                await WriteAsync(group);
                Interlocked.Exchange(ref _busySince, 0);
            }
        }
        finally
        {
            await CloseAsync();
        }
    }

    private void Gather(List<IntakeItem> group)
    {
        group.Clear();
        for (var signals = 0; signals < GroupSize && queue.Reader.TryRead(out var item); signals += item.Signals.Count) group.Add(item);
    }

    private async Task WriteAsync(List<IntakeItem> group)
    {
        try
        {
            await WriteTogetherAsync(group);
        }
        catch (Exception e) when (group.Count > 1 && !store.Dialect.IsStorageFull(e) && !store.Dialect.IsTransient(e))
        {
            logger.LogWarning(e, "A group of {Count} could not be written together; writing its items one by one", group.Count);
            foreach (var item in group) await WriteAloneAsync(item);
        }
        catch (Exception e)
        {
            Fail(group, e);
        }
        foreach (var item in group) queue.Done(item);
    }

    private async Task WriteAloneAsync(IntakeItem item)
    {
        try
        {
            await WriteTogetherAsync([item]);
        }
        catch (Exception e)
        {
            Fail([item], e);
        }
    }

    private void Fail(List<IntakeItem> group, Exception e)
    {
        logger.LogError(e, "Intake could not write {Count} item(s)", group.Count);
        foreach (var item in group) item.Fail(e);
    }

    private async Task WriteTogetherAsync(List<IntakeItem> group)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var outcomes = await CommitAsync(group);
                Answer(group, outcomes);
                return;
            }
            catch (Exception e)
            {
                _shared.Numbers.Forget();
                await CloseAsync();
                if (attempt == Tries || !(store.Dialect.IsTransient(e) || store.Dialect.IsUniqueViolation(e))) throw;
                logger.LogInformation(e, "Intake tries a group again");
                await Task.Delay(FirstPause * Math.Pow(2, attempt) * (0.5 + Random.Shared.NextDouble()), TimeProvider.System);
            }
        }
    }

    private async Task<Dictionary<PreparedSignal, IntakeOutcome>> CommitAsync(List<IntakeItem> group)
    {
        var now = time.Now();
        var number = await ShardAsync();
        using var turn = await store.EnterAsync();
        var statements = _statements ??= await OpenAsync();
        await using var transaction = await _context!.Database.BeginTransactionAsync();
        statements.Transaction = transaction.GetDbTransaction();
        var outcomes = new Dictionary<PreparedSignal, IntakeOutcome>(ReferenceEqualityComparer.Instance);
        foreach (var part in group.SelectMany(i => i.Signals).GroupBy(s => s.WorkspaceId))
        {
            var workspace = await workspaces.GetAsync(part.Key);
            foreach (var pass in Passes(part))
            {
                var work = new IntakeWork(workspace, _context, statements, _shared, number, now);
                var answers = await work.ApplyAsync(pass, CancellationToken.None);
                for (var i = 0; i < pass.Count; i++) outcomes[pass[i]] = answers[i];
            }
        }
        await transaction.CommitAsync();
        return outcomes;
    }

    /// <summary>
    /// The shard of aggregate rows that this node writes. Alone on SQLite it needs none; where all numbers are taken, the last one is shared: its rows are then
    /// waited for, and still right.
    /// </summary>
    private async ValueTask<int> ShardAsync() =>
        store.Dialect.SingleWriter ? 0 : shard.Current ?? await shard.HoldAsync() ?? NodeShard.Count - 1;

    /// <summary>A key that comes twice in a group is written in two passes of the same transaction: the second sees what the first stored.</summary>
    internal static IEnumerable<List<PreparedSignal>> Passes(IEnumerable<PreparedSignal> signals)
    {
        var seen = new HashSet<Guid>();
        List<PreparedSignal> pass = [], later = [];
        foreach (var signal in signals) (seen.Add(signal.DedupeKey) ? pass : later).Add(signal);
        return later.Count == 0 ? [pass] : Passes(later).Prepend(pass);
    }

    private void Answer(List<IntakeItem> group, Dictionary<PreparedSignal, IntakeOutcome> outcomes)
    {
        foreach (var item in group) item.Succeed([.. item.Signals.Select(s => outcomes[s])]);
        Committed?.Invoke([.. outcomes.Keys], [.. outcomes.Values]);
    }

    private async Task<Statements> OpenAsync()
    {
        _context = store.Read();
        await _context.Database.OpenConnectionAsync();
        return new Statements(_context.Database.GetDbConnection(), store.Dialect);
    }

    private async Task CloseAsync()
    {
        _statements?.Dispose();
        _statements = null;
        if (_context is null) return;
        try
        {
            await _context.DisposeAsync();
        }
        catch (DbException e)
        {
            logger.LogDebug(e, "A broken connection was thrown away");
        }
        _context = null;
    }
}
