using System.Text.Json;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Paging;
using Hark.Web.Infrastructure.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Hark.Web.Features.Settings;

/// <summary>A member as the API shows one.</summary>
/// <param name="Teams">Keys of the member's teams.</param>
public sealed record MemberView(Guid MemberId, string Email, string Name, Role Role, IReadOnlyList<string> Languages, bool Available, bool Disabled,
    IReadOnlyList<string> Teams, DateTimeOffset CreatedAt)
{
    public static MemberView Of(WorkspaceSnapshot workspace, Member m) => new(m.MemberId, m.Email, m.Name, m.Role,
        m.Languages.Split(',', StringSplitOptions.RemoveEmptyEntries), m.Available, m.DisabledAt is not null,
        [.. workspace.TeamsOfMember[m.MemberId].Where(workspace.TeamById.ContainsKey).Select(t => workspace.TeamById[t].Key).Order(StringComparer.Ordinal)], m.CreatedAt);
}

/// <summary>Members: everybody sees colleagues, administrators change them.</summary>
internal static class Members
{
    /// <param name="Password">Null for somebody who only uses tokens, or gets a password later.</param>
    internal sealed record NewMember(string Email, string Name, Role Role, IReadOnlyList<string>? Languages = null, string? Password = null)
    {
        /// <summary>Leaves the password out of logs.</summary>
        public override string ToString() => Email;
    }

    internal sealed record MemberChanges(string? Name, Role? Role, IReadOnlyList<string>? Languages, bool? Available, bool? Disabled);

    internal sealed record NewPassword(string Password)
    {
        /// <summary>Leaves the password out of logs.</summary>
        public override string ToString() => "password";
    }

    public static void MapMembers(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/members", "Members");
        group.MapGet("", (Caller caller, string? cursor, int? limit) =>
                NamedPages.Page("members", caller.Workspace.Members, m => m.Email, m => m.MemberId, m => MemberView.Of(caller.Workspace, m), cursor, limit))
            .Operation("ListMembers", "List the members by e-mail address, disabled ones included", Policies.Read).Produces<Page<MemberView>>();
        group.MapPost("", CreateAsync).Operation("CreateMember", "Make a member", Policies.Admin).Produces<MemberView>(StatusCodes.Status201Created);
        group.MapPatch("/{member_id:guid}", UpdateAsync).Operation("UpdateMember", "Change or disable a member; what is absent stays", Policies.Admin)
            .Accepts<MemberChanges>(MergePatch.ContentType, "application/json").Produces<MemberView>();
        group.MapPut("/{member_id:guid}/password", SetPasswordAsync).Operation("SetMemberPassword", "Give a member a new password", Policies.Admin)
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> CreateAsync(Caller caller, NewMember request, MemberAdmin members, WorkspaceSnapshots snapshots, CancellationToken cancellation)
    {
        var settings = new MemberSettings(request.Name, request.Role, request.Languages ?? []);
        var made = await members.CreateAsync(caller.WorkspaceId, request.Email, settings, request.Password, caller.Actor, cancellation);
        var workspace = await snapshots.GetAsync(caller.WorkspaceId, cancellation);
        return made.ToCreated(m => $"{ApiRoutes.Prefix}/members/{m.MemberId}", m => MemberView.Of(workspace, m));
    }

    private static async Task<IResult> UpdateAsync(Caller caller, [FromRoute(Name = "member_id")] Guid memberId, JsonElement patch, MemberAdmin members,
        WorkspaceSnapshots snapshots, CancellationToken cancellation)
    {
        var changed = await members.UpdateAsync(caller.WorkspaceId, memberId, m => MergePatch.Apply(m, patch), caller.Actor, cancellation);
        var workspace = await snapshots.GetAsync(caller.WorkspaceId, cancellation);
        return changed.ToOk(m => MemberView.Of(workspace, m));
    }

    private static async Task<IResult> SetPasswordAsync(Caller caller, [FromRoute(Name = "member_id")] Guid memberId, NewPassword request, MemberAdmin members,
        CancellationToken cancellation) =>
        (await members.SetPasswordAsync(caller.WorkspaceId, memberId, request.Password, caller.Actor, cancellation)).ToNoContent();
}
