using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Signals;
using Hark.Domain.Sla;

namespace Hark.Web.Features.Cases;

/// <summary>A stretch of a clock's life; <paramref name="To"/> is null while it lasts.</summary>
public sealed record ClockSegmentView(DateTimeOffset From, DateTimeOffset? To, SegmentKind Kind, string? Reason);

/// <summary>A clock as it stands now.</summary>
/// <param name="TargetSeconds">Working time allowed.</param>
/// <param name="ElapsedSeconds">Working time used.</param>
/// <param name="RemainingSeconds">Working time left; negative when overdue.</param>
/// <param name="DueAt">Null while paused: the time left is what is known.</param>
/// <param name="NextAt">When the next thing happens by itself: a warning, the breach, a step of escalation.</param>
public sealed record ClockView(
    ClockKind Kind, int Round, ClockState State, string Policy, int PolicyVersion, string Calendar, double TargetSeconds, double ElapsedSeconds, double RemainingSeconds,
    DateTimeOffset StartedAt, DateTimeOffset? DueAt, DateTimeOffset? WarnAt, DateTimeOffset? MetAt, bool Breached, DateTimeOffset? BreachedAt, ClockMomentKind? Next,
    DateTimeOffset? NextAt, IReadOnlyList<ClockSegmentView> Segments)
{
    public static ClockView Of(CaseClock row, SlaCatalogue catalogue, DateTimeOffset now)
    {
        var clock = CaseClocks.ToClock(row);
        var (terms, r) = (clock.TermsInForce, ClockReader.Read(clock, catalogue, now));
        return new(
            clock.Kind, clock.Round, clock.State, terms.Policy, terms.PolicyVersion, terms.Calendar.ToString(), terms.Target.TotalSeconds, r.Elapsed.TotalSeconds,
            r.Remaining.TotalSeconds, clock.StartedAt, Known(r.DueAt), Known(r.WarnAt), row.MetAt, r.IsBreached, r.BreachedAt, r.Next?.Kind, Known(r.Next?.At),
            [.. clock.Segments.Select(s => new ClockSegmentView(s.From, s.To, s.Kind, s.Reason))]);
    }

    /// <summary>The end of time means never.</summary>
    private static DateTimeOffset? Known(DateTimeOffset? at) => at == DateTimeOffset.MaxValue ? null : at;
}

/// <summary>A signal of the case with its words.</summary>
/// <param name="Id">The source's own id.</param>
/// <param name="Score">0 to 100.</param>
public sealed record CaseSignalView(
    Guid SignalId, string? Id, string? Source, Channel Channel, SignalKind Kind, DateTimeOffset OccurredAt, RatingView? Rating, double? Score, string? Text,
    IReadOnlyList<AnswerView> Answers, string? Language, SentimentLabel? Sentiment, Severity Severity, IReadOnlyList<string> Tags, string? Order, string? Sku, string? Location)
{
    public static CaseSignalView Of(WorkspaceSnapshot workspace, Signal s, Verbatim? words) => new(
        s.SignalId, s.ExternalId, workspace.SourceById.GetValueOrDefault(s.SourceId)?.Name, s.Channel, s.Kind, s.OccurredAt,
        s is { RatingScale: { } scale, RatingValue: { } value } ? new RatingView(scale, value) : null, s.ScoreMilli / 1000.0, words?.Text,
        [.. SignalJson.Answers(words?.Answers).Select(a => new AnswerView(a.Question, a.Value.ToString()))], s.Language, s.SentimentLabel, s.Severity,
        SignalJson.Strings(s.Tags), s.SubjectOrder, s.Sku, s.Location);
}

public sealed record RatingView(RatingScale Scale, double Value);

public sealed record AnswerView(string Question, string? Value);

/// <summary>The customer at the side.</summary>
public sealed record CaseContactView(Guid ContactId, string? Name, string? Email, string? Phone, string? Locale, string? Persona, long SignalCount, DateTimeOffset FirstSignalAt)
{
    public static CaseContactView Of(Contact c) => new(c.ContactId, c.Name, c.Email, c.Phone, c.Locale, c.Persona, c.SignalCount, c.FirstSignalAt);
}

/// <summary>"Did we solve it?", asked in a round.</summary>
/// <param name="Solved">Null without an answer.</param>
public sealed record QuestionView(int Round, DateTimeOffset AskedAt, DateTimeOffset ExpiresAt, DateTimeOffset? AnsweredAt, bool? Solved, string? Comment);

/// <summary>A promised call.</summary>
public sealed record CallBackView(Guid CallBackId, CallBackState State, DateTimeOffset SlotStart, DateTimeOffset SlotEnd, string? Phone, string? Note);

/// <summary>Everything about a case: its own fields, and what belongs to it.</summary>
public sealed record CaseDetailsView : CaseView
{
    public CaseContactView? Contact { get; private init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<CaseSignalView> Signals { get; private init; } = [];

    /// <summary>Of all rounds.</summary>
    public IReadOnlyList<ClockView> Clocks { get; private init; } = [];

    /// <summary>Oldest first, with the lines of cases merged into this one.</summary>
    public IReadOnlyList<CaseEventView> Timeline { get; private init; } = [];
    public IReadOnlyList<QuestionView> Questions { get; private init; } = [];
    public IReadOnlyList<CallBackView> CallBacks { get; private init; } = [];

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    private CaseDetailsView(CaseView view, CaseDetails d, WorkspaceSnapshot workspace, DateTimeOffset now) : base(view)
    {
        var catalogue = WorkspacePolicies.Of(workspace).Catalogue;
        Contact = d.Contact is { } contact ? CaseContactView.Of(contact) : null;
        Signals = [.. d.Signals.Select(s => CaseSignalView.Of(workspace, s.Signal, s.Words))];
        Clocks = [.. d.Clocks.Select(k => ClockView.Of(k, catalogue, now))];
        Timeline = [.. d.Timeline.Select(e => CaseEventView.Of(workspace, e))];
        Questions = [.. d.Questions.Select(q => new QuestionView(q.Round, q.AskedAt, q.ExpiresAt, q.AnsweredAt, q.Solved, q.Comment))];
        CallBacks = [.. d.CallBacks.Select(b => new CallBackView(b.CallBackId, b.State, b.SlotStart, b.SlotEnd, b.Phone, b.Note))];
    }

    public static CaseDetailsView Of(WorkspaceSnapshot workspace, CaseDetails details, DateTimeOffset now) =>
        new(CaseView.Of(workspace, details.Case, now), details, workspace, now);
}
