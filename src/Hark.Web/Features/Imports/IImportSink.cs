using Hark.Data.Intake;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Web.Features.Imports;

/// <summary>Where mapped records go. Answers when everything of the batch that is stored is durable; waits while the intake is full.</summary>
public interface IImportSink
{
    /// <param name="records">None of them with errors of its own.</param>
    Task<BatchOutcome> SubmitAsync(IReadOnlyList<SignalRecord> records);
}

/// <summary>The intake of a source.</summary>
public sealed class IntakeSink(IntakeService intake, WorkspaceSnapshot workspace, Source source, TimeProvider time) : IImportSink
{
    /// <summary>About what the writer needs for one group, so that the queue is looked at again when there is room.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>A store that cannot be reached is tried this often, a second apart, before the import gives up (and can go on later).</summary>
    private const int Tries = 30;

    public async Task<BatchOutcome> SubmitAsync(IReadOnlyList<SignalRecord> records)
    {
        for (var failures = 0; ;)
        {
            var result = await intake.SubmitBatchAsync(workspace, source, records, isHistory: true);
            if (result.Ok) return result.Value;
            var full = result.Error!.Code == ErrorCodes.Overloaded;
            if (!full && (result.Error.Code != ErrorCodes.Unavailable || ++failures == Tries)) throw new ImportFailedException(result.Error.Detail);
            await Task.Delay(full ? Pause : TimeSpan.FromSeconds(1), time);
        }
    }
}

/// <summary>Checks records as the intake would and stores nothing. Every record that is right counts as new.</summary>
public sealed class DryRunSink(SignalPreparer preparer, SignalOrigin origin, TimeProvider time) : IImportSink
{
    public Task<BatchOutcome> SubmitAsync(IReadOnlyList<SignalRecord> records)
    {
        var (outcomes, rejected) = (new IntakeOutcome?[records.Count], new List<RejectedSignal>());
        for (var i = 0; i < records.Count; i++)
        {
            if (preparer.Prepare(records[i].Draft, origin, time.Now(), records[i].Errors) is { } signal) outcomes[i] = new IntakeOutcome(signal.SignalId, IntakeStatus.Created, null);
            else rejected.Add(new RejectedSignal(records[i].Index, records[i].Draft.Id, records[i].Errors));
        }
        return Task.FromResult(new BatchOutcome(outcomes, rejected));
    }
}

/// <summary>The store refused; what was stored before stands and the import can go on later.</summary>
public sealed class ImportFailedException(string message) : Exception(message);
