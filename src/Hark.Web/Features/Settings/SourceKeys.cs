using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Paging;
using Hark.Web.Infrastructure.Problems;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Features.Settings;

/// <summary>A key or token as the API shows it: never the key itself.</summary>
public sealed record KeyView(Guid KeyId, string Name, KeyScope Scope, Guid? SourceId, Guid? MemberId, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt)
{
    public static KeyView Of(AccessKey k) => new(k.KeyId, k.Name, k.Scope, k.SourceId, k.MemberId, k.CreatedAt, k.ExpiresAt, k.RevokedAt);
}

/// <summary>A key just made.</summary>
/// <param name="Key">The key: shown this once.</param>
public sealed record NewKeyView(Guid KeyId, string Key, string Name, KeyScope Scope, DateTimeOffset? ExpiresAt)
{
    public static NewKeyView Of(NewKey k) => new(k.Key.KeyId, k.Text, k.Key.Name, k.Key.Scope, k.Key.ExpiresAt);
}

/// <summary>Keys with which feeds send.</summary>
internal static class SourceKeys
{
    /// <param name="Name">For whoever looks through the keys later: where it is used.</param>
    /// <param name="ExpiresAt">When it ends by itself; null for never.</param>
    internal sealed record NewSourceKey(string Name, DateTimeOffset? ExpiresAt = null);

    public static void MapSourceKeys(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/sources/{source_id:guid}/keys", "Sources");
        group.MapGet("", ListAsync).Operation("ListSourceKeys", "List the keys of a source, newest first, ended ones included", Policies.Admin).Produces<Page<KeyView>>();
        group.MapPost("", CreateAsync).Operation("CreateSourceKey", "Make a key of a source; it is shown this once", Policies.Admin)
            .Produces<NewKeyView>(StatusCodes.Status201Created);
        group.MapDelete("/{key_id:guid}", RevokeAsync).Operation("RevokeSourceKey", "End a key of a source", Policies.Admin).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(Caller caller, [FromRoute(Name = "source_id")] Guid sourceId, string? cursor, int? limit, HarkStore store,
        CancellationToken cancellation) =>
        caller.Workspace.SourceById.ContainsKey(sourceId)
            ? await KeyPages.PageAsync(store, "source_keys", keys => keys.Where(k => k.WorkspaceId == caller.WorkspaceId && k.SourceId == sourceId), cursor, limit, cancellation)
            : Error.NotFound("source").ToProblem();

    private static async Task<IResult> CreateAsync(Caller caller, [FromRoute(Name = "source_id")] Guid sourceId, NewSourceKey request, KeyAdmin keys,
        CancellationToken cancellation) =>
        (await keys.CreateSourceKeyAsync(caller.WorkspaceId, sourceId, request.Name, request.ExpiresAt, caller.Actor, cancellation))
            .ToCreated(k => $"{ApiRoutes.Prefix}/sources/{sourceId}/keys/{k.Key.KeyId}", NewKeyView.Of);

    private static async Task<IResult> RevokeAsync(Caller caller, [FromRoute(Name = "source_id")] Guid sourceId, [FromRoute(Name = "key_id")] Guid keyId, KeyAdmin keys,
        CancellationToken cancellation) =>
        (await keys.RevokeAsync(caller.WorkspaceId, keyId, k => k.SourceId == sourceId, caller.Actor, cancellation)).ToNoContent();
}

/// <summary>Pages of keys, newest first: ids are v7, so their order is that of time.</summary>
internal static class KeyPages
{
    public static async Task<IResult> PageAsync(HarkStore store, string list, Func<IQueryable<AccessKey>, IQueryable<AccessKey>> which, string? cursor, int? limit,
        CancellationToken cancellation)
    {
        var request = PageRequest.Read(list, 1, cursor, limit);
        if (request.Error is { } error) return error.ToProblem();
        await using var db = store.Read();
        var keys = which(db.AccessKeys);
        if (request.Value.After is { } after)
        {
            var last = after.Id(0);
            keys = keys.Where(k => k.KeyId < last);
        }
        var rows = await keys.OrderByDescending(k => k.KeyId).Take(request.Value.Take).ToListAsync(cancellation);
        return TypedResults.Ok(request.Value.Cut(list, rows, KeyView.Of, k => [k.KeyId]));
    }
}
