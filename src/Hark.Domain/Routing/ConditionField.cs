using System.Diagnostics.CodeAnalysis;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Understanding;
using Hark.Domain.Understanding.Needs;

namespace Hark.Domain.Routing;

/// <summary>What kind of value a field holds, and so which comparisons it takes.</summary>
public enum FieldType
{
    Text,

    /// <summary>One of a closed list of names.</summary>
    Choice,
    Number,
    Truth,

    /// <summary>A moment.</summary>
    Instant,

    /// <summary>A calendar day.</summary>
    Date,

    /// <summary>Several texts; a comparison holds when it holds for any of them.</summary>
    List,

    /// <summary>Whatever the source sent: the value compared with decides the type.</summary>
    Scalar,
}

/// <summary>What must be fetched before a condition that names the field can be evaluated.</summary>
[Flags]
public enum FieldNeeds { None = 0, Text = 1, Contact = 2, Account = 4, Cohort = 8, Segments = 16 }

internal delegate bool AnyText(ref Facts facts, Func<string, bool> test);
internal delegate bool AnyScalar(RoutingContext context, Func<Scalar, bool> test);

/// <summary>A field that conditions may name. Exactly one reader is set: that of its type, or an any-of reader.</summary>
public sealed record ConditionField
{
    public required string Name { get; init; }
    public required FieldType Type { get; init; }
    public FieldNeeds Needs { get; init; }

    /// <summary>The names of a <see cref="FieldType.Choice"/>; empty for the other types.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    internal Func<RoutingContext, string?>? ReadText { get; init; }
    internal Func<RoutingContext, double?>? ReadNumber { get; init; }
    internal Func<RoutingContext, bool?>? ReadTruth { get; init; }
    internal Func<RoutingContext, DateTimeOffset?>? ReadInstant { get; init; }
    internal Func<RoutingContext, DateOnly?>? ReadDate { get; init; }
    internal AnyText? AnyOfTexts { get; init; }
    internal AnyScalar? AnyOfScalars { get; init; }
}

/// <summary>All fields that conditions may name.</summary>
public static class ConditionFields
{
    private static readonly string[] Cohorts = ["new", "active", "long_term"];
    private static readonly string[] NpsGroups = ["detractor", "passive", "promoter"];

    private static readonly Dictionary<string, ConditionField> Fixed = Catalogue().ToDictionary(f => f.Name, StringComparer.Ordinal);

    private static readonly Dictionary<string, (FieldNeeds Needs, Func<RoutingContext, IReadOnlyDictionary<string, Scalar>?> Read)> Maps = new(StringComparer.Ordinal)
    {
        ["attributes."] = (FieldNeeds.None, static c => c.Signal.Attributes),
        ["contact.traits."] = (FieldNeeds.Contact, static c => c.Contact?.Traits),
        ["account.traits."] = (FieldNeeds.Account, static c => c.Account?.Traits),
    };

    /// <summary>Every fixed field, and the open ones as <c>attributes.*</c>; for an editor's menu and for "did you mean".</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Fixed.Keys, .. Maps.Keys.Select(k => k + "*"), "answers.*"];

    /// <summary>Finds a field. Names under <c>attributes.</c>, <c>answers.</c>, <c>contact.traits.</c> and <c>account.traits.</c> always exist.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out ConditionField? field)
    {
        if (Fixed.TryGetValue(name, out field)) return true;
        foreach (var (prefix, map) in Maps)
        {
            if (!IsUnder(name, prefix)) continue;
            var (key, read) = (name[prefix.Length..], map.Read);
            field = new ConditionField
            {
                Name = name,
                Type = FieldType.Scalar,
                Needs = map.Needs,
                AnyOfScalars = (c, test) => read(c) is { } values && values.TryGetValue(key, out var value) && value.Kind != System.Text.Json.JsonValueKind.Null && test(value),
            };
            return true;
        }
        if (IsUnder(name, "answers.")) field = Answer(name, name["answers.".Length..]);
        return field is not null;
    }

