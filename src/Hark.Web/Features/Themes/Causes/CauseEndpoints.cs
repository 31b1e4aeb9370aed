using Hark.Data.Model;
using Hark.Data.Understanding;
using Hark.Domain.Common;
using Hark.Domain.Understanding.Causes;
using Hark.Domain.Understanding.Topics;
using Hark.Domain.Workspaces;
using Hark.Web.Features.Themes.Parts;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;
using Hark.Web.Infrastructure.Staff;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Hark.Web.Features.Themes.Causes;

/// <summary>The root-cause board of a topic, for programs and for its page.</summary>
internal static class CauseEndpoints
{
    private const int MostVersions = 100;

    public static Error MayNot { get; } = new(ErrorKind.Forbidden, ErrorCodes.Forbidden, "Your role may read the board but not change it so.");

    public static void MapCauses(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/topics/{topic}/causes", "Themes");
        group.MapGet("", ListAsync).Operation("ListCauses", "Read the root-cause board of a topic", Policies.Read)
            .WithDescription("Chains of causes, the oldest first; evidence that the caller may not see is counted, not named. Boards of topics merged into this one are part of it.").Produces<CauseChainViews>();
        group.MapPost("", BeginAsync).Operation("BeginCauseChain", "Begin a chain of causes", Policies.Write).Produces<CauseChainView>(StatusCodes.Status201Created);
        group.MapPut("/{chain_id:guid}", SaveAsync).Operation("SaveCauseChain", "Save the next version of a chain of causes", Policies.Write)
            .WithDescription("Evidence that the caller may not see stays where it is. Only roles that correct facts may agree. Written to the audit log.").Produces<CauseChainView>();
        group.MapDelete("/{chain_id:guid}", RemoveAsync).Operation("RemoveCauseChain", "Take a chain of causes off the board", Policies.Write).WithDescription("It can be brought back by restoring an earlier version.").Produces(StatusCodes.Status204NoContent);
        group.MapGet("/{chain_id:guid}/versions", VersionsAsync).Operation("ListCauseChainVersions", "List the versions of a chain of causes, newest first", Policies.Read).Produces<CauseChainViews>();
        group.MapPost("/{chain_id:guid}/versions/{version:long}/restore", RestoreAsync).Operation("RestoreCauseChainVersion", "Bring a version of a chain of causes back as the next one", Policies.Write).Produces<CauseChainView>();
        app.MapGet("/themes/{topic}/causes", PartAsync).RequireAuthorization(Policies.Read).ExcludeFromDescription();
        app.MapPost("/themes/{topic}/causes", EditAsync).RequireAuthorization(Policies.Write).RequireAntiforgery().ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(Caller caller, [FromRoute] string topic, ReadBoard boards, CancellationToken cancellation)
    {
        var board = await boards.RunAsync(caller, topic, cancellation);
        return TypedResults.Ok(new CauseChainViews([.. board.Chains.Select(c => CauseChainView.Of(c, board.Seen))], null));
    }

    private static async Task<IResult> BeginAsync(Caller caller, [FromRoute] string topic, CauseChainBody body, BoardDesk desk, ReadBoard read, TimeProvider time, CancellationToken cancellation)
    {
        if (Refused(caller, body) is { } refused) return refused;
        if (topic.Length > Taxonomy.LongestKey) return Error.NotFound("topic").ToProblem();
        var change = new CauseChange(topic, null, Whys(body, time), body.State, 0);
        return await AnswerAsync(caller, await desk.SaveAsync(caller, change, cancellation), read, created: true, cancellation);
    }

    private static async Task<IResult> SaveAsync(Caller caller, [FromRoute] string topic, [FromRoute(Name = "chain_id")] Guid chainId, CauseChainBody body, IfMatch ifMatch, BoardDesk desk, ReadBoard read, TimeProvider time,
        CancellationToken cancellation)
    {
        if (Refused(caller, body) is { } refused) return refused;
        var change = new CauseChange(topic, chainId, Whys(body, time), body.State, ifMatch.Version);
        return await AnswerAsync(caller, await desk.SaveAsync(caller, change, cancellation), read, created: false, cancellation);
    }

    private static async Task<IResult> RemoveAsync(Caller caller, [FromRoute] string topic, [FromRoute(Name = "chain_id")] Guid chainId, IfMatch ifMatch, CauseBoards boards, BoardDesk desk, CancellationToken cancellation)
    {
        if (!caller.Role.ReadsWords()) return MayNot.ToProblem();
        if (await boards.VersionsAsync(caller.WorkspaceId, topic, chainId, 1, cancellation) is not [{ IsRemoved: false } now]) return Error.NotFound("chain of causes").ToProblem();
        var change = new CauseChange(topic, chainId, CauseBoards.Whys(now), now.State, ifMatch.Version ?? now.Version, IsRemoved: true);
        return (await desk.SaveAsync(caller, change, cancellation)).ToNoContent();
    }

    private static async Task<IResult> VersionsAsync(Caller caller, [FromRoute] string topic, [FromRoute(Name = "chain_id")] Guid chainId, CauseBoards boards, ReadBoard read, CancellationToken cancellation)
    {
        var versions = await boards.VersionsAsync(caller.WorkspaceId, topic, chainId, MostVersions, cancellation);
        if (versions.Count == 0) return Error.NotFound("chain of causes").ToProblem();
        var seen = await read.SeenAsync(caller, versions.SelectMany(CauseBoards.Whys), cancellation);
        return TypedResults.Ok(new CauseChainViews([.. versions.Select(v => CauseChainView.Of(v, CauseBoards.Whys(v), 1, seen))], null));
    }

    private static async Task<IResult> RestoreAsync(Caller caller, [FromRoute] string topic, [FromRoute(Name = "chain_id")] Guid chainId, [FromRoute] long version, IfMatch ifMatch, BoardDesk desk, ReadBoard read, CancellationToken cancellation)
    {
        if (!caller.Role.Curates()) return MayNot.ToProblem();
        return await AnswerAsync(caller, await desk.RestoreAsync(caller, topic, chainId, version, ifMatch.Version, cancellation), read, created: false, cancellation);
    }

    private static ProblemResult? Refused(Caller caller, CauseChainBody body) =>
        caller.Role.ReadsWords() && (body.State == CauseState.Draft || caller.Role.Curates()) ? null : MayNot.ToProblem();

    private static IReadOnlyList<Why> Whys(CauseChainBody body, TimeProvider time) => [.. body.Whys.Select(w => w.ToWhy(time.NewId))];

    private static async Task<IResult> AnswerAsync(Caller caller, Result<CauseChain> saved, ReadBoard read, bool created, CancellationToken cancellation)
    {
        if (saved.Error is { } error) return error.ToProblem();
        var whys = CauseBoards.Whys(saved.Value);
        var view = CauseChainView.Of(saved.Value, whys, 1, await read.SeenAsync(caller, whys, cancellation));
        return created ? TypedResults.Created($"{ApiRoutes.Prefix}/topics/{Uri.EscapeDataString(saved.Value.Topic)}/causes/{saved.Value.ChainId}", view) : TypedResults.Ok(view);
    }

    private static async Task<IResult> PartAsync(Caller caller, [FromRoute] string topic, ReadBoard boards, CancellationToken cancellation) =>
        new RazorComponentResult<CausesPart>(new { Model = await boards.RunAsync(caller, topic, cancellation) });

    /// <summary>One change, from a form; back to the board, with a way to take it back. What was typed is not lost where somebody was faster.</summary>
    private static async Task<IResult> EditAsync(Caller caller, [FromRoute] string topic, HttpRequest http, EditBoard edit, CancellationToken cancellation)
    {
        var form = await http.ReadFormAsync(cancellation);
        var edited = await edit.RunAsync(caller, topic, name => form[name].ToString(), cancellation);
        var page = ReadTheme.Path(topic);
        if (edited.Error is { Kind: ErrorKind.Forbidden } forbidden) return forbidden.ToProblem();
        if (edited.Error is { } error)
        {
            var text = form["text"].ToString() is { Length: > 0 and <= Why.Longest } typed ? "&typed=" + Uri.EscapeDataString(typed) : "";
            return TypedResults.LocalRedirect($"{page}?problem={error.Kind switch { ErrorKind.Conflict => "cause_conflict", ErrorKind.NotFound => "gone", _ => "cause" }}{text}#causes");
        }

        var chain = edited.Value;
        return TypedResults.LocalRedirect(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{page}?done=cause&chain={chain.ChainId}&version={chain.Version}#causes"));
    }
}
