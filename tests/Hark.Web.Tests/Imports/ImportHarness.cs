using System.Text;
using Hark.Data.Intake;
using Hark.Domain.Signals;
using Hark.Domain.Signals.Mapping;
using Hark.Web.Features.Imports;
using Hark.Web.Features.Imports.Reading;
using Xunit;

namespace Hark.Web.Tests.Imports;

/// <summary>A store in memory that knows signals by their id, as the intake does.</summary>
internal sealed class MemorySink : IImportSink
{
    private readonly Dictionary<string, string> _byId = [];
    private readonly Lock _lock = new();

    public List<SignalDraft> Stored { get; } = [];

    /// <summary>Called before each batch; may throw or cancel.</summary>
    public Action<int>? BeforeBatch { get; set; }

    public int Batches { get; private set; }

    public Task<BatchOutcome> SubmitAsync(IReadOnlyList<SignalRecord> records)
    {
        lock (_lock)
        {
            BeforeBatch?.Invoke(++Batches);
            return Task.FromResult(new BatchOutcome([.. records.Select(Store)], []));
        }
    }

    private IntakeOutcome Store(SignalRecord record)
    {
        var json = SignalDraftWriter.ToJson(record.Draft);
        var status = !_byId.TryGetValue(record.Draft.Id!, out var before) ? IntakeStatus.Created : before == json ? IntakeStatus.Duplicate : IntakeStatus.Updated;
        if (status == IntakeStatus.Created) Stored.Add(record.Draft);
        _byId[record.Draft.Id!] = json;
        return new IntakeOutcome(Guid.Empty, status, null);
    }
}

internal sealed class MemoryCheckpoint : IImportCheckpoint
{
    private readonly Dictionary<string, (ImportCounts Counts, bool Finished)> _runs = [];
    private string _current = "";

    public ImportCounts Last => _runs[_current].Counts;

    public Task<ImportCounts> BeginAsync(string fileName, string fingerprint)
    {
        _current = fingerprint;
        return Task.FromResult(_runs.TryGetValue(fingerprint, out var run) && !run.Finished ? run.Counts : ImportCounts.None);
    }

    public Task SaveAsync(ImportCounts counts, bool finished)
    {
        _runs[_current] = (counts, finished);
        return Task.CompletedTask;
    }
}

internal static class Imports
{
    public static ImportFile File(byte[] content, string folder = "") => new("test", () => new MemoryStream(content), content.Length, folder);

    public static ImportFile File(string content) => File(Encoding.UTF8.GetBytes(content));

    public static SignalMapping Mapping(string json)
    {
        var result = SignalMapping.Parse(json);
        Assert.True(result.Ok, string.Join("; ", result.Error?.Fields?.SelectMany(f => f.Value) ?? []));
        return result.Value;
    }

    public static async Task<ImportSummary> RunAsync(ImportFile file, string mapping, MemorySink? sink = null, IImportCheckpoint? checkpoint = null, string? rejects = null, CancellationToken cancellation = default)
    {
        var result = await new ImportRunner(sink ?? new MemorySink(), checkpoint ?? new MemoryCheckpoint()).RunAsync(new ImportJob(file, Mapping(mapping), rejects), cancellation);
        Assert.True(result.Ok, string.Join("; ", result.Error?.Fields?.SelectMany(f => f.Value) ?? []));
        return result.Value;
    }
}
