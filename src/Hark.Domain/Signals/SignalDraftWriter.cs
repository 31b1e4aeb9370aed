using System.Text.Json;
using Hark.Domain.Common;

namespace Hark.Domain.Signals;

/// <summary>Writes drafts in the form that <see cref="SignalDraftReader"/> reads; what is absent is left out.</summary>
public static class SignalDraftWriter
{
    public static string ToJson(SignalDraft draft) => CanonicalJson.Write(Write, draft);

    public static void Write(Utf8JsonWriter json, SignalDraft draft)
    {
        json.WriteStartObject();
        Text(json, "id", draft.Id);
        if (draft.OccurredAt is { } at) json.WriteString("occurred_at", at.ToUniversalTime().UtcDateTime);
        if (draft.Channel is { } channel) json.WriteString("channel", EnumNames<Channel>.Of(channel));
        if (draft.Kind is { } kind) json.WriteString("kind", EnumNames<SignalKind>.Of(kind));
        Text(json, "touchpoint", draft.Touchpoint);
        if (draft.Rating is { } rating) WriteRating(json, rating);
        Text(json, "text", draft.Text);
        Text(json, "language", draft.Language);
        if (draft.Contact is { } contact) WriteContact(json, contact);
        if (draft.Account is { } account) WriteAccount(json, account);
        if (draft.Subject is { } subject) WriteSubject(json, subject);
        if (draft.Consent is { } consent) WriteConsent(json, consent);
        Texts(json, "tags", draft.Tags);
        Texts(json, "topics", draft.Topics);
        Values(json, "attributes", draft.Attributes);
        if (draft.Answers.Count > 0) WriteAnswers(json, draft.Answers);
        json.WriteEndObject();
    }

    private static void WriteRating(Utf8JsonWriter json, RatingDraft rating)
    {
        json.WriteStartObject("rating");
        Text(json, "scale", rating.Scale);
        Number(json, "value", rating.Value);
        Number(json, "min", rating.Min);
        Number(json, "max", rating.Max);
        json.WriteEndObject();
    }

    private static void WriteContact(Utf8JsonWriter json, ContactDraft contact)
    {
        json.WriteStartObject("contact");
        Text(json, "id", contact.Id);
        Text(json, "email", contact.Email);
        Text(json, "phone", contact.Phone);
        Text(json, "name", contact.Name);
        Text(json, "locale", contact.Locale);
        Values(json, "traits", contact.Traits);
        json.WriteEndObject();
    }

    private static void WriteAccount(Utf8JsonWriter json, AccountDraft account)
    {
        json.WriteStartObject("account");
        Text(json, "id", account.Id);
        Text(json, "name", account.Name);
        if (account.AnnualValue is { } value) json.WriteNumber("annual_value", value);
        Text(json, "currency", account.Currency);
        if (account.RenewsOn is { } renews) json.WriteString("renews_on", renews.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        Values(json, "traits", account.Traits);
        json.WriteEndObject();
    }

    private static void WriteSubject(Utf8JsonWriter json, SubjectDraft subject)
    {
        json.WriteStartObject("subject");
        Text(json, "order", subject.Order);
        Text(json, "sku", subject.Sku);
        Text(json, "location", subject.Location);
        Text(json, "ticket", subject.Ticket);
        Text(json, "issue", subject.Issue);
        json.WriteEndObject();
    }

    private static void WriteConsent(Utf8JsonWriter json, ConsentDraft consent)
    {
        json.WriteStartObject("consent");
        if (consent.ContactBack is { } contactBack) json.WriteBoolean("contact_back", contactBack);
        if (consent.Research is { } research) json.WriteBoolean("research", research);
        json.WriteEndObject();
    }

    private static void WriteAnswers(Utf8JsonWriter json, IReadOnlyList<AnswerDraft> answers)
    {
        json.WriteStartArray("answers");
        foreach (var answer in answers)
        {
            json.WriteStartObject();
            json.WriteString("question", answer.Question);
            json.WritePropertyName("value");
            answer.Value.WriteTo(json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void Values(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, Scalar> values)
    {
        if (values.Count == 0) return;
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            json.WritePropertyName(key);
            value.WriteTo(json);
        }
        json.WriteEndObject();
    }
}
