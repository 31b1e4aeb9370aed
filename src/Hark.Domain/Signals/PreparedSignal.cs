using Hark.Domain.Identity;

namespace Hark.Domain.Signals;

/// <summary>
/// A checked, normalised and enriched signal: everything the intake writer needs, computed outside its transaction.
/// Made by the preparer; nothing changes it after it is queued.
/// </summary>
public sealed class PreparedSignal
{
    public required Guid WorkspaceId { get; init; }

    /// <summary>Ours, made when the signal was prepared, so that a repeated commit recognises its own work.</summary>
    public required Guid SignalId { get; init; }
    public required Guid SourceId { get; init; }
    public required string SourceName { get; init; }

    /// <summary>The source's own id, or null where it sent none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The first 128 bits of SHA-256 over source and own id (or idempotency key, or <see cref="SignalId"/>): what makes a signal "the same".</summary>
    public required Guid DedupeKey { get; init; }

    /// <summary>A hash of everything that was sent, to tell a repetition from a change.</summary>
    public required long ContentHash { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required Channel Channel { get; init; }
    public required SignalKind Kind { get; init; }
    public string? Touchpoint { get; init; }
    public Rating? Rating { get; init; }

    /// <summary>The person's words, masked where the workspace asks for it. Kept apart from the facts.</summary>
    public string? Text { get; init; }

    /// <summary>Primary language subtag (ISO 639), lower case; null while unknown.</summary>
    public string? Language { get; set; }
    public ContactKeys? Contact { get; init; }
    public AccountDraft? Account { get; init; }
    public SubjectDraft Subject { get; init; } = new();
    public ConsentDraft Consent { get; init; } = new();
    public IReadOnlyList<string> Tags { get; set; } = [];
    public IReadOnlyDictionary<string, Scalar> Attributes { get; init; } = Scalar.NoValues;
    public IReadOnlyList<AnswerDraft> Answers { get; init; } = [];

    // What the enrichers found.
    public IReadOnlyList<TopicLabel> Topics { get; set; } = [];
    public Sentiment? Sentiment { get; set; }

    /// <summary>The strongest emotion of the words; null where none is sure enough.</summary>
    public string? Emotion { get; set; }

    /// <summary>Whether the words can wait: <c>routine</c> or <c>urgent</c>; null without words.</summary>
    public string? Urgency { get; set; }

    /// <summary>What the words ask for, and what they name as the cause.</summary>
    public IReadOnlyList<string> Needs { get; set; } = [];
    public IReadOnlyList<string> Causes { get; set; } = [];
    public Severity Severity { get; set; }

    /// <summary>Which enricher concluded what, with its version: the start of the signal's trail.</summary>
    public List<TrailEntry> Trail { get; } = [];

    /// <summary>True where the rating or, without one, the sentiment is negative; null where neither speaks.</summary>
    public bool? Negative => Rating is { } rating ? rating.Band == RatingBand.Negative : Sentiment?.Label switch
    {
        SentimentLabel.Negative => true,
        SentimentLabel.Neutral or SentimentLabel.Positive => false,
        SentimentLabel.Unknown or null => null,
    };
}

/// <summary>A topic of a signal.</summary>
/// <param name="Confidence">0 to 1; 1 for a source or a person.</param>
/// <param name="By">Who says so: one of the constants.</param>
/// <param name="Version">Of the taxonomy or the model that says so; null for a source or a person.</param>
/// <param name="Sent">The key that the source or the person named, where that topic was merged into this one since.</param>
public sealed record TopicLabel(string Key, double Confidence, string By,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] string? Version = null,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] string? Sent = null)
{
    public const string BySource = "source", ByPerson = "person", ByPhrase = "phrase", ByModel = "model";

    /// <summary>Given, not concluded: it stays whatever the taxonomy and the models become.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsGiven => By is BySource or ByPerson;
}

/// <param name="Value">−1 (as bad as it gets) to 1.</param>
/// <param name="Confidence">0 to 1, calibrated.</param>
public sealed record Sentiment(SentimentLabel Label, double Value, double Confidence);

/// <summary>One step of an automatic decision: what decided (rule, model, setting), in which version, and what it concluded.</summary>
public sealed record TrailEntry(string By, string Version, string Concluded);
