using Hark.Data.Work;
using Hark.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Cases;

/// <summary>
/// Takes a change back while nobody has gone on with the case and nothing of it has left: the case, its clocks and its question stand as before, the messages are
/// called back, and the timeline keeps both the change and its end.
/// </summary>
public sealed class UndoChange(CaseWriter cases, OutboxQueue outbox)
{
    /// <summary>How long messages of a change that can be taken back are held. Long enough to see a slip, short enough that no customer waits for it.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <returns>A version conflict when the case was changed since; a conflict when a message has left.</returns>
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, CaseUndo undo, CancellationToken cancellation = default) =>
        cases.ChangeAsync(command with { CaseId = undo.CaseId, IfMatch = undo.Version }, async file =>
        {
            var c = file.Case;
            if (!await outbox.WithdrawAsync(file.Db, c.WorkspaceId, undo.Messages, "Taken back.", cancellation))
                return new Error(ErrorKind.Conflict, ErrorCodes.Conflict, "The message has left; it cannot be called back any more.");
            await file.Db.Verifications.Where(v => v.WorkspaceId == c.WorkspaceId && v.CaseId == c.CaseId && v.AskedAt == undo.At).ExecuteDeleteAsync(cancellation);
            file.RestoreClocks(undo.Clocks);
            var key = await file.FreeAsync(undo.Case.JoinKey, cancellation);
            return await file.ApplyAsync(c.Undo(undo.Case, undo.What, key, command.Actor, file.Now), cancellation);
        }, cancellation);
}
