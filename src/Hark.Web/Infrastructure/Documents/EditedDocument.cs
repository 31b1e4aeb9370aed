using System.Text.Json;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;

namespace Hark.Web.Infrastructure.Documents;

/// <summary>A document that people edit as JSON: how it is checked and what stands while nobody has edited it.</summary>
/// <param name="Path">Below <c>/api/v1</c>, such as <c>/rules</c>.</param>
/// <param name="Name">For operation names: <c>Rules</c>.</param>
/// <param name="What">In a sentence: "rules".</param>
/// <param name="Check">The text to store for a text that was sent, or every error with its place (pointer, line and column).</param>
/// <param name="Default">The text in force until a first version is saved.</param>
internal sealed record EditedDocument(
    DocumentKind Kind, string Path, string Tag, string Name, string What, Func<WorkspaceSnapshot, string, Result<string>> Check, Func<WorkspaceSnapshot, string> Default)
{
    /// <summary>More text than five hundred rules need.</summary>
    public const int MostBytes = 2 * 1024 * 1024;

    /// <summary>Its name in the addresses of pages.</summary>
    public string Slug => Path[1..];

    /// <summary>What <see cref="Check"/> answers for a text that was read: the text to store, or its errors.</summary>
    public static Result<string> Checked<T>(T? parsed, SourceErrors errors, Func<T, string> write) where T : class => parsed is null ? errors.ToError() : write(parsed);
}

/// <summary>Reads, saves and restores documents, for the API and for the pages alike.</summary>
internal sealed class DocumentDesk(IEnumerable<EditedDocument> all, ConfigDocuments documents)
{
    /// <summary>The document at an address of a page; null where there is none.</summary>
    public EditedDocument? Find(string slug) => all.FirstOrDefault(d => d.Slug == slug);

    /// <summary>The version in force.</summary>
    public static DocumentView Current(EditedDocument document, WorkspaceSnapshot workspace) =>
        workspace.Documents.TryGetValue(document.Kind, out var stored)
            ? DocumentView.Of(stored) : new DocumentView(0, null, null, JsonElement.Parse(document.Default(workspace)));

    /// <summary>Saves the next version.</summary>
    /// <param name="ifMatch">The version that the editor saw; null does not ask.</param>
    /// <returns>The version saved; every error of the text with its place; <c>version_conflict</c>.</returns>
    public async Task<Result<ConfigDocument>> SaveAsync(EditedDocument document, WorkspaceSnapshot workspace, string text, long? ifMatch, Actor actor, CancellationToken cancellation)
    {
        var checkedText = document.Check(workspace, text);
        if (checkedText.Error is { } error) return error;
        return await documents.PutAsync(workspace.WorkspaceId, document.Kind, checkedText.Value, ifMatch, actor, cancellation);
    }

    /// <summary>Brings an earlier version back as the next one, when it still fits what exists today.</summary>
    public async Task<Result<ConfigDocument>> RestoreAsync(EditedDocument document, WorkspaceSnapshot workspace, long version, long? ifMatch, Actor actor, CancellationToken cancellation)
    {
        var old = await documents.FindAsync(workspace.WorkspaceId, document.Kind, version, cancellation);
        if (old.Error is { } missing) return missing;
        if (document.Check(workspace, old.Value.Document).Error is { } error) return error;
        return await documents.RollBackAsync(workspace.WorkspaceId, document.Kind, version, ifMatch, actor, cancellation);
    }

    /// <summary>Versions, newest first, at most <paramref name="limit"/>.</summary>
    public Task<List<ConfigDocument>> VersionsAsync(EditedDocument document, WorkspaceSnapshot workspace, int limit, CancellationToken cancellation) =>
        documents.ListAsync(workspace.WorkspaceId, document.Kind, null, limit, cancellation);
}
