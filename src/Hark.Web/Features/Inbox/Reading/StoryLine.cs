using Hark.Data.Model;
using Hark.Domain.Workspaces;

namespace Hark.Web.Features.Inbox.Reading;

/// <summary>Whose words a message in the timeline is.</summary>
public enum StoryVoice { Us, Note, Customer }

/// <summary>One line of the timeline: what one hand did at one moment.</summary>
/// <param name="Face">The name behind initials; null where a machine did it.</param>
/// <param name="What">In words, the most telling part last.</param>
/// <param name="Score">Of a signal that came in.</param>
/// <param name="IsNew">Happened since the person looked last, by other hands.</param>
public sealed record StoryLine(
    Guid Id, DateTimeOffset At, ActorKind By, string Who, string? Face, string Icon, IReadOnlyList<string> What, string? Words, string? Language, StoryVoice Voice,
    Components.Shared.ScoreShown? Score, IReadOnlyList<CaseAttachment> Attachments, bool IsNew);
