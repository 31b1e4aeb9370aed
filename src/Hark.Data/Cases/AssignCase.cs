using Hark.Data.Messages;
using Hark.Domain.Common;

namespace Hark.Data.Cases;

/// <summary>Gives a case to a team, a person or nobody, and tells a person who got it from somebody else.</summary>
public sealed class AssignCase(CaseWriter cases)
{
    /// <param name="team">A team's key; empty for no team, null to leave it.</param>
    /// <param name="assignee">A member's id or e-mail address; empty for nobody, null to leave it.</param>
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, string? team, string? assignee, CancellationToken cancellation = default) => cases.ChangeAsync(command, async file =>
    {
        var errors = new InputErrors();
        if (team is null && assignee is null) errors.Add("", "must name a team, an assignee or both");
        var teamId = Find(team, file.Case.TeamId, key => file.Workspace.TeamByKey.GetValueOrDefault(key)?.TeamId, "/team", "is not the key of a team", errors);
        var memberId = Find(assignee, file.Case.AssigneeId, name => Member(file, name), "/assignee", "is neither the id nor the address of an active member", errors);
        if (errors.Any) return Error.Invalid(errors);
        var before = file.Case.AssigneeId;
        if (await file.ApplyAsync(file.Case.Assign(teamId, memberId, command.Actor, file.Now), cancellation) is { } error) return error;
        if (memberId is { } got && got != before && got != command.Scope.MemberId)
        {
            var by = command.Scope.MemberId is { } id ? file.Workspace.MemberById.GetValueOrDefault(id)?.Name : null;
            file.Messages.AddRange(file.Mail.Composer.Notice(file.Workspace, new CaseNotice(CaseNoticeKind.Assignment) { Actor = by }, file.Case,
                [file.Workspace.MemberById[got].Email], file.Now));
        }
        return null;
    }, cancellation);

    private static Guid? Find(string? text, Guid? present, Func<string, Guid?> find, string pointer, string reason, InputErrors errors)
    {
        if (text is null) return present;
        if (text.Length == 0) return null;
        var found = find(text);
        if (found is null) errors.Add(pointer, reason);
        return found;
    }

    private static Guid? Member(CaseFile file, string name)
    {
        var member = Guid.TryParse(name, out var id) ? file.Workspace.MemberById.GetValueOrDefault(id) : file.Workspace.MemberByEmail.GetValueOrDefault(name);
        return member is { DisabledAt: null } ? member.MemberId : null;
    }
}
