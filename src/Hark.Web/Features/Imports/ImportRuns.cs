using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Features.Imports;

/// <summary>Keeps how far an import has come.</summary>
public interface IImportCheckpoint
{
    /// <summary>What an earlier run of the same file with the same mapping did before it was interrupted; none for a new file and for one that was finished.</summary>
    Task<ImportCounts> BeginAsync(string fileName, string fingerprint);

    /// <summary>Everything up to here is durable.</summary>
    Task SaveAsync(ImportCounts counts, bool finished);
}

/// <summary>For a dry run: nothing is kept.</summary>
public sealed class NoCheckpoint : IImportCheckpoint
{
    public Task<ImportCounts> BeginAsync(string fileName, string fingerprint) => Task.FromResult(ImportCounts.None);

    public Task SaveAsync(ImportCounts counts, bool finished) => Task.CompletedTask;
}

/// <summary>One row for each file and mapping of a source.</summary>
public sealed class ImportRuns(HarkStore store, TimeProvider time, Guid workspaceId, Guid sourceId) : IImportCheckpoint
{
    private Guid _importId;

    public Task<ImportCounts> BeginAsync(string fileName, string fingerprint)
    {
        var (now, newId) = (time.Now(), time.NewId());
        return store.WriteAsync(async db =>
        {
            var run = await db.ImportRuns.SingleOrDefaultAsync(r => r.WorkspaceId == workspaceId && r.SourceId == sourceId && r.Fingerprint == fingerprint);
            if (run is null) db.ImportRuns.Add(run = new ImportRun { WorkspaceId = workspaceId, ImportId = newId, SourceId = sourceId, FileName = fileName, Fingerprint = fingerprint, StartedAt = now });
            else if (run.FinishedAt is not null) (run.RecordsDone, run.Stored, run.Duplicates, run.Updated, run.Rejected, run.StartedAt, run.FinishedAt) = (0, 0, 0, 0, 0, now, null);
            run.UpdatedAt = now;
            await db.SaveChangesAsync();
            _importId = run.ImportId;
            return new ImportCounts(run.RecordsDone, run.Stored, run.Duplicates, run.Updated, run.Rejected, run.RecordsDone - run.Stored - run.Duplicates - run.Updated - run.Rejected);
        });
    }

    public Task SaveAsync(ImportCounts counts, bool finished)
    {
        var now = time.Now();
        return store.WriteAsync(db => db.ImportRuns.Where(r => r.WorkspaceId == workspaceId && r.ImportId == _importId).ExecuteUpdateAsync(u => u
            .SetProperty(r => r.RecordsDone, counts.Read).SetProperty(r => r.Stored, counts.Stored).SetProperty(r => r.Duplicates, counts.Duplicates)
            .SetProperty(r => r.Updated, counts.Updated).SetProperty(r => r.Rejected, counts.Rejected).SetProperty(r => r.UpdatedAt, now)
            .SetProperty(r => r.FinishedAt, finished ? now : (DateTimeOffset?)null)));
    }
}
