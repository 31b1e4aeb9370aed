using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Data.Intake;

/// <summary>One record of a batch that was not stored.</summary>
public sealed record RejectedSignal(int Index, string? Id, InputErrors Errors);

/// <summary>What became of a batch, after everything stored in it is durable.</summary>
/// <param name="Outcomes">By record; null for those rejected.</param>
public sealed record BatchOutcome(IReadOnlyList<IntakeOutcome?> Outcomes, IReadOnlyList<RejectedSignal> Rejected)
{
    public int Count(IntakeStatus status) => Outcomes.Count(o => o?.Status == status);
}

/// <summary>
/// The one intake: every channel's adapter ends here. Prepares drafts on the caller's thread, queues them and answers when they are durable.
/// </summary>
public sealed class IntakeService(IntakeQueue queue, SignalPreparer preparer, TimeProvider time, HarkStore store)
{
    /// <summary>Seconds after which a full queue has surely moved.</summary>
    public const int RetryAfterSeconds = 1;

    private static readonly Error Overloaded = new(ErrorKind.Limited, ErrorCodes.Overloaded, "More signals are waiting than can be stored soon; send again after Retry-After.");

    /// <summary>One signal. The answer comes after the commit; a full queue answers at once with <c>overloaded</c>.</summary>
    public async Task<Result<IntakeOutcome>> SubmitAsync(WorkspaceSnapshot workspace, Source source, SignalDraft draft, string? idempotencyKey = null)
    {
        var errors = new InputErrors();
        if (preparer.Prepare(draft, Origin(workspace, source, idempotencyKey), time.Now(), errors) is not { } prepared) return Error.Invalid(errors);
        var stored = await StoreAsync([prepared]);
        return stored.Error is { } error ? error : stored.Value[0];
    }

    /// <summary>Many records: those that are wrong are told by index, the others are stored. All or none when the queue is full.</summary>
    /// <param name="records">With the errors that reading them gave.</param>
    /// <param name="isHistory">True for imports: records may lie further back than a live feed's.</param>
    public async Task<Result<BatchOutcome>> SubmitBatchAsync(WorkspaceSnapshot workspace, Source source, IReadOnlyList<SignalRecord> records, bool isHistory = false)
    {
        var origin = Origin(workspace, source, null) with { IsHistory = isHistory };
        var now = time.Now();
        var (prepared, indexes, rejected) = (new List<PreparedSignal>(records.Count), new List<int>(records.Count), new List<RejectedSignal>());
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            if (!record.Errors.Any && preparer.Prepare(record.Draft, origin, now, record.Errors) is { } signal)
            {
                prepared.Add(signal);
                indexes.Add(i);
            }
            else
            {
                rejected.Add(new RejectedSignal(record.Index, record.Draft.Id, record.Errors));
            }
        }
        var outcomes = new IntakeOutcome?[records.Count];
        if (prepared.Count == 0) return new BatchOutcome(outcomes, rejected);
        var stored = await StoreAsync(prepared);
        if (stored.Error is { } error) return error;
        for (var i = 0; i < indexes.Count; i++) outcomes[indexes[i]] = stored.Value[i];
        return new BatchOutcome(outcomes, rejected);
    }

    private async Task<Result<IntakeOutcome[]>> StoreAsync(IReadOnlyList<PreparedSignal> signals)
    {
        if (queue.TryEnqueue(signals) is not { } item) return Overloaded;
        try
        {
            return await item.Answer;
        }
        catch (Exception e) when (store.Dialect.IsStorageFull(e))
        {
            return new Error(ErrorKind.Unavailable, ErrorCodes.StorageFull, "The store's disk is full; nothing of this was stored. Free space, then send again.");
        }
        catch (Exception e) when (store.Dialect.IsTransient(e))
        {
            return new Error(ErrorKind.Unavailable, ErrorCodes.Unavailable, "The store cannot be reached just now; send again.");
        }
    }

    private static SignalOrigin Origin(WorkspaceSnapshot workspace, Source source, string? idempotencyKey) => new(
        workspace.WorkspaceId, source.SourceId, source.Name, source.Channel, source.Kind, source.Touchpoint, workspace.Workspace.DefaultRegion, idempotencyKey)
    {
        Mask = WorkspacePolicies.Of(workspace).Understanding.Mask ?? [],
    };
}
