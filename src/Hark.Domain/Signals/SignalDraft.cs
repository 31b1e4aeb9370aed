namespace Hark.Domain.Signals;

/// <summary>
/// What an adapter makes of its source's own words: the shape of <c>POST /api/v1/signals</c>, not yet checked or normalised.
/// Every channel ends in this record, and only intake takes it further.
/// </summary>
public sealed record SignalDraft
{
    /// <summary>The source's own id; the same id from the same source is the same signal.</summary>
    public string? Id { get; init; }
    public DateTimeOffset? OccurredAt { get; init; }
    public Channel? Channel { get; init; }
    public SignalKind? Kind { get; init; }
    public string? Touchpoint { get; init; }
    public RatingDraft? Rating { get; init; }
    public string? Text { get; init; }
    public string? Language { get; init; }
    public ContactDraft? Contact { get; init; }
    public AccountDraft? Account { get; init; }
    public SubjectDraft? Subject { get; init; }
    public ConsentDraft? Consent { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<string> Topics { get; init; } = [];
    public IReadOnlyDictionary<string, Scalar> Attributes { get; init; } = Scalar.NoValues;
    public IReadOnlyList<AnswerDraft> Answers { get; init; } = [];
}

/// <summary>A rating as sent. <c>min</c> and <c>max</c> belong to the scale <c>custom</c> only.</summary>
public sealed record RatingDraft(string? Scale, double? Value, double? Min = null, double? Max = null);

/// <summary>Who said it, as the source knows them.</summary>
public sealed record ContactDraft
{
    public string? Id { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? Name { get; init; }
    public string? Locale { get; init; }
    public IReadOnlyDictionary<string, Scalar> Traits { get; init; } = Scalar.NoValues;
}

/// <summary>The company the contact belongs to. <c>annual_value</c> is in units of <c>currency</c> (ISO 4217).</summary>
public sealed record AccountDraft
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    public decimal? AnnualValue { get; init; }
    public string? Currency { get; init; }
    public DateOnly? RenewsOn { get; init; }
    public IReadOnlyDictionary<string, Scalar> Traits { get; init; } = Scalar.NoValues;
}

/// <summary>What the signal is about.</summary>
public sealed record SubjectDraft(string? Order = null, string? Sku = null, string? Location = null, string? Ticket = null, string? Issue = null);

/// <summary>What the person agreed to. Null: they were not asked.</summary>
public sealed record ConsentDraft(bool? ContactBack = null, bool? Research = null);

/// <summary>One further answer of a survey: the question's key and what was answered.</summary>
public sealed record AnswerDraft(string Question, Scalar Value);
