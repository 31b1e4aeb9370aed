using System.Collections.Concurrent;
using Hark.Data.Intake;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Signals.Mapping;
using Hark.Web.Features.Imports.Reading;

namespace Hark.Web.Features.Imports;

/// <summary>What a file that was sent waits for.</summary>
public enum ImportStage { Mapping, Running, Done, Failed }

/// <summary>A file that somebody imports by the interface: kept in a folder of its own on the node that took it, for a day.</summary>
public sealed class ImportWork(Guid id, Guid workspaceId, Guid sourceId, ImportFile file, SignalMapping mapping, DateTimeOffset addedAt)
{
    public Guid Id => id;
    public Guid WorkspaceId => workspaceId;
    public Guid SourceId => sourceId;
    public ImportFile File => file;
    public DateTimeOffset AddedAt => addedAt;
    public SignalMapping Mapping { get; set; } = mapping;
    public ImportStage Stage { get; internal set; }

    /// <summary>Whether the last run only looked.</summary>
    public bool WasDry { get; internal set; }

    /// <summary>Share of the file that the run has read, 0 to 1.</summary>
    public double Read { get; internal set; }
    public ImportCounts Counts { get; internal set; } = ImportCounts.None;

    /// <summary>Of the last run that came to its end.</summary>
    public ImportSummary? Summary { get; internal set; }

    /// <summary>Why the last run failed.</summary>
    public string? Problem { get; internal set; }

    /// <summary>Ends with the run that was begun last.</summary>
    public Task Ended { get; internal set; } = Task.CompletedTask;

    internal string RejectsPath => Path.Combine(file.Folder, "rejects.ndjson");
}

/// <summary>Takes files in, and runs imports of them behind the pages. A node that ends stops its imports; the same file sent again goes on where it stopped.</summary>
public sealed class ImportDesk(IntakeService intake, SignalPreparer preparer, HarkStore store, TimeProvider time, ILogger<ImportDesk> log) : IDisposable
{
    /// <summary>Larger files are for the command, which reads them where they lie.</summary>
    public const long Largest = 100 * 1024 * 1024;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private readonly ConcurrentDictionary<Guid, ImportWork> _works = [];
    private readonly CancellationTokenSource _ends = new();

    /// <summary>Takes a file and guesses its mapping.</summary>
    /// <returns>The work; invalid where it is too large or cannot be read.</returns>
    public async Task<Result<ImportWork>> AddAsync(WorkspaceSnapshot workspace, Source source, string name, Stream content, CancellationToken cancellation)
    {
        Forget(w => time.Now() - w.AddedAt > Kept && w.Stage != ImportStage.Running);
        var folder = Directory.CreateTempSubdirectory("hark-import-").FullName;
        try
        {
            var path = Path.Combine(folder, "file");
            await using (var file = File.Create(path)) await content.CopyToAsync(file, cancellation);
            if (new FileInfo(path).Length > Largest) throw new InvalidDataException($"must have at most {Largest / (1024 * 1024)} MB");
            var sent = ImportFile.FromPath(path) with { Name = Path.GetFileName(name) };
            var work = new ImportWork(time.NewId(), workspace.WorkspaceId, source.SourceId, sent, MappingFinder.Guess(sent), time.Now());
            return _works[work.Id] = work;
        }
        catch (Exception e) when (e is BrokenFileException or InvalidDataException)
        {
            Directory.Delete(folder, recursive: true);
            return Error.Invalid("/file", e.Message);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>A file of the workspace that this node has; null where it is gone, or another node has it.</summary>
    public ImportWork? Find(Guid workspaceId, Guid id) => _works.TryGetValue(id, out var work) && work.WorkspaceId == workspaceId ? work : null;

    /// <summary>Takes a mapping that was edited. Files of this server cannot be joined: whoever sends a mapping must not be able to read them.</summary>
    public static Error? Map(ImportWork work, string json)
    {
        var mapping = SignalMapping.Parse(json);
        if (mapping.Error is { } error) return error;
        if (mapping.Value.Joins.Count > 0) return Error.Invalid("/joins", "files can be joined by the command alone");
        work.Mapping = mapping.Value;
        return null;
    }

    /// <summary>Begins to read the file; goes on behind the pages. Does nothing while it runs already.</summary>
    /// <param name="dry">Checks every record and stores nothing.</param>
    public void Start(WorkspaceSnapshot workspace, ImportWork work, bool dry)
    {
        lock (work)
        {
            if (work.Stage == ImportStage.Running) return;
            (work.Stage, work.WasDry, work.Read, work.Counts, work.Summary, work.Problem) = (ImportStage.Running, dry, 0, ImportCounts.None, null, null);
            work.Ended = Task.Run(() => RunAsync(workspace, work, dry), CancellationToken.None);
        }
    }

    private async Task RunAsync(WorkspaceSnapshot workspace, ImportWork work, bool dry)
    {
        try
        {
            var job = new ImportJob(work.File, work.Mapping, work.RejectsPath, (bytes, counts) => (work.Read, work.Counts) = (work.File.Length is > 0 and var all ? Math.Min(1, (double)bytes / all) : 0, counts));
            var result = await Runner(workspace, workspace.SourceById[work.SourceId], dry).RunAsync(job, _ends.Token);
            if (result.Ok) (work.Summary, work.Counts, work.Read, work.Stage) = (result.Value, result.Value.Counts, 1, ImportStage.Done);
            else Fail(work, string.Join(" ", new[] { result.Error!.Detail }.Concat(result.Error.Fields?.SelectMany(f => f.Value.Select(r => $"{f.Key}: {r}")) ?? [])));
        }
        catch (Exception e) when (e is BrokenFileException or ImportFailedException)
        {
            Fail(work, e.Message);
        }
        catch (Exception e)
        {
            log.LogError(e, "An import failed");
            Fail(work, null);
        }
    }

    private ImportRunner Runner(WorkspaceSnapshot workspace, Source source, bool dry)
    {
        if (!dry) return new(new IntakeSink(intake, workspace, source, time), new ImportRuns(store, time, workspace.WorkspaceId, source.SourceId));
        var origin = new SignalOrigin(workspace.WorkspaceId, source.SourceId, source.Name, source.Channel, source.Kind, source.Touchpoint, workspace.Workspace.DefaultRegion) { IsHistory = true };
        return new(new DryRunSink(preparer, origin, time), new NoCheckpoint());
    }

    private static void Fail(ImportWork work, string? problem) => (work.Problem, work.Stage) = (problem ?? "", ImportStage.Failed);

    private void Forget(Func<ImportWork, bool> which)
    {
        foreach (var work in _works.Values.Where(which))
        {
            if (!_works.TryRemove(work.Id, out _)) continue;
            try
            {
                Directory.Delete(work.File.Folder, recursive: true);
            }
            catch (IOException e)
            {
                log.LogWarning(e, "A file that was imported could not be removed from {Folder}", work.File.Folder);
            }
        }
    }

    public void Dispose()
    {
        _ends.Cancel();
        Forget(w => w.Stage != ImportStage.Running);
        _ends.Dispose();
    }
}
