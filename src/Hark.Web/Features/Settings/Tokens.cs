using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Paging;
using Hark.Web.Infrastructure.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Hark.Web.Features.Settings;

/// <summary>A member's own tokens. Administrators may end anybody's.</summary>
internal static class Tokens
{
    /// <param name="Scope">At most the scope of the token that asks.</param>
    internal sealed record NewToken(string Name, KeyScope Scope, DateTimeOffset? ExpiresAt = null);

    public static void MapTokens(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/tokens", "Account");
        group.MapGet("", (Caller caller, string? cursor, int? limit, HarkStore store, CancellationToken cancellation) =>
                KeyPages.PageAsync(store, "tokens", k => k.Where(t => t.WorkspaceId == caller.WorkspaceId && t.MemberId == caller.Member!.MemberId), cursor, limit, cancellation))
            .Operation("ListTokens", "List one's own tokens, newest first, ended ones included", Policies.Read).Produces<Page<KeyView>>();
        group.MapPost("", CreateAsync).Operation("CreateToken", "Make a token of one's own; it is shown this once", Policies.Write)
            .Produces<NewKeyView>(StatusCodes.Status201Created);
        group.MapDelete("/{key_id:guid}", RevokeAsync).Operation("RevokeToken", "End a token: one's own, or as administrator anybody's", Policies.Write)
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> CreateAsync(Caller caller, NewToken request, KeyAdmin keys, CancellationToken cancellation)
    {
        if (request.Scope > caller.Scope) return Error.Invalid("/scope", $"must be at most {EnumNames<KeyScope>.Of(caller.Scope)}, the scope of this token").ToProblem();
        var made = await keys.CreateTokenAsync(caller.WorkspaceId, caller.Member!.MemberId, request.Scope, request.Name, request.ExpiresAt, caller.Actor, cancellation);
        return made.ToCreated(k => $"{ApiRoutes.Prefix}/tokens/{k.Key.KeyId}", NewKeyView.Of);
    }

    private static async Task<IResult> RevokeAsync(Caller caller, [FromRoute(Name = "key_id")] Guid keyId, KeyAdmin keys, CancellationToken cancellation)
    {
        var any = caller.Scope == KeyScope.Admin && caller.Role.Administers();
        return (await keys.RevokeAsync(caller.WorkspaceId, keyId, k => k.MemberId is { } owner && (any || owner == caller.Member!.MemberId), caller.Actor, cancellation))
            .ToNoContent();
    }
}