    private static bool IsUnder(string name, string prefix) => name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal);

    /// <summary>A question of several choices has several answers, so any of them counts.</summary>
    private static ConditionField Answer(string name, string question) => new()
    {
        Name = name,
        Type = FieldType.Scalar,
        AnyOfScalars = (c, test) =>
        {
            var answers = c.Signal.Answers;
            for (var i = 0; i < answers.Count; i++)
            {
                if (answers[i].Question == question && answers[i].Value.Kind != System.Text.Json.JsonValueKind.Null && test(answers[i].Value)) return true;
            }
            return false;
        },
    };

    private static IEnumerable<ConditionField> Catalogue() =>
        [.. SignalFields(), .. RatingFields(), .. ContactFields(), .. AccountFields()];

    private static IEnumerable<ConditionField> SignalFields() =>
    [
        Choice("channel", EnumNames<Channel>.All, static c => EnumNames<Channel>.Of(c.Signal.Channel)),
        Choice("kind", EnumNames<SignalKind>.All, static c => EnumNames<SignalKind>.Of(c.Signal.Kind)),
        Choice("severity", EnumNames<Severity>.All, static c => EnumNames<Severity>.Of(c.Signal.Severity)),
        Choice("sentiment", EnumNames<SentimentLabel>.All, static c => c.Signal.Sentiment is { } s ? EnumNames<SentimentLabel>.Of(s.Label) : null),
        Number("sentiment.value", static c => c.Signal.Sentiment?.Value),
        Number("sentiment.confidence", static c => c.Signal.Sentiment?.Confidence),
        Choice("emotion", Understander.ToldEmotions, static c => c.Signal.Emotion),
        Choice("urgency", Understander.Urgencies, static c => c.Signal.Urgency),
        Text("source", static c => c.Signal.SourceName),
        Text("touchpoint", static c => c.Signal.Touchpoint),
        Text("text", static c => c.Signal.Text, FieldNeeds.Text),
        Text("language", static c => c.Signal.Language),
        Text("subject.order", static c => c.Signal.Subject.Order),
        Text("subject.sku", static c => c.Signal.Subject.Sku),
        Text("subject.location", static c => c.Signal.Subject.Location),
        Text("subject.ticket", static c => c.Signal.Subject.Ticket),
        Text("subject.issue", static c => c.Signal.Subject.Issue),
        new() { Name = "consent.contact_back", Type = FieldType.Truth, ReadTruth = static c => c.Signal.Consent.ContactBack },
        new() { Name = "consent.research", Type = FieldType.Truth, ReadTruth = static c => c.Signal.Consent.Research },
        new() { Name = "occurred_at", Type = FieldType.Instant, ReadInstant = static c => c.Signal.OccurredAt },
        new() { Name = "received_at", Type = FieldType.Instant, ReadInstant = static c => c.Signal.ReceivedAt },
        List("tags", static (ref f, test) => AnyOf(f.Context.Signal.Tags, test)),
        List("segments", static (ref f, test) => AnyOf(f.Segments, test), FieldNeeds.Segments),
        List("topics", static (ref f, test) =>
        {
            var topics = f.Context.Signal.Topics;
            for (var i = 0; i < topics.Count; i++)
            {
                if (test(topics[i].Key)) return true;
            }
            return false;
        }),
        List("needs", static (ref f, test) => AnyOf(f.Context.Signal.Needs, test)),
        List("causes", static (ref f, test) => AnyOf(f.Context.Signal.Causes, test)),
        Number("impact", static c => Impact.Of(c.Signal, c.Account), FieldNeeds.Account),
        new() { Name = "reveal", Type = FieldType.Truth, ReadTruth = static c => c.Signal.Tags.Contains(Impact.RevealTag) },
        Choice("cohort", Cohorts, static c => c.Cohort, FieldNeeds.Cohort),
    ];

    private static IEnumerable<ConditionField> RatingFields() =>
    [
        Choice("rating.scale", EnumNames<RatingScale>.All, static c => c.Signal.Rating is { } r ? EnumNames<RatingScale>.Of(r.Scale) : null),
        Number("rating.value", static c => c.Signal.Rating?.Value),
        Number("score", static c => c.Signal.Rating?.ScoreMilli / 1000.0),
        Choice("band", EnumNames<RatingBand>.All, static c => c.Signal.Rating is { } r ? EnumNames<RatingBand>.Of(r.Band) : null),
        Choice("nps_group", NpsGroups, static c => c.Signal.Rating is { Scale: RatingScale.Nps } r ? r.Value <= 6 ? "detractor" : r.Value <= 8 ? "passive" : "promoter" : null),
    ];

    private static IEnumerable<ConditionField> ContactFields() =>
    [
        // The source's own id of the contact, or ours.
        AnyId("contact.id", static (ref f, test) =>
        {
            var keys = f.Context.Signal.Contact?.Keys ?? [];
            for (var i = 0; i < keys.Count; i++)
            {
                if (keys[i].Kind == Identity.IdentityKind.External && test(keys[i].Value)) return true;
            }
            return f.Context.Contact is { } contact && test(contact.ContactId.ToString());
        }, FieldNeeds.Contact),
        Text("contact.email", static c => c.Contact?.Email, FieldNeeds.Contact),
        Text("contact.phone", static c => c.Contact?.Phone, FieldNeeds.Contact),
        Text("contact.name", static c => c.Contact?.Name, FieldNeeds.Contact),
        Text("contact.locale", static c => c.Contact?.Locale, FieldNeeds.Contact),
        Text("contact.persona", static c => c.Contact?.Persona, FieldNeeds.Contact),
    ];

    private static IEnumerable<ConditionField> AccountFields() =>
    [
        AnyId("account.id", static (ref f, test) => f.Context.Account is { } a && (a.ExternalId is { } id && test(id) || test(a.AccountId.ToString())), FieldNeeds.Account),
        Text("account.name", static c => c.Account?.Name, FieldNeeds.Account),
        Number("account.annual_value", static c => (double?)c.Account?.AnnualValue, FieldNeeds.Account),
        Text("account.currency", static c => c.Account?.Currency, FieldNeeds.Account),
        new() { Name = "account.renews_on", Type = FieldType.Date, Needs = FieldNeeds.Account, ReadDate = static c => c.Account?.RenewsOn },
    ];

    private static ConditionField Text(string name, Func<RoutingContext, string?> read, FieldNeeds needs = FieldNeeds.None) =>
        new() { Name = name, Type = FieldType.Text, ReadText = read, Needs = needs };

    private static ConditionField Choice(string name, IReadOnlyList<string> choices, Func<RoutingContext, string?> read, FieldNeeds needs = FieldNeeds.None) =>
        new() { Name = name, Type = FieldType.Choice, Choices = choices, ReadText = read, Needs = needs };

    private static ConditionField Number(string name, Func<RoutingContext, double?> read, FieldNeeds needs = FieldNeeds.None) =>
        new() { Name = name, Type = FieldType.Number, ReadNumber = read, Needs = needs };

    private static ConditionField List(string name, AnyText any, FieldNeeds needs = FieldNeeds.None) =>
        new() { Name = name, Type = FieldType.List, AnyOfTexts = any, Needs = needs };

    /// <summary>One thing with more than one name; each of them compares as text.</summary>
    private static ConditionField AnyId(string name, AnyText any, FieldNeeds needs) =>
        new() { Name = name, Type = FieldType.Text, AnyOfTexts = any, Needs = needs };

    private static bool AnyOf(IReadOnlyList<string> texts, Func<string, bool> test)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            if (test(texts[i])) return true;
        }
        return false;
    }
}
