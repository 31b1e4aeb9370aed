using System.Text.Json;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Paging;
using Hark.Web.Infrastructure.Problems;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Features.Settings;

/// <summary>A line of the audit log.</summary>
/// <param name="Action">What was done, as <c>thing.verb</c>.</param>
/// <param name="Data">What changed; its shape depends on the action.</param>
public sealed record AuditView(Guid EntryId, DateTimeOffset At, ActorKind ActorKind, string ActorId, string Action, string TargetKind, string? TargetId,
    JsonElement? Data)
{
    public static AuditView Of(AuditEntry e) => new(e.EntryId, e.At, e.ActorKind, e.ActorId, e.Action, e.TargetKind, e.TargetId,
        e.Data is null ? null : JsonElement.Parse(e.Data));
}

/// <summary>The audit log, for administrators.</summary>
internal static class Audit
{
    private const string List = "audit";

    public static void MapAudit(this IEndpointRouteBuilder app) => app.MapApi("/audit", "Audit").MapGet("", ListAsync)
        .Operation("ListAudit", "List who changed or read what, newest first", Policies.Admin).Produces<Page<AuditView>>();

    private static async Task<IResult> ListAsync(Caller caller, string? action, [FromQuery(Name = "actor_id")] string? actorId,
        [FromQuery(Name = "target_kind")] string? targetKind, [FromQuery(Name = "target_id")] string? targetId, string? cursor, int? limit, HarkStore store,
        CancellationToken cancellation)
    {
        var request = PageRequest.Read(List, 1, cursor, limit);
        if (request.Error is { } error) return error.ToProblem();
        await using var db = store.Read();
        var entries = db.AuditEntries.Where(e => e.WorkspaceId == caller.WorkspaceId);
        if (action is not null) entries = entries.Where(e => e.Action == action);
        if (actorId is not null) entries = entries.Where(e => e.ActorId == actorId);
        if (targetKind is not null) entries = entries.Where(e => e.TargetKind == targetKind);
        if (targetId is not null) entries = entries.Where(e => e.TargetId == targetId);
        if (request.Value.After is { } after)
        {
            var last = after.Id(0);
            entries = entries.Where(e => e.EntryId < last);
        }
        var rows = await entries.OrderByDescending(e => e.EntryId).Take(request.Value.Take).ToListAsync(cancellation);
        return TypedResults.Ok(request.Value.Cut(List, rows, AuditView.Of, e => [e.EntryId]));
    }
}
