using System.Globalization;
using Hark.Data.Intake;
using Hark.Data.Messages;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Hark.Data.Cases;

/// <summary>What a person decides who opens a case where no rule did.</summary>
/// <param name="TeamId">Null: the team that owns the source, else the first one.</param>
public sealed record CaseByHand(Severity Severity, Guid? TeamId, string? Title);

/// <summary>
/// Opens a case about a signal by hand: with its clocks, a line of its timeline, a step of the signal's trail, the audit entry and the webhooks of an opening, in one transaction.
/// </summary>
public sealed class OpenCaseByHand(HarkStore store, MessageComposer composer, OutboxQueue outbox, TimeProvider time)
{
    public const int LongestTitle = 200;

    /// <returns>
    /// The case; <c>not_found</c> also where the signal may not be seen; <c>conflict</c> where it has a case, or the same person has an open one about the same subject: the detail
    /// then names its number.
    /// </returns>
    public async Task<Result<Case>> RunAsync(WorkspaceSnapshot workspace, Guid signalId, WordScope? scope, CaseByHand wish, Actor actor, CancellationToken cancellation = default)
    {
        for (var again = false; ; again = true)
        {
            try
            {
                var opened = await store.WriteAsync(db => ApplyAsync(db, workspace, signalId, scope, wish, actor, cancellation), cancellation);
                outbox.Wake.Notify();
                return opened;
            }
            catch (RefusedException refused)
            {
                return refused.Error;
            }
            catch (DbUpdateException e) when (!again && store.Dialect.IsUniqueViolation(e))
            {
                // Somebody opened one between our look and our commit: the second look finds it.
            }
        }
    }

    private async Task<Case> ApplyAsync(HarkDbContext db, WorkspaceSnapshot workspace, Guid signalId, WordScope? scope, CaseByHand wish, Actor actor, CancellationToken cancellation)
    {
        var now = time.Now();
        if (wish.Title is { Length: > LongestTitle }) throw new RefusedException(Error.Invalid("/title", $"takes up to {LongestTitle} characters"));
        if (wish.TeamId is { } named && !workspace.TeamById.ContainsKey(named)) throw new RefusedException(Error.NotFound("team"));
        var signal = await LockedSignals.FindAsync(db, store.Dialect, workspace.WorkspaceId, signalId, scope, cancellation) ?? throw new RefusedException(Error.NotFound("signal"));
        var key = CaseBook.JoinKey(await PersonAsync(db, signal, cancellation), signal);
        if (await ExistingAsync(db, signal, key, cancellation) is { } number) throw new RefusedException(Exists(number));
        var opened = Case.Open(Opening(workspace, signal, wish, key, await NumberAsync(db, workspace.WorkspaceId, cancellation), now));
        var clocks = CaseClocks.Start(WorkspacePolicies.Of(workspace), opened, SignalJson.Strings(signal.Segments), null, now);
        var (due, breached) = CaseClocks.RollUp(clocks, opened.Round);
        opened.FollowClocks(due, breached);
        db.Cases.Add(opened);
        db.CaseClocks.AddRange(clocks);
        db.CaseSignals.Add(new CaseSignal { WorkspaceId = workspace.WorkspaceId, CaseId = opened.CaseId, SignalId = signalId, JoinedAt = now });
        db.CaseEvents.Add(CaseEvents.ToRow(opened, new CaseFact(CaseEventKind.Opened, actor, now, Detail: new() { SignalId = signalId }), 0));
        db.Audit(workspace.WorkspaceId, actor, now, "case.opened", "case", opened.CaseId.ToString(), new { signal_id = signalId });
        var trail = SignalJson.Write([.. SignalJson.Trail(signal.Trail), new TrailEntry(SignalCorrection.TrailPrefix + actor.Id,
            now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), $"opens a {EnumNames<Severity>.Of(wish.Severity)} case")]);
        await db.Signals.Where(s => s.WorkspaceId == workspace.WorkspaceId && s.SignalId == signalId)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.CaseId, opened.CaseId).SetProperty(x => x.Trail, trail), cancellation);
        await db.SaveChangesAsync(cancellation);
        await outbox.EnqueueAsync(db, composer.Events(workspace, MessageTopics.CaseOpened, opened, now), cancellation);
        return opened;
    }

    private static Case.Opening Opening(WorkspaceSnapshot workspace, Signal signal, CaseByHand wish, Guid? key, long number, DateTimeOffset now) => new()
    {
        WorkspaceId = workspace.WorkspaceId,
        CaseId = Guid.CreateVersion7(now),
        Number = number,
        Severity = wish.Severity,
        OpenedAt = now,
        FirstSignalId = signal.SignalId,
        SignalAt = signal.OccurredAt,
        SourceId = signal.SourceId,
        Channel = signal.Channel,
        Title = string.IsNullOrWhiteSpace(wish.Title) ? null : wish.Title.Trim(),
        JoinKey = key,
        ContactId = signal.ContactId,
        AccountId = signal.AccountId,
        Touchpoint = signal.Touchpoint,
        Location = signal.Location,
        Sku = signal.Sku,
        Language = signal.Language,
        Cohort = signal.Cohort,
        TeamId = wish.TeamId ?? workspace.SourceById.GetValueOrDefault(signal.SourceId)?.OwnerTeamId ?? (workspace.Teams.Count > 0 ? workspace.Teams[0].TeamId : null),
    };

    private static Task<Guid?> PersonAsync(HarkDbContext db, Signal signal, CancellationToken cancellation) =>
        db.Contacts.Where(c => c.WorkspaceId == signal.WorkspaceId && c.ContactId == signal.ContactId).Select(c => (Guid?)c.CanonicalId).SingleOrDefaultAsync(cancellation);

    /// <summary>The case that there is already.</summary>
    private static async Task<long?> ExistingAsync(HarkDbContext db, Signal signal, Guid? key, CancellationToken cancellation)
    {
        if (signal.CaseId is { } known) return await db.Cases.Where(c => c.WorkspaceId == signal.WorkspaceId && c.CaseId == known).Select(c => (long?)c.Number).SingleOrDefaultAsync(cancellation);
        return key is null ? null : await db.Cases.Where(c => c.WorkspaceId == signal.WorkspaceId && c.JoinKey == key).Select(c => (long?)c.Number).SingleOrDefaultAsync(cancellation);
    }

    private async Task<long> NumberAsync(HarkDbContext db, Guid workspaceId, CancellationToken cancellation)
    {
        using var statements = new Statements(db.Database.GetDbConnection(), store.Dialect) { Transaction = db.Database.CurrentTransaction?.GetDbTransaction() };
        return await CaseNumbers.TakeAsync(statements, workspaceId, 1, cancellation);
    }

    private static Error Exists(long number) => new(ErrorKind.Conflict, ErrorCodes.Conflict,
        string.Create(CultureInfo.InvariantCulture, $"There is case {number} about this already; work on that one."));

    /// <summary>Rolls the transaction back; never leaves this class.</summary>
    private sealed class RefusedException(Error error) : Exception(error.Detail)
    {
        public Error Error { get; } = error;
    }
}
