using System.Text;
using System.Text.Json;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Hark.Web.Infrastructure.Documents;

/// <summary>A document that people edit as JSON: how it is checked and what stands while nobody has edited it.</summary>
/// <param name="Path">Below <c>/api/v1</c>, such as <c>/rules</c>.</param>
/// <param name="Name">For operation names: <c>Rules</c>.</param>
/// <param name="What">In a sentence: "rules".</param>
/// <param name="Check">The text to store for a text that was sent, or every error with its place (pointer, line and column).</param>
/// <param name="Default">The text in force until a first version is saved.</param>
internal sealed record EditedDocument(
    DocumentKind Kind, string Path, string Tag, string Name, string What, Func<WorkspaceSnapshot, string, Result<string>> Check, Func<WorkspaceSnapshot, string> Default);

/// <summary>Reading, saving, versions and restoring of an <see cref="EditedDocument"/>, the same for each.</summary>
internal static class EditedDocuments
{
    /// <summary>More text than five hundred rules need.</summary>
    private const int MostBytes = 2 * 1024 * 1024;

    public static RouteGroupBuilder MapDocument(this IEndpointRouteBuilder app, EditedDocument document)
    {
        var group = app.MapApi(document.Path, document.Tag);
        group.MapGet("", (Caller caller, HttpResponse response) => Current(document, caller, response))
            .Operation($"Get{document.Name}", $"Read the {document.What} in force", Policies.Read).Produces<DocumentView>();
        group.MapPut("", (Caller caller, HttpRequest request, IfMatch ifMatch, ConfigDocuments documents, CancellationToken cancellation) =>
                SaveAsync(document, caller, request, ifMatch, documents, cancellation))
            .Operation($"Save{document.Name}", $"Save the next version of the {document.What}", Policies.Configure).Accepts<JsonElement>("application/json").Produces<DocumentView>();
        group.MapDocumentVersions(document.Kind, document.Name, document.What);
        group.MapPost("/versions/{version:long}/restore", (Caller caller, [FromRoute] long version, IfMatch ifMatch, ConfigDocuments documents, CancellationToken cancellation) =>
                RestoreAsync(document, caller, version, ifMatch, documents, cancellation))
            .Operation($"Restore{document.Name}Version", $"Bring a version of the {document.What} back as the next one", Policies.Configure).Produces<DocumentView>();
        return group;
    }

    private static IResult Current(EditedDocument document, Caller caller, HttpResponse response)
    {
        var view = caller.Workspace.Documents.TryGetValue(document.Kind, out var stored)
            ? DocumentView.Of(stored) : new DocumentView(0, null, null, JsonElement.Parse(document.Default(caller.Workspace)));
        response.Headers.ETag = IfMatch.Tag(view.Version);
        return TypedResults.Ok(view);
    }

    private static async Task<IResult> SaveAsync(EditedDocument document, Caller caller, HttpRequest request, IfMatch ifMatch, ConfigDocuments documents, CancellationToken cancellation)
    {
        // The text itself, not a parsed body: errors name the line and column that the editor shows.
        using var reader = new StreamReader(request.Body, new UTF8Encoding(false, throwOnInvalidBytes: true));
        var text = await reader.ReadToEndAsync(cancellation);
        if (text.Length > MostBytes) return StatusProblems.Of(StatusCodes.Status413PayloadTooLarge).ToProblem();
        var checkedText = document.Check(caller.Workspace, text);
        if (checkedText.Error is { } error) return error.ToProblem();
        return (await documents.PutAsync(caller.WorkspaceId, document.Kind, checkedText.Value, ifMatch.Version, caller.Actor, cancellation)).ToOk(DocumentView.Of);
    }

    private static async Task<IResult> RestoreAsync(EditedDocument document, Caller caller, long version, IfMatch ifMatch, ConfigDocuments documents, CancellationToken cancellation)
    {
        var old = await documents.FindAsync(caller.WorkspaceId, document.Kind, version, cancellation);
        if (old.Error is { } missing) return missing.ToProblem();
        if (document.Check(caller.Workspace, old.Value.Document).Error is { } error) return error.ToProblem();
        return (await documents.RollBackAsync(caller.WorkspaceId, document.Kind, version, ifMatch.Version, caller.Actor, cancellation)).ToOk(DocumentView.Of);
    }
}
