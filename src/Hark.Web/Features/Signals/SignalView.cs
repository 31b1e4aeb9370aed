using System.Text.Json;
using System.Text.Json.Serialization;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Workspaces;
using Hark.Domain.Signals;

namespace Hark.Web.Features.Signals;

/// <summary>A signal as the API shows it: what was sent, and what Hark made of it.</summary>
/// <param name="SignalId">Hark's id.</param>
/// <param name="Id">The source's own id.</param>
/// <param name="Score">0 to 100, comparable across scales.</param>
/// <param name="Trail">What decided what: models and rules with their versions.</param>
/// <param name="Revision">Rises when the source sends it again, changed.</param>
public sealed record SignalView(
    Guid SignalId, string? Id, string? Source, DateTimeOffset OccurredAt, DateTimeOffset ReceivedAt, Channel Channel, SignalKind Kind, string? Touchpoint,
    RatingView? Rating, double? Score, bool? Negative, string? Text, string? Language, SentimentView? Sentiment, Severity Severity, IReadOnlyList<TopicLabel> Topics,
    ContactView? Contact, AccountView? Account, SubjectView? Subject, ConsentView? Consent, string? Cohort, string? Persona, IReadOnlyList<string> Segments,
    IReadOnlyList<string> Tags, IReadOnlyDictionary<string, JsonElement> Attributes, IReadOnlyList<AnswerView> Answers, Guid? CaseId, IReadOnlyList<TrailEntry> Trail, int Revision)
{
    public static SignalView Of(WorkspaceSnapshot workspace, SignalRead read)
    {
        var s = read.Signal;
        return new SignalView(
            s.SignalId, s.ExternalId, workspace.SourceById.GetValueOrDefault(s.SourceId)?.Name, s.OccurredAt, s.ReceivedAt, s.Channel, s.Kind, s.Touchpoint,
            RatingView.Of(s), s.ScoreMilli / 1000.0, s.Negative, read.Words?.Text, s.Language, SentimentView.Of(s), s.Severity, SignalJson.Topics(s.Topics),
            ContactView.Of(s, read), AccountView.Of(s, read.Account), SubjectView.Of(s), ConsentView.Of(s), s.Cohort, s.Persona, SignalJson.Strings(s.Segments),
            SignalJson.Strings(s.Tags), Values(s.Attributes), [.. SignalJson.Answers(read.Words?.Answers).Select(a => new AnswerView(a.Question, ToJson(a.Value)))],
            s.CaseId, SignalJson.Trail(s.Trail), s.Revision);
    }

    private static Dictionary<string, JsonElement> Values(string? json) => SignalJson.Values(json).ToDictionary(v => v.Key, v => ToJson(v.Value));

    internal static JsonElement ToJson(Scalar value) => value.Kind switch
    {
        JsonValueKind.Number => JsonSerializer.SerializeToElement(value.Number),
        JsonValueKind.True or JsonValueKind.False => JsonSerializer.SerializeToElement(value.Truth),
        _ => JsonSerializer.SerializeToElement(value.Text),
    };
}

/// <param name="Min">Only on custom scales, like <paramref name="Max"/>.</param>
public sealed record RatingView(RatingScale Scale, double Value,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Min, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Max)
{
    public static RatingView? Of(Signal s) => s is { RatingScale: { } scale, RatingValue: { } value }
        ? new(scale, value, scale == RatingScale.Custom ? s.RatingMin : null, scale == RatingScale.Custom ? s.RatingMax : null) : null;
}

/// <param name="Value">−1 to 1.</param>
/// <param name="Confidence">0 to 1.</param>
public sealed record SentimentView(SentimentLabel Label, double? Value, double? Confidence)
{
    public static SentimentView? Of(Signal s) => s.SentimentLabel is { } label ? new(label, s.SentimentValue, s.SentimentConfidence) : null;
}

/// <summary>The person, as known today.</summary>
/// <param name="ContactId">Hark's id.</param>
/// <param name="Id">The source's own id.</param>
public sealed record ContactView(Guid ContactId, string? Id, string? Email, string? Phone, string? Name, string? Locale, IReadOnlyDictionary<string, JsonElement> Traits)
{
    public static ContactView? Of(Signal s, SignalRead read) => s.ContactId is not { } id ? null : read.Contact is not { } c
        ? new(id, null, null, null, null, null, new Dictionary<string, JsonElement>())
        : new(id, read.ContactKey, c.Email, c.Phone, c.Name, c.Locale, SignalJson.Values(c.Traits).ToDictionary(t => t.Key, t => SignalView.ToJson(t.Value)));
}

/// <summary>The company, as known today.</summary>
public sealed record AccountView(Guid AccountId, string? Id, string? Name, decimal? AnnualValue, string? Currency, DateOnly? RenewsOn)
{
    public static AccountView? Of(Signal s, Account? a) => s.AccountId is { } id ? new(id, a?.ExternalId, a?.Name, a?.AnnualValue, a?.Currency, a?.RenewsOn) : null;
}

/// <summary>What it is about.</summary>
public sealed record SubjectView(string? Order, string? Sku, string? Location, string? Ticket, string? Issue)
{
    public static SubjectView? Of(Signal s) =>
        s is { SubjectOrder: null, Sku: null, Location: null, Ticket: null, Issue: null } ? null : new(s.SubjectOrder, s.Sku, s.Location, s.Ticket, s.Issue);
}

/// <summary>What the person agreed to; null where they were not asked.</summary>
public sealed record ConsentView(bool? ContactBack, bool? Research)
{
    public static ConsentView? Of(Signal s) => s is { ConsentContactBack: null, ConsentResearch: null } ? null : new(s.ConsentContactBack, s.ConsentResearch);
}

public sealed record AnswerView(string Question, JsonElement Value);
