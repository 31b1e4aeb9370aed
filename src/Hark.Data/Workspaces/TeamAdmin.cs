using System.Net.Mail;
using System.Text.RegularExpressions;
using Hark.Data.Model;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Workspaces;

/// <summary>What may be said about a team besides its key.</summary>
/// <param name="Email">Where its notices go besides its members; null for nowhere.</param>
public sealed record TeamSettings(string Name, string? Email);

/// <summary>Somebody's place in a team.</summary>
public sealed record TeamPlace(Guid MemberId, bool Lead);

/// <summary>Teams and who is in them.</summary>
public sealed partial class TeamAdmin(SettingsWriter writer)
{
    /// <param name="key">Its name in rules, never changed: lower-case letters, digits, <c>-</c> and <c>_</c>, at most 50.</param>
    public Task<Result<Team>> CreateAsync(Guid workspaceId, string key, TeamSettings settings, Actor actor, CancellationToken cancellation = default) =>
        writer.ChangeAsync<Team>(workspaceId, actor, change =>
        {
            var errors = Check(settings);
            if (!KeyShape().IsMatch(key)) errors.Add("/key", "must be 1 to 50 lower-case letters, digits, - or _, beginning with a letter or digit");
            if (errors.Any) return Task.FromResult<Result<Team>>(Error.Invalid(errors));
            var team = new Team { WorkspaceId = workspaceId, TeamId = change.NewId(), Key = key, Name = settings.Name.Trim(), Email = settings.Email, CreatedAt = change.Now };
            change.Db.Teams.Add(team);
            change.Audit("team.created", "team", team.TeamId.ToString(), new { key, settings.Name, settings.Email });
            return Task.FromResult<Result<Team>>(team);
        }, cancellation);

    public Task<Result<Team>> UpdateAsync(Guid workspaceId, Guid teamId, Func<TeamSettings, Result<TeamSettings>> edit, Actor actor, CancellationToken cancellation = default) =>
        writer.ChangeAsync<Team>(workspaceId, actor, async change =>
        {
            var team = await change.Db.Teams.SingleOrDefaultAsync(t => t.WorkspaceId == workspaceId && t.TeamId == teamId, cancellation);
            if (team is null) return Error.NotFound("team");
            var before = new TeamSettings(team.Name, team.Email);
            var edited = edit(before);
            if (edited.Error is { } refused) return refused;
            var after = edited.Value;
            if (Check(after) is { Any: true } errors) return Error.Invalid(errors);
            (team.Name, team.Email) = (after.Name.Trim(), after.Email);
            change.Audit("team.changed", "team", teamId.ToString(), new { before, after });
            return team;
        }, cancellation);

    /// <summary>Says who is in a team: the whole list, replacing the one there was.</summary>
    public Task<Result<IReadOnlyList<TeamPlace>>> SetMembersAsync(Guid workspaceId, Guid teamId, IReadOnlyList<TeamPlace> places, Actor actor,
        CancellationToken cancellation = default) =>
        writer.ChangeAsync<IReadOnlyList<TeamPlace>>(workspaceId, actor, async change =>
        {
            if (!await change.Db.Teams.AnyAsync(t => t.WorkspaceId == workspaceId && t.TeamId == teamId, cancellation)) return Error.NotFound("team");
            var known = await change.Db.Members.Where(m => m.WorkspaceId == workspaceId).Select(m => m.MemberId).ToHashSetAsync(cancellation);
            if (CheckPlaces(places, known) is { Any: true } errors) return Error.Invalid(errors);
            var before = await change.Db.TeamMembers.Where(m => m.WorkspaceId == workspaceId && m.TeamId == teamId).ToListAsync(cancellation);
            foreach (var old in before)
            {
                if (places.FirstOrDefault(p => p.MemberId == old.MemberId) is { } kept) old.Lead = kept.Lead;
                else change.Db.TeamMembers.Remove(old);
            }
            change.Db.TeamMembers.AddRange(places.Where(p => before.TrueForAll(b => b.MemberId != p.MemberId))
                .Select(p => new TeamMember { WorkspaceId = workspaceId, TeamId = teamId, MemberId = p.MemberId, Lead = p.Lead }));
            change.Audit("team.members_changed", "team", teamId.ToString(), new { members = places });
            return Result.From(places);
        }, cancellation);

    private static InputErrors CheckPlaces(IReadOnlyList<TeamPlace> places, HashSet<Guid> known)
    {
        var errors = new InputErrors();
        var seen = new HashSet<Guid>();
        for (var i = 0; i < places.Count; i++)
        {
            var pointer = FormattableString.Invariant($"/members/{i}/member_id");
            if (!known.Contains(places[i].MemberId)) errors.Add(pointer, "names no member of this workspace");
            else if (!seen.Add(places[i].MemberId)) errors.Add(pointer, "names somebody who is in the list already");
        }
        return errors;
    }

    private static InputErrors Check(TeamSettings settings)
    {
        var errors = new InputErrors();
        if (string.IsNullOrWhiteSpace(settings.Name) || settings.Name.Length > SourceSettings.LongestName)
            errors.Add("/name", $"must have 1 to {SourceSettings.LongestName} characters");
        if (settings.Email is { } email && !MailAddress.TryCreate(email, out _)) errors.Add("/email", "must be an e-mail address");
        return errors;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,49}$")]
    private static partial Regex KeyShape();
}
