using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Cases;

/// <summary>A case after a change, with what was sent to the customer because of it.</summary>
/// <param name="Undo">The way back; null when nothing changed.</param>
public sealed record CaseOutcomeOf(Case Case, bool Sent, CaseUndo? Undo = null);

/// <summary>
/// The one way a person changes a case: checks that they may see it and that they saw its present version, runs a use case, and writes everything it causes
/// in one transaction.
/// </summary>
public sealed class CaseWriter(HarkStore store, WorkspaceSnapshots snapshots, OutboxQueue outbox, CaseMessages mail, TimeProvider time)
{
    /// <summary>A freed join key may be taken between our look and our commit; the second look finds it taken.</summary>
    private const int Tries = 3;

    /// <summary>Called after each commit with the workspace: live pages listen here. Must be quick and not throw.</summary>
    public event Action<Guid>? Changed;

    /// <summary>Changes one case.</summary>
    /// <returns>The changed case; <c>not_found</c> when it is not there or not theirs; <c>version_conflict</c>; or the error of the use case, which changes nothing.</returns>
    public Task<Result<CaseOutcomeOf>> ChangeAsync(CaseCommand command, Func<CaseFile, Task<Error?>> work, CancellationToken cancellation) =>
        ChangeAsync(command, (_, _) => Task.FromResult<IReadOnlyCollection<Guid>>([]), (file, _) => work(file), cancellation);

    /// <summary>Changes a case and others with it.</summary>
    /// <param name="others">Finds the other cases, inside the transaction. Those that the actor may not see are missing from the files.</param>
    public async Task<Result<CaseOutcomeOf>> ChangeAsync(CaseCommand command, Func<HarkDbContext, CancellationToken, Task<IReadOnlyCollection<Guid>>> others,
        Func<CaseFile, IReadOnlyDictionary<Guid, CaseFile>, Task<Error?>> work, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var result = await store.WriteAsync(db => RunAsync(db, command, others, work, cancellation), cancellation);
                outbox.Wake.Notify();
                Changed?.Invoke(command.WorkspaceId);
                return result;
            }
            catch (RefusedException refused)
            {
                return refused.Error;
            }
            catch (DbUpdateException e) when (attempt < Tries && store.Dialect.IsUniqueViolation(e))
            {
            }
        }
    }

    private async Task<CaseOutcomeOf> RunAsync(HarkDbContext db, CaseCommand command, Func<HarkDbContext, CancellationToken, Task<IReadOnlyCollection<Guid>>> others,
        Func<CaseFile, IReadOnlyDictionary<Guid, CaseFile>, Task<Error?>> work, CancellationToken cancellation)
    {
        var workspace = await snapshots.GetAsync(command.WorkspaceId, cancellation);
        IReadOnlyCollection<Guid> ids = [command.CaseId, .. await others(db, cancellation)];
        var files = await CaseFile.OpenAsync(db, store.Dialect, mail, workspace, ids, time.Now(), cancellation);
        var visible = files.Where(f => command.Scope.Sees(f.Value.Case)).ToDictionary();
        if (!visible.TryGetValue(command.CaseId, out var file)) throw new RefusedException(Error.NotFound("case"));
        if (command.IfMatch is { } seen && seen != file.Case.Version) throw new RefusedException(Stale(file.Case));
        var before = CaseUndo.Before(file);
        if (await work(file, visible) is { } error) throw new RefusedException(error);
        await db.SaveChangesAsync(cancellation);
        var messages = files.Values.SelectMany(f => f.Messages).ToList();
        foreach (var message in messages) message.AvailableAt += command.Hold;
        await outbox.EnqueueAsync(db, messages, cancellation);
        return new CaseOutcomeOf(file.Case, messages.Exists(m => m.Kind == OutboxKind.Email && m.ContactId is not null),
            file.What is { } what ? before.After(file.Case, what, messages) : null);
    }

    private static Error Stale(Case c) => new(ErrorKind.Conflict, ErrorCodes.VersionConflict,
        $"The case is at version {c.Version} now; read it again and decide anew.");

    /// <summary>Rolls the transaction back; never leaves this class.</summary>
    private sealed class RefusedException(Error error) : Exception(error.Detail)
    {
        public Error Error { get; } = error;
    }
}
