using Hark.Domain.Signals;

namespace Hark.Data.Model;

/// <summary>A signal as a fact: nothing here tells who a person is. Words live in <see cref="Verbatim"/>, persons in <see cref="Contact"/>.</summary>
public sealed class Signal
{
    public Guid WorkspaceId { get; set; }
    public Guid SignalId { get; set; }
    public Guid SourceId { get; set; }
    public string? ExternalId { get; set; }

    /// <summary>See <see cref="PreparedSignal.DedupeKey"/>; unique in the workspace.</summary>
    public Guid DedupeKey { get; set; }
    public long ContentHash { get; set; }
    public DateTimeOffset OccurredAt { get; set; }
    public DateTimeOffset ReceivedAt { get; set; }
    public Channel Channel { get; set; }
    public SignalKind Kind { get; set; }
    public string? Touchpoint { get; set; }
    public RatingScale? RatingScale { get; set; }
    public double? RatingValue { get; set; }
    public double? RatingMin { get; set; }
    public double? RatingMax { get; set; }

    /// <summary>The score in thousandths: 0 to 100,000.</summary>
    public int? ScoreMilli { get; set; }
    public bool? Negative { get; set; }
    public bool HasText { get; set; }
    public string? Language { get; set; }
    public SentimentLabel? SentimentLabel { get; set; }
    public double? SentimentValue { get; set; }
    public double? SentimentConfidence { get; set; }
    public Severity Severity { get; set; }

    /// <summary>The contact that owns the strongest key; never rewritten by merges, which act on <see cref="Contact.CanonicalId"/>.</summary>
    public Guid? ContactId { get; set; }
    public Guid? AccountId { get; set; }
    public string? Cohort { get; set; }
    public string? Persona { get; set; }
    public string? SubjectOrder { get; set; }
    public string? Sku { get; set; }
    public string? Location { get; set; }
    public string? Ticket { get; set; }
    public string? Issue { get; set; }
    public bool? ConsentContactBack { get; set; }
    public bool? ConsentResearch { get; set; }

    /// <summary>JSON array of strings.</summary>
    public string? Tags { get; set; }

    /// <summary>JSON array of {key, confidence, by}.</summary>
    public string? Topics { get; set; }

    /// <summary>JSON array of segment keys.</summary>
    public string? Segments { get; set; }

    /// <summary>JSON object of flat values.</summary>
    public string? Attributes { get; set; }

    /// <summary>JSON array of {by, version, concluded}: which rule and which model decided what.</summary>
    public string? Trail { get; set; }
    public Guid? CaseId { get; set; }

    /// <summary>Rises when the source sends the signal again, changed.</summary>
    public int Revision { get; set; }
}

/// <summary>A person's words. Erased with the person; the facts stay.</summary>
public sealed class Verbatim
{
    public Guid WorkspaceId { get; set; }
    public Guid SignalId { get; set; }
    public string? Text { get; set; }

    /// <summary>Further answers of a survey: JSON array of {question, value}.</summary>
    public string? Answers { get; set; }
}

/// <summary>The label kinds by which signals are found.</summary>
public enum LabelKind { Tag, Topic, Segment }

/// <summary>The index from a tag, topic or segment to its signals, newest last.</summary>
public sealed class SignalLabel
{
    public Guid WorkspaceId { get; set; }
    public LabelKind Kind { get; set; }
    public required string Label { get; set; }
    public DateTimeOffset OccurredAt { get; set; }
    public Guid SignalId { get; set; }
}

/// <summary>A signal whose words wait to be indexed for search; written with the signal, removed by the indexer.</summary>
public sealed class SearchQueueEntry
{
    public Guid WorkspaceId { get; set; }
    public Guid SignalId { get; set; }
}

/// <summary>
/// Counts and sums of the signals of one hour or day that share one value of one dimension. All columns are exact integers that only ever move by a
/// difference, so a cell does not depend on the order of its signals. Each node writes its own shard.
/// </summary>
public sealed class AggregateCell
{
    public Guid WorkspaceId { get; set; }
    public AggregateGrain Grain { get; set; }
    public required string Dimension { get; set; }

    /// <summary>Start of the UTC hour, or of the day in the workspace's zone.</summary>
    public DateTimeOffset BucketAt { get; set; }
    public required string Value { get; set; }
    public int Shard { get; set; }
    public long Signals { get; set; }
    public long Comments { get; set; }

    /// <summary>Signals of which it is known whether they are negative, and those that are.</summary>
    public long Judged { get; set; }
    public long Negatives { get; set; }
    public long Scored { get; set; }

    /// <summary>Sum of scores in thousandths, and of their squares.</summary>
    public long ScoreSum { get; set; }
    public long ScoreSquares { get; set; }
    public long NpsCount { get; set; }
    public long Promoters { get; set; }
    public long Detractors { get; set; }
    public long CsatCount { get; set; }
    public long CsatSum { get; set; }
    public long CsatSquares { get; set; }
    public long CsatTop { get; set; }
    public long CesCount { get; set; }
    public long CesSum { get; set; }
    public long CesSquares { get; set; }
    public long CesTop { get; set; }
}

/// <summary>The two resolutions of <see cref="AggregateCell"/>.</summary>
public enum AggregateGrain { Hour, Day }
