using System.Text;
using System.Text.Json;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Hark.Web.Infrastructure.Documents;

/// <summary>Reading, saving, versions and restoring of an <see cref="EditedDocument"/>, the same for each.</summary>
internal static class EditedDocuments
{
    public static RouteGroupBuilder MapDocument(this IEndpointRouteBuilder app, EditedDocument document)
    {
        var group = app.MapApi(document.Path, document.Tag);
        group.MapGet("", (Caller caller, HttpResponse response) => Current(document, caller, response))
            .Operation($"Get{document.Name}", $"Read the {document.What} in force", Policies.Read).Produces<DocumentView>();
        group.MapPut("", (Caller caller, HttpRequest request, IfMatch ifMatch, DocumentDesk desk, CancellationToken cancellation) =>
                SaveAsync(document, caller, request, ifMatch, desk, cancellation))
            .Operation($"Save{document.Name}", $"Save the next version of the {document.What}", Policies.Configure).Accepts<JsonElement>("application/json").Produces<DocumentView>();
        group.MapDocumentVersions(document.Kind, document.Name, document.What);
        group.MapPost("/versions/{version:long}/restore", async (Caller caller, [FromRoute] long version, IfMatch ifMatch, DocumentDesk desk, CancellationToken cancellation) =>
                (await desk.RestoreAsync(document, caller.Workspace, version, ifMatch.Version, caller.Actor, cancellation)).ToOk(DocumentView.Of))
            .Operation($"Restore{document.Name}Version", $"Bring a version of the {document.What} back as the next one", Policies.Configure).Produces<DocumentView>();
        return group;
    }

    private static IResult Current(EditedDocument document, Caller caller, HttpResponse response)
    {
        var view = DocumentDesk.Current(document, caller.Workspace);
        response.Headers.ETag = IfMatch.Tag(view.Version);
        return TypedResults.Ok(view);
    }

    private static async Task<IResult> SaveAsync(EditedDocument document, Caller caller, HttpRequest request, IfMatch ifMatch, DocumentDesk desk, CancellationToken cancellation)
    {
        // The text itself, not a parsed body: errors name the line and column that the editor shows.
        using var reader = new StreamReader(request.Body, new UTF8Encoding(false, throwOnInvalidBytes: true));
        var text = await reader.ReadToEndAsync(cancellation);
        if (text.Length > EditedDocument.MostBytes) return StatusProblems.Of(StatusCodes.Status413PayloadTooLarge).ToProblem();
        return (await desk.SaveAsync(document, caller.Workspace, text, ifMatch.Version, caller.Actor, cancellation)).ToOk(DocumentView.Of);
    }
}
