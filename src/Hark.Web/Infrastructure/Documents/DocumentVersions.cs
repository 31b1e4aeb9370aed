using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Paging;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Infrastructure.Documents;

/// <summary>The versions of a document: a list, and each one.</summary>
internal static class DocumentVersions
{
    /// <param name="name">Plural, for operation names: <c>Rules</c>.</param>
    /// <param name="what">The same in a sentence: "rules".</param>
    public static void MapDocumentVersions(this RouteGroupBuilder group, DocumentKind kind, string name, string what)
    {
        var list = EnumNames<DocumentKind>.Of(kind);
        group.MapGet("/versions", async (Caller caller, string? cursor, int? limit, ConfigDocuments documents, CancellationToken cancellation) =>
        {
            var page = PageRequest.Read(list, 1, cursor, limit);
            if (page.Error is { } error) return error.ToProblem();
            var rows = await documents.ListAsync(caller.WorkspaceId, kind, page.Value.After?.Number(0), page.Value.Take, cancellation);
            return Results.Ok(page.Value.Cut(list, rows, d => new VersionView(d.Version, d.CreatedAt, d.CreatedBy), d => [d.Version]));
        }).Operation($"List{name}Versions", $"List the versions of the {what}, newest first", Policies.Read).Produces<Page<VersionView>>();
        group.MapGet("/versions/{version:long}", async (Caller caller, long version, ConfigDocuments documents, CancellationToken cancellation) =>
                (await documents.FindAsync(caller.WorkspaceId, kind, version, cancellation)).ToOk(DocumentView.Of))
            .Operation($"Get{name}Version", $"Read a version of the {what}", Policies.Read).Produces<DocumentView>();
    }
}
