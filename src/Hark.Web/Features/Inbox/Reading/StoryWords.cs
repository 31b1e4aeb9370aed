using System.Globalization;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Sla;
using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure.Localisation;

namespace Hark.Web.Features.Inbox.Reading;

/// <summary>Says what happened on a case in the reader's language.</summary>
internal sealed class StoryWords(Texts texts, WorkspaceSnapshot workspace, string? customer)
{
    /// <summary>Who did it.</summary>
    public string Who(ActorKind kind, string id) => kind switch
    {
        ActorKind.Member => Name(Guid.TryParse(id, out var member) ? member : null) ?? texts["inbox.somebody"],
        ActorKind.Customer => customer ?? texts["inbox.customer"],
        ActorKind.Rule => texts.Format("inbox.rule", ("name", WorkspacePolicies.Of(workspace).Rules.Rules.FirstOrDefault(r => r.Id == id)?.Name ?? id)),
        ActorKind.Source => Guid.TryParse(id, out var source) ? workspace.SourceById.GetValueOrDefault(source)?.Name ?? id : id,
        ActorKind.System => texts["inbox.automation"],
    };

    /// <summary>What was done, as it stands after who did it.</summary>
    public string What(CaseEventKind kind, CaseDetail? d) => kind switch
    {
        CaseEventKind.Assigned when d is { AssigneeId: null, TeamId: null } => texts["inbox.did_assigned_nobody"],
        CaseEventKind.Assigned => texts.Format("inbox.did_assigned", ("who", string.Join(", ", new[] { Name(d?.AssigneeId), d?.TeamId == d?.FromTeamId && d?.AssigneeId is not null ? null : TeamName(d?.TeamId) }.OfType<string>()))),
        CaseEventKind.Snoozed => texts.Format("inbox.did_snoozed", ("until", d?.Until is { } until ? texts.DayTime(until) : "")),
        CaseEventKind.SeverityChanged => texts.Format("inbox.did_severity_changed", ("severity", texts[$"severity.{EnumNames<Severity>.Of(d!.Severity!.Value)}"])),
        CaseEventKind.Resolved => texts.Format("inbox.did_resolved", ("outcome", texts[$"inbox.outcome_{EnumNames<CaseOutcome>.Of(d!.Outcome!.Value)}"]), ("cause", d.RootCause)),
        CaseEventKind.Merged => texts.Format(d?.From is null ? "inbox.did_merged_in" : "inbox.did_merged", ("number", Number(d))),
        CaseEventKind.MergeUndone or CaseEventKind.Linked or CaseEventKind.Unlinked => texts.Format($"inbox.did_{EnumNames<CaseEventKind>.Of(kind)}", ("number", Number(d))),
        CaseEventKind.CallBackRequested when d?.SlotStart is { } from => texts.Format("inbox.did_call_back_for", ("slot", texts.DayTime(from))),
        CaseEventKind.ClockWarned or CaseEventKind.ClockBreached or CaseEventKind.ClockMet =>
            texts.Format($"inbox.did_{EnumNames<CaseEventKind>.Of(kind)}", ("clock", d?.Clock is { } clock ? texts[$"clock.{EnumNames<ClockKind>.Of(clock)}"] : "")),
        CaseEventKind.StepDone or CaseEventKind.StepUndone => texts.Format($"inbox.did_{EnumNames<CaseEventKind>.Of(kind)}", ("step", Step(d))),
        CaseEventKind.Undone => texts.Format("inbox.did_undone", ("what", d?.Undoes is { } undone ? texts[$"inbox.undone_{EnumNames<CaseEventKind>.Of(undone)}"] : "")),
        _ => texts[$"inbox.did_{EnumNames<CaseEventKind>.Of(kind)}"],
    };

    private string? Name(Guid? memberId) => memberId is { } id ? workspace.MemberById.GetValueOrDefault(id)?.Name : null;

    private string? TeamName(Guid? teamId) => teamId is { } id ? workspace.TeamById.GetValueOrDefault(id)?.Name : null;

    private static string? Number(CaseDetail? detail) => detail?.Number?.ToString(CultureInfo.InvariantCulture);

    private string? Step(CaseDetail? detail) => WorkspacePolicies.Of(workspace).Playbooks.Playbooks.FirstOrDefault(p => p.Key == detail?.Playbook)?.Steps.FirstOrDefault(s => s.Key == detail?.StepKey)?.Text ?? detail?.StepKey;

    public static string Icon(CaseEventKind kind) => kind switch
    {
        CaseEventKind.Opened => "bolt",
        CaseEventKind.SignalJoined or CaseEventKind.Merged or CaseEventKind.MergeUndone => "git-merge",
        CaseEventKind.Assigned => "user",
        CaseEventKind.Replied => "send",
        CaseEventKind.CustomerReplied => "message-2",
        CaseEventKind.NoteAdded => "note",
        CaseEventKind.Snoozed or CaseEventKind.Woken => "zzz",
        CaseEventKind.WaitingForCustomer => "hourglass",
        CaseEventKind.Resolved or CaseEventKind.Verified or CaseEventKind.StepDone => "check",
        CaseEventKind.Denied => "x",
        CaseEventKind.Reopened or CaseEventKind.Undone or CaseEventKind.StepUndone => "arrow-back-up",
        CaseEventKind.VerificationAsked or CaseEventKind.ClosedUnverified => "shield-check",
        CaseEventKind.CallBackRequested or CaseEventKind.CallBackDone or CaseEventKind.CallBackMissed or CaseEventKind.CallBackCancelled => "phone",
        CaseEventKind.ClockWarned or CaseEventKind.ClockBreached or CaseEventKind.Escalated => "alarm",
        CaseEventKind.Linked or CaseEventKind.Unlinked => "link",
        CaseEventKind.Tagged => "tag",
        _ => "circle-dot",
    };
}
