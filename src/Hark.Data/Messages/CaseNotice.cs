using Hark.Domain.Messages;
using Hark.Domain.Sla;

namespace Hark.Data.Messages;

/// <summary>What staff are told about a case.</summary>
public enum CaseNoticeKind { Opened, ClockWarning, ClockBreach, Escalation, Assignment, Mention }

/// <summary>A notice to staff; only what its kind needs is set, and what is not set is left out of the message.</summary>
public sealed record CaseNotice(CaseNoticeKind Kind)
{
    public ClockKind? Clock { get; init; }
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Step of the escalation ladder, from 1.</summary>
    public int? Step { get; init; }

    /// <summary>Name of the member who assigned or wrote.</summary>
    public string? Actor { get; init; }

    /// <summary>The note with the mention.</summary>
    public string? Note { get; init; }

    internal MessageTemplate Template => MessageTemplates.ByKey[Kind switch
    {
        CaseNoticeKind.Opened => MessageTemplates.NoticeOpened,
        CaseNoticeKind.ClockWarning => MessageTemplates.NoticeWarning,
        CaseNoticeKind.ClockBreach => MessageTemplates.NoticeBreach,
        CaseNoticeKind.Escalation => MessageTemplates.NoticeEscalation,
        CaseNoticeKind.Assignment => MessageTemplates.NoticeAssignment,
        CaseNoticeKind.Mention => MessageTemplates.NoticeMention,
    }];
}

/// <summary>A rule asks somebody to look at a signal.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Score">0 to 100; null when the signal was not rated.</param>
/// <param name="CaseNumber">The case the signal belongs to, if any.</param>
public sealed record SignalNotice(Guid SignalId, string Rule, string? Source, string? Touchpoint, double? Score, Guid? CaseId, long? CaseNumber);
