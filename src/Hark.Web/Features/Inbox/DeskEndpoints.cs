using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Cases.Desk;
using Hark.Domain.Common;
using Hark.Web.Features.Cases;
using Hark.Web.Features.Inbox.Parts;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Documents;
using Hark.Web.Infrastructure.Problems;
using Hark.Web.Infrastructure.Staff;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hark.Web.Features.Inbox;

/// <summary>What is offered while one writes (snippets, colleagues, files), and the documents behind it.</summary>
internal static class DeskEndpoints
{
    private const int MostOffered = 8;

    public static void MapDesk(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/inbox").RequireAuthorization(Policies.Write).RequireAntiforgery().AddEndpointFilter(CaseActions.WorksOnCases).ExcludeFromDescription();
        group.MapGet("/{number:long}/snippets", SnippetsAsync);
        group.MapGet("/{number:long}/mentions", (Caller caller, string? q) => (IResult)new RazorComponentResult<Suggestions>(new { Found = Mentions(caller, q?.Trim() ?? "") }));
        group.MapPost("/{number:long}/files", AttachAsync);
        app.MapGet("/inbox/files/{id:guid}", FileAsync).RequireAuthorization(Policies.Read).ExcludeFromDescription();
        app.MapDocument(new EditedDocument(DocumentKind.Snippets, "/snippets", "Desk", "Snippets", "saved replies",
            (w, json) => EditedDocument.Checked(SnippetSet.Parse(json, WorkspacePolicies.Of(w).Names, out var errors), errors, s => s.ToJson()), _ => SnippetSet.Empty.ToJson()));
        app.MapDocument(new EditedDocument(DocumentKind.Macros, "/macros", "Desk", "Macros", "macros",
            (w, json) => EditedDocument.Checked(MacroSet.Parse(json, WorkspacePolicies.Of(w).Names, out var errors), errors, m => m.ToJson()), _ => MacroSet.Empty.ToJson()));
        app.MapDocument(new EditedDocument(DocumentKind.Playbooks, "/playbooks", "Desk", "Playbooks", "playbooks",
            (w, json) => EditedDocument.Checked(PlaybookSet.Parse(json, WorkspacePolicies.Of(w).Names, out var errors), errors, p => p.ToJson()), _ => PlaybookSet.Empty.ToJson()));
    }

    private static async Task<IResult> SnippetsAsync(Caller caller, long number, string? q, CaseReader cases, SnippetValues values, CancellationToken cancellation)
    {
        if (await cases.FindCaseAsync(caller.WorkspaceId, number, InboxRequest.ScopeOf(caller), cancellation) is not { } c) return Error.NotFound("case").ToProblem();
        var shown = await values.OfAsync(caller.Workspace, c, caller.Member!.Name, cancellation);
        var found = Desk.Snippets(caller, c.Language, q?.Trim() ?? "", MostOffered).Select(s => new Offer(s.Name, s.Language?.ToUpperInvariant(), SnippetSet.Render(s.Text, shown))).ToList();
        return new RazorComponentResult<Suggestions>(new { Found = found });
    }

    /// <summary>Colleagues by the beginning of a word of their name or of their address, written as a note names them.</summary>
    private static List<Offer> Mentions(Caller caller, string words)
    {
        var active = caller.Workspace.Members.Where(m => m.DisabledAt is null).ToList();
        return [.. active.Where(m => m.Name.Split(' ').Append(m.Email).Any(w => w.StartsWith(words, StringComparison.CurrentCultureIgnoreCase))).OrderBy(m => m.Name, StringComparer.CurrentCultureIgnoreCase)
            .Take(MostOffered).Select(m => new Offer(m.Name, m.Email, $"@{m.Email} "))];
    }

    private static async Task<IResult> AttachAsync(Caller caller, long number, HttpContext http, CaseAttachments attachments)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var added = new List<CaseAttachment>();
        foreach (var file in form.Files.Take(CaseAttachments.Most))
        {
            if (file.Length > CaseAttachments.Largest) return Error.Invalid("/file", $"must have at most {CaseAttachments.Largest} bytes").ToProblem();
            using var content = new MemoryStream();
            await file.CopyToAsync(content, http.RequestAborted);
            var result = await attachments.AddAsync(caller.WorkspaceId, number, InboxRequest.ScopeOf(caller), file.FileName, file.ContentType ?? "", content.ToArray(), http.RequestAborted);
            if (result.Error is { } error) return error.ToProblem();
            added.Add(result.Value);
        }
        return new RazorComponentResult<FileChips>(new { Files = added });
    }

    /// <summary>Always as a download, never as a page of ours: what a file really is, is for the reader's own programs to say.</summary>
    private static async Task<IResult> FileAsync(Caller caller, Guid id, HttpContext http, CaseAttachments attachments, CancellationToken cancellation)
    {
        if (await attachments.FindAsync(caller.WorkspaceId, id, InboxRequest.ScopeOf(caller), cancellation) is not { } file) return Error.NotFound("file").ToProblem();
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(file.Content, "application/octet-stream", file.Name);
    }
}

/// <summary>Something to write: what it is called, a word beside, and the text.</summary>
public sealed record Offer(string Name, string? Beside, string Text);
