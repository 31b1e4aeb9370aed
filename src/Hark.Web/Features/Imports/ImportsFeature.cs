using Hark.Domain.Common;
using Hark.Web.Features.Imports.Parts;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Limits;
using Hark.Web.Infrastructure.Problems;
using Hark.Web.Infrastructure.Staff;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace Hark.Web.Features.Imports;

/// <summary>Files of feedback brought in by the interface: sent, mapped, tried and stored. The command does the same without pages.</summary>
public static class ImportsFeature
{
    /// <summary>Names and borders of the form around the file.</summary>
    private const long FormBytes = 64 * 1024;

    public static IServiceCollection AddImports(this IServiceCollection services) => services.AddSingleton<ImportDesk>();

    public static void MapImports(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/settings/imports").RequireAuthorization(Policies.Configure).ExcludeFromDescription();
        group.MapPost("/files", AddAsync).WithBodyLimit(ImportDesk.Largest + FormBytes).WithMetadata(new FormLimits()).RequireAntiforgery();
        group.MapGet("/{id:guid}/progress", (Caller caller, Guid id, ImportDesk desk) => desk.Find(caller.WorkspaceId, id) is { } work
            ? (IResult)new RazorComponentResult<ImportProgressPart>(new { Work = work }) : Error.NotFound("import").ToProblem());
        group.MapGet("/{id:guid}/rejects", Rejects);
    }

    private static async Task<IResult> AddAsync(Caller caller, HttpContext http, ImportDesk desk)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form.Files is not [{ Length: > 0 } file] || !Guid.TryParse(form["source"], out var id) || !caller.Workspace.SourceById.TryGetValue(id, out var source))
            return TypedResults.LocalRedirect("/settings/imports?problem=file");
        await using var content = file.OpenReadStream();
        var added = await desk.AddAsync(caller.Workspace, source, file.FileName, content, http.RequestAborted);
        return TypedResults.LocalRedirect(added.Ok ? $"/settings/imports/{added.Value.Id}" : "/settings/imports?problem=read");
    }

    /// <summary>Every record that was not stored, one JSON object a line. Always as a download.</summary>
    private static IResult Rejects(Caller caller, Guid id, ImportDesk desk) =>
        desk.Find(caller.WorkspaceId, id) is { Stage: ImportStage.Done, Summary.RejectsFile: { } path } && File.Exists(path)
            ? TypedResults.PhysicalFile(path, "application/x-ndjson", "rejects.ndjson") : Error.NotFound("file").ToProblem();

    /// <summary>A file is larger than forms usually are.</summary>
    private sealed class FormLimits : IFormOptionsMetadata
    {
        public bool? BufferBody => null;
        public int? MemoryBufferThreshold => null;
        public long? BufferBodyLengthLimit => null;
        public int? ValueCountLimit => null;
        public int? KeyLengthLimit => null;
        public int? ValueLengthLimit => null;
        public int? MultipartBoundaryLengthLimit => null;
        public int? MultipartHeadersCountLimit => null;
        public int? MultipartHeadersLengthLimit => null;
        public long? MultipartBodyLengthLimit => ImportDesk.Largest;
    }
}
