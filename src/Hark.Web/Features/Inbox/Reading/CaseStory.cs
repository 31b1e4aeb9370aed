using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Domain.Cases;
using Hark.Domain.Workspaces;
using Hark.Web.Components.Shared;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Localisation;

namespace Hark.Web.Features.Inbox.Reading;

/// <summary>Makes the timeline of a case out of its events: what one hand did in one change is one line.</summary>
internal static class CaseStory
{
    /// <param name="seenAt">When the reader looked before; null for never, and then nothing is new.</param>
    /// <param name="files">The attachments of the case.</param>
    public static IReadOnlyList<StoryLine> Of(CaseDetails details, Caller caller, Texts texts, DateTimeOffset? seenAt, IReadOnlyDictionary<Guid, CaseAttachment> files)
    {
        var words = new StoryWords(texts, caller.Workspace, details.Contact?.Name);
        var lines = new List<StoryLine>();
        foreach (var group in Groups(details.Timeline))
        {
            var (first, known) = (group[0], group.ConvertAll(e => (Event: e, Detail: CaseEvents.Detail(e.Data))));
            var said = known.LastOrDefault(e => e.Event.Text is not null || e.Event.Kind == CaseEventKind.SignalJoined || IsOpeningOfOther(details, e.Event));
            var signal = said.Event is null ? null : SignalOf(details, said.Event, said.Detail);
            lines.Add(new(
                first.EventId, first.At, first.ActorKind, words.Who(first.ActorKind, first.ActorId), first.ActorKind is ActorKind.Member or ActorKind.Customer ? words.Who(first.ActorKind, first.ActorId) : null,
                StoryWords.Icon(known[^1].Event.Kind), [.. known.Where(e => !GoesWithoutSaying(e.Event, e.Detail, known.Count)).Select(e => words.What(e.Event.Kind, e.Detail))],
                said.Event?.Text ?? signal?.Words?.Text, signal?.Signal.Language, Voice(said.Event?.Kind), ScoreShown.OfSignal(signal?.Signal),
                [.. known.SelectMany(e => e.Detail?.Attachments ?? []).Select(id => files.GetValueOrDefault(id)).OfType<CaseAttachment>()],
                first.At > seenAt && first.ActorId != caller.Actor.Id));
        }
        return lines;
    }

    /// <summary>Cases that were linked and not unlinked since, the newest last.</summary>
    public static IReadOnlyList<LinkedCase> Links(CaseDetails details)
    {
        var links = new Dictionary<Guid, LinkedCase>();
        foreach (var line in details.Timeline.Where(e => e.CaseId == details.Case.CaseId && e.Kind is CaseEventKind.Linked or CaseEventKind.Unlinked))
        {
            if (CaseEvents.Detail(line.Data) is not { CaseId: { } id, Number: { } number }) continue;
            if (line.Kind == CaseEventKind.Linked) links[id] = new(id, number);
            else links.Remove(id);
        }
        return [.. links.Values];
    }

    /// <summary>Keys of the steps of a playbook that were ticked off and not on again.</summary>
    public static IReadOnlySet<string> Done(CaseDetails details, string? playbook)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in details.Timeline.Where(e => e.CaseId == details.Case.CaseId && e.Kind is CaseEventKind.StepDone or CaseEventKind.StepUndone))
        {
            if (CaseEvents.Detail(line.Data) is not { StepKey: { } step } detail || detail.Playbook != playbook) continue;
            if (line.Kind == CaseEventKind.StepDone) done.Add(step);
            else done.Remove(step);
        }
        return done;
    }

    private static (DateTimeOffset, ActorKind, string, Guid, int) Change(CaseEvent e) => (e.At, e.ActorKind, e.ActorId, e.CaseId, CaseEvents.ChangeOf(e.EventId));

    /// <summary>Whoever acts on a case of nobody gets it: that goes without saying beside what they did.</summary>
    private static bool GoesWithoutSaying(CaseEvent e, CaseDetail? detail, int others) => others > 1 && e.Kind == CaseEventKind.Assigned && detail?.AssigneeId?.ToString() == e.ActorId;

    private static IEnumerable<List<CaseEvent>> Groups(IReadOnlyList<CaseEvent> events)
    {
        var group = new List<CaseEvent>();
        foreach (var e in events)
        {
            if (group.Count > 0 && Change(e) != Change(group[0]))
            {
                yield return group;
                group = [];
            }
            group.Add(e);
        }
        if (group.Count > 0) yield return group;
    }

    private static (Signal Signal, Verbatim? Words)? SignalOf(CaseDetails details, CaseEvent e, CaseDetail? detail)
    {
        var id = detail?.SignalId ?? (IsOpeningOfOther(details, e) ? details.Signals.Where(s => s.Signal.CaseId == details.Case.CaseId && s.Signal.OccurredAt <= e.At)
            .OrderByDescending(s => s.Signal.OccurredAt).Select(s => (Guid?)s.Signal.SignalId).FirstOrDefault(s => s != details.Case.FirstSignalId) : null);
        return details.Signals.Where(s => s.Signal.SignalId == id).Select(s => ((Signal, Verbatim?)?)s).FirstOrDefault();
    }

    /// <summary>A case that was merged into this one brings its own beginning along.</summary>
    private static bool IsOpeningOfOther(CaseDetails details, CaseEvent e) => e.Kind == CaseEventKind.Opened && e.CaseId != details.Case.CaseId;

    private static StoryVoice Voice(CaseEventKind? kind) => kind switch
    {
        CaseEventKind.NoteAdded or CaseEventKind.CallBackDone or CaseEventKind.Reopened => StoryVoice.Note,
        CaseEventKind.CustomerReplied or CaseEventKind.SignalJoined or CaseEventKind.Opened or CaseEventKind.Verified or CaseEventKind.Denied => StoryVoice.Customer,
        _ => StoryVoice.Us,
    };
}
