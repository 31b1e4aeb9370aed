using Hark.Data.Intake;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Signals.Mapping;
using Hark.Web.Features.Imports.Reading;

namespace Hark.Web.Features.Imports;

/// <param name="RejectsPath">Null: rejects are only counted and the first of them told.</param>
/// <param name="Progress">Told of the bytes read and the records done, after each batch.</param>
public sealed record ImportJob(ImportFile File, SignalMapping Mapping, string? RejectsPath, Action<long, ImportCounts>? Progress = null);

/// <summary>
/// Reads a file, maps its records and hands them to the intake in batches, several on their way at once. Memory does not depend on the length of the file. Batches are settled in the order
/// of the file, so that what is done is always a beginning of it, at which an interrupted import goes on.
/// </summary>
public sealed class ImportRunner(IImportSink sink, IImportCheckpoint checkpoint)
{
    private const int OnTheirWay = 4, FirstRejects = 100, Samples = 5;

    /// <summary>How many records an interrupted import may have to look at again.</summary>
    private const int RecordsPerCheckpoint = 10_000;

    private readonly Queue<(ImportBatch Batch, Task<BatchOutcome> Answer)> _waiting = new();
    private readonly List<Reject> _rejects = [];
    private readonly List<SignalDraft> _samples = [];
    private ImportCounts _counts = ImportCounts.None;
    private long _saved, _bytes;
    private RejectsFile? _file;

    /// <summary>Runs the import to its end or until it is cancelled; what is on its way is then still settled. An error is one of the mapping, and nothing was stored.</summary>
    public async Task<Result<ImportSummary>> RunAsync(ImportJob job, CancellationToken cancellation)
    {
        if (RecordReaders.Examine(job.File, job.Mapping).Format == FileFormat.Csv && job.Mapping.Shape == RecordShape.Signal)
            return Error.Invalid("/shape", "rows of a CSV file are not signals; they need \"fields\"");
        var joins = RecordReaders.ReadJoins(job.File, job.Mapping);
        if (joins.Error is { } wrong) return wrong;
        using var reader = RecordReaders.Open(job.File, job.Mapping, bytes => _bytes += bytes);
        var mapper = SignalMapper.Bind(job.Mapping, reader.Columns, joins.Value);
        if (mapper.Error is { } unfit) return unfit;
        var kept = Latest(job);
        _counts = await checkpoint.BeginAsync(job.File.Name, job.File.Fingerprint(job.Mapping));
        var resumedAt = _saved = _counts.Read;
        using var file = _file = job.RejectsPath is { } path ? new RejectsFile(path) : null;
        file?.GoOnAfter(resumedAt);
        var source = new RecordMapping(job.Mapping, mapper.Value, kept);
        Reject? broken = null;
        try
        {
            broken = await ReadAsync(job, reader, source, resumedAt, cancellation);
        }
        finally
        {
            await SettleAllAsync(job);
            file?.Flush();
            await checkpoint.SaveAsync(_counts, finished: !cancellation.IsCancellationRequested && broken is null);
        }
        return new ImportSummary(_counts, resumedAt, _rejects, broken, cancellation.IsCancellationRequested, file?.Path, _samples, !source.HasId);
    }

    private static LatestRecords? Latest(ImportJob job)
    {
        if (job.Mapping.Keep is not { } rule) return null;
        using var reader = RecordReaders.Open(job.File, job.Mapping);
        return LatestRecords.Find(reader, rule);
    }

    private async Task<Reject?> ReadAsync(ImportJob job, RecordReader reader, RecordMapping source, long resumedAt, CancellationToken cancellation)
    {
        var batch = new ImportBatch();
        Reject? broken = null;
        try
        {
            while (!cancellation.IsCancellationRequested && reader.Read())
            {
                if (reader.Number <= resumedAt) continue;
                source.Add(reader, batch);
                if (!batch.IsFull) continue;
                await SendAsync(job, batch);
                batch = new ImportBatch();
            }
        }
        catch (BrokenFileException e)
        {
            broken = new Reject(e.Line, reader.Number + 1, e.Reason);
        }
        // What was read and not sent when the import is cancelled is read again when it goes on.
        if (batch.Count > 0 && !cancellation.IsCancellationRequested) await SendAsync(job, batch);
        return broken;
    }

    private async Task SendAsync(ImportJob job, ImportBatch batch)
    {
        foreach (var signal in batch.Signals.Take(Samples - _samples.Count)) _samples.Add(signal.Draft);
        _waiting.Enqueue((batch, batch.Signals.Count == 0 ? Task.FromResult(new BatchOutcome([], [])) : sink.SubmitAsync(batch.Signals)));
        while (_waiting.Count >= OnTheirWay) await SettleAsync(job);
    }

    private async Task SettleAllAsync(ImportJob job)
    {
        while (_waiting.Count > 0) await SettleAsync(job);
    }

    private async Task SettleAsync(ImportJob job)
    {
        var (batch, answer) = _waiting.Dequeue();
        BatchOutcome outcome;
        try
        {
            outcome = await answer;
        }
        catch
        {
            // What lies behind a batch that failed may be stored, but is not done: it comes again as duplicates.
            await Task.WhenAll(_waiting.Select(w => w.Answer)).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            _waiting.Clear();
            throw;
        }
        _counts += batch.Settle(outcome, Rejected);
        job.Progress?.Invoke(_bytes, _counts);
        if (_counts.Read - _saved < RecordsPerCheckpoint) return;
        _file?.Flush();
        await checkpoint.SaveAsync(_counts, finished: false);
        _saved = _counts.Read;
    }

    private void Rejected(Reject reject, ReadOnlySpan<byte> raw)
    {
        if (_rejects.Count < FirstRejects) _rejects.Add(reject);
        _file?.Write(reject, raw);
    }
}

/// <summary>From a record as read to its place in a batch.</summary>
internal sealed class RecordMapping(SignalMapping mapping, SignalMapper mapper, LatestRecords? kept)
{
    /// <summary>False when a record had to be given an id made from its content and place.</summary>
    public bool HasId { get; private set; } = true;

    public void Add(RecordReader reader, ImportBatch batch)
    {
        if (reader.Defect is { } defect) batch.Reject(reader.Line, reader.Number, reader.Raw, defect);
        else if (mapping.Shape == RecordShape.Mapped && (kept?.Has(reader.Number) == false || mapper.Skips(reader))) batch.Skip();
        else Map(reader, batch);
    }

    private void Map(RecordReader reader, ImportBatch batch)
    {
        InputErrors? errors;
        SignalDraft draft;
        if (mapping.Shape == RecordShape.Signal)
        {
            var record = SignalBatchReader.ReadOne(reader.Raw, 0, (int)Math.Min(reader.Line, int.MaxValue));
            (draft, errors) = (record.Draft, record.Errors);
        }
        else draft = mapper.Map(reader, out errors);
        if (draft.Id is null && errors is not { Any: true })
        {
            HasId = false;
            draft = draft with { Id = ImportBatch.MakeId(reader.Raw, reader.Number) };
        }
        batch.Add(reader.Line, reader.Number, reader.Raw, draft, errors);
    }
}
