using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Cases;

/// <summary>Files that go with replies and notes. They are kept in the store like the words they belong to, so that one backup has both.</summary>
public sealed class CaseAttachments(HarkStore store, TimeProvider time)
{
    /// <summary>In bytes. Base64 makes a third more of it, and many mail servers take 10 MB.</summary>
    public const long Largest = 5 * 1024 * 1024;
    public const int Most = 10, LongestName = 200;

    /// <summary>How long a file is kept that was put up and never sent.</summary>
    public static readonly TimeSpan UnusedFor = TimeSpan.FromDays(1);

    /// <summary>Puts a file up for a case that the member may see. Invalid when empty, too large, or of no name; <c>not_found</c>. Those that were never sent go when others come.</summary>
    public async Task<Result<CaseAttachment>> AddAsync(Guid workspaceId, long number, CaseScope scope, string name, string mediaType, byte[] content, CancellationToken cancellation = default)
    {
        name = string.Concat(Path.GetFileName(name.Replace('\\', '/')).Where(c => !char.IsControl(c))).Trim();
        if (content.Length == 0 || content.Length > Largest) return Error.Invalid("/file", $"must have 1 to {Largest} bytes");
        if (name.Length is 0 or > LongestName) return Error.Invalid("/file", $"must have a name of 1 to {LongestName} characters");
        return await store.WriteAsync<Result<CaseAttachment>>(async db =>
        {
            var c = await db.Cases.SingleOrDefaultAsync(x => x.WorkspaceId == workspaceId && x.Number == number, cancellation);
            if (c is null || !scope.Sees(c)) return Error.NotFound("case");
            var now = time.Now();
            var old = now - UnusedFor;
            await db.CaseAttachments.Where(a => a.WorkspaceId == workspaceId && !a.Used && a.AddedAt < old).ExecuteDeleteAsync(cancellation);
            var file = new CaseAttachment
            {
                WorkspaceId = workspaceId,
                AttachmentId = time.NewId(),
                CaseId = c.CaseId,
                Name = name,
                MediaType = mediaType.Length is > 0 and <= 100 ? mediaType : "application/octet-stream",
                Size = content.Length,
                Content = content,
                MemberId = scope.MemberId ?? Guid.Empty,
                AddedAt = now,
            };
            db.CaseAttachments.Add(file);
            await db.SaveChangesAsync(cancellation);
            return file;
        }, cancellation);
    }

    /// <summary>A file, if its case may be seen; null else.</summary>
    public async Task<CaseAttachment?> FindAsync(Guid workspaceId, Guid attachmentId, CaseScope scope, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var file = await db.CaseAttachments.SingleOrDefaultAsync(a => a.WorkspaceId == workspaceId && a.AttachmentId == attachmentId, cancellation);
        if (file is null) return null;
        var c = await db.Cases.SingleAsync(x => x.WorkspaceId == workspaceId && x.CaseId == file.CaseId, cancellation);
        return scope.Sees(c) ? file : null;
    }

    /// <summary>Names and sizes of the files of a case, without their content. Ask only for cases that may be seen.</summary>
    public async Task<IReadOnlyDictionary<Guid, CaseAttachment>> OfAsync(Guid workspaceId, Guid caseId, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var files = await db.CaseAttachments.Where(a => a.WorkspaceId == workspaceId && a.CaseId == caseId && a.Used)
            .Select(a => new CaseAttachment { AttachmentId = a.AttachmentId, Name = a.Name, MediaType = a.MediaType, Size = a.Size, Content = Array.Empty<byte>() }).ToListAsync(cancellation);
        return files.ToDictionary(f => f.AttachmentId);
    }

    /// <summary>Takes files that were put up for the case into the change; those of other cases are passed over.</summary>
    internal static async Task<IReadOnlyList<CaseAttachment>> UseAsync(CaseFile file, IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0) return [];
        var wanted = ids.Take(Most).ToList();
        var found = await file.Db.CaseAttachments.Where(a => a.WorkspaceId == file.Case.WorkspaceId && a.CaseId == file.Case.CaseId && wanted.Contains(a.AttachmentId)).ToListAsync(cancellation);
        foreach (var one in found) one.Used = true;
        return found;
    }
}
