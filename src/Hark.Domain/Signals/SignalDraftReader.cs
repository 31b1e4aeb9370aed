using System.Text.Json;
using Hark.Domain.Common;
using static Hark.Domain.Signals.JsonValueReader;

namespace Hark.Domain.Signals;

/// <summary>
/// Reads one signal of the intake API. Collects everything that is wrong by JSON pointer and goes on, so that one answer names all of it and a batch
/// goes on with its next record. Only malformed JSON ends it, by the reader's <see cref="JsonException"/>; <see cref="SignalBatchReader"/> turns that into a place.
/// </summary>
/// <remarks>Hand-written because this is the hot path of intake: one pass over the tokens, and no allocation but the draft's own strings and lists.</remarks>
public static class SignalDraftReader
{
    /// <summary>The most answers of one signal.</summary>
    public const int MaxAnswers = 256;

    private static readonly JsonNames Signal = new(
        "id", "occurred_at", "channel", "kind", "touchpoint", "rating", "text", "language", "contact", "account", "subject", "consent", "tags", "topics", "attributes", "answers");
    private static readonly JsonNames RatingNames = new("scale", "value", "min", "max");
    private static readonly JsonNames ContactNames = new("id", "email", "phone", "name", "locale", "traits");
    private static readonly JsonNames AccountNames = new("id", "name", "annual_value", "currency", "renews_on", "traits");
    private static readonly JsonNames SubjectNames = new("order", "sku", "location", "ticket", "issue");
    private static readonly JsonNames ConsentNames = new("contact_back", "research");
    private static readonly JsonNames AnswerNames = new("question", "value");
    private static readonly JsonNames Scales = new([.. EnumNames<RatingScale>.All]);
    private static readonly JsonNames Channels = new([.. EnumNames<Channel>.All]);
    private static readonly JsonNames Kinds = new([.. EnumNames<SignalKind>.All]);
    private static readonly Channel[] ChannelValues = Enum.GetValues<Channel>();
    private static readonly SignalKind[] KindValues = Enum.GetValues<SignalKind>();

    /// <summary>
    /// Reads the value the reader stands on (or is about to enter) and leaves the reader on its last token, also when there were errors.
    /// The draft then holds what could be read. Limits of length and meaning are the preparer's.
    /// </summary>
    public static SignalDraft Read(ref Utf8JsonReader reader, InputErrors errors)
    {
        if (reader.TokenType == JsonTokenType.None) reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            errors.Add("", $"must be a signal, an object; it is {Called(reader.TokenType)}");
            reader.Skip();
            return new SignalDraft();
        }
        var members = new Members(Signal, "");
        (string? id, string? touchpoint, string? text, string? language) = (null, null, null, null);
        (DateTimeOffset? occurredAt, Channel? channel, SignalKind? kind) = (null, null, null);
        (RatingDraft? rating, ContactDraft? contact, AccountDraft? account, SubjectDraft? subject, ConsentDraft? consent) = (null, null, null, null, null);
        (IReadOnlyList<string> tags, IReadOnlyList<string> topics, IReadOnlyList<AnswerDraft> answers) = ([], [], []);
        var attributes = Scalar.NoValues;
        while (members.Next(ref reader, errors, out var member))
        {
            switch (member)
            {
                case 0: id = Text(ref reader, errors, "", "id"); break;
                case 1: occurredAt = Instant(ref reader, errors, "", "occurred_at"); break;
                case 2: channel = Choice(ref reader, Channels, ChannelValues, errors, "", "channel"); break;
                case 3: kind = Choice(ref reader, Kinds, KindValues, errors, "", "kind"); break;
                case 4: touchpoint = Text(ref reader, errors, "", "touchpoint"); break;
                case 5: rating = ReadRating(ref reader, errors); break;
                case 6: text = Text(ref reader, errors, "", "text"); break;
                case 7: language = Text(ref reader, errors, "", "language"); break;
                case 8: contact = ReadContact(ref reader, errors); break;
                case 9: account = ReadAccount(ref reader, errors); break;
                case 10: subject = ReadSubject(ref reader, errors); break;
                case 11: consent = ReadConsent(ref reader, errors); break;
                case 12: tags = Texts(ref reader, errors, "", "tags"); break;
                case 13: topics = Texts(ref reader, errors, "", "topics"); break;
                case 14: attributes = Values(ref reader, errors, "", "attributes"); break;
                default: answers = ReadAnswers(ref reader, errors); break;
            }
        }
        return new SignalDraft
        {
            Id = id,
            OccurredAt = occurredAt,
            Channel = channel,
            Kind = kind,
            Touchpoint = touchpoint,
            Rating = rating,
            Text = text,
            Language = language,
            Contact = contact,
            Account = account,
            Subject = subject,
            Consent = consent,
            Tags = tags,
            Topics = topics,
            Attributes = attributes,
            Answers = answers,
        };
    }

    private static RatingDraft? ReadRating(ref Utf8JsonReader reader, InputErrors errors)
    {
        const string At = "/rating";
        if (!IsObject(ref reader, errors, At)) return null;
        string? scale = null;
        (double? value, double? min, double? max) = (null, null, null);
        var members = new Members(RatingNames, At);
        while (members.Next(ref reader, errors, out var member))
        {
            switch (member)
            {
                case 0: scale = ReadScale(ref reader, errors, At); break;
                case 1: value = Number(ref reader, errors, At, "value"); break;
                case 2: min = Number(ref reader, errors, At, "min"); break;
                default: max = Number(ref reader, errors, At, "max"); break;
            }
        }
        return new RatingDraft(scale, value, min, max);
    }

    /// <summary>The known scales are not made anew for every signal; whether the name is one is the preparer's question.</summary>
    private static string? ReadScale(ref Utf8JsonReader reader, InputErrors errors, string at)
    {
        var known = reader.TokenType == JsonTokenType.String ? Scales.Find(ref reader, 0) : -1;
        return known >= 0 ? Scales[known] : Text(ref reader, errors, at, "scale");
    }

    private static ContactDraft? ReadContact(ref Utf8JsonReader reader, InputErrors errors)
    {
        const string At = "/contact";
        if (!IsObject(ref reader, errors, At)) return null;
        (string? id, string? email, string? phone, string? name, string? locale) = (null, null, null, null, null);
        var traits = Scalar.NoValues;
        var members = new Members(ContactNames, At);
        while (members.Next(ref reader, errors, out var member))
        {
            switch (member)
            {
                case 0: id = Text(ref reader, errors, At, "id"); break;
                case 1: email = Text(ref reader, errors, At, "email"); break;
                case 2: phone = Text(ref reader, errors, At, "phone"); break;
                case 3: name = Text(ref reader, errors, At, "name"); break;
                case 4: locale = Text(ref reader, errors, At, "locale"); break;
                default: traits = Values(ref reader, errors, At, "traits"); break;
            }
        }
        return new ContactDraft { Id = id, Email = email, Phone = phone, Name = name, Locale = locale, Traits = traits };
    }

    private static AccountDraft? ReadAccount(ref Utf8JsonReader reader, InputErrors errors)
    {
        const string At = "/account";
        if (!IsObject(ref reader, errors, At)) return null;
        (string? id, string? name, decimal? annualValue, string? currency, DateOnly? renewsOn) = (null, null, null, null, null);
        var traits = Scalar.NoValues;
        var members = new Members(AccountNames, At);
        while (members.Next(ref reader, errors, out var member))
        {
            switch (member)
            {
                case 0: id = Text(ref reader, errors, At, "id"); break;
                case 1: name = Text(ref reader, errors, At, "name"); break;
                case 2: annualValue = Amount(ref reader, errors, At, "annual_value"); break;
                case 3: currency = Text(ref reader, errors, At, "currency"); break;
                case 4: renewsOn = Date(ref reader, errors, At, "renews_on"); break;
                default: traits = Values(ref reader, errors, At, "traits"); break;
            }
        }
        return new AccountDraft { Id = id, Name = name, AnnualValue = annualValue, Currency = currency, RenewsOn = renewsOn, Traits = traits };
    }

    private static SubjectDraft? ReadSubject(ref Utf8JsonReader reader, InputErrors errors)
    {
        const string At = "/subject";
        if (!IsObject(ref reader, errors, At)) return null;
        (string? order, string? sku, string? location, string? ticket, string? issue) = (null, null, null, null, null);
        var members = new Members(SubjectNames, At);
        while (members.Next(ref reader, errors, out var member))
        {
            var text = Text(ref reader, errors, At, SubjectNames[member]);
            switch (member)
            {
                case 0: order = text; break;
                case 1: sku = text; break;
                case 2: location = text; break;
                case 3: ticket = text; break;
                default: issue = text; break;
            }
        }
        return new SubjectDraft(order, sku, location, ticket, issue);
    }

    private static ConsentDraft? ReadConsent(ref Utf8JsonReader reader, InputErrors errors)
    {
        const string At = "/consent";
        if (!IsObject(ref reader, errors, At)) return null;
        (bool? contactBack, bool? research) = (null, null);
        var members = new Members(ConsentNames, At);
        while (members.Next(ref reader, errors, out var member))
        {
            if (member == 0) contactBack = Truth(ref reader, errors, At, "contact_back");
            else research = Truth(ref reader, errors, At, "research");
        }
        return new ConsentDraft(contactBack, research);
    }

    private static IReadOnlyList<AnswerDraft> ReadAnswers(ref Utf8JsonReader reader, InputErrors errors)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Refuse(ref reader, errors, "/answers", "", "a list of answers");
            return [];
        }
        var answers = new List<AnswerDraft>();
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (++count > MaxAnswers) reader.Skip();
            else if (ReadAnswer(ref reader, errors, $"/answers/{count - 1}") is { } answer) answers.Add(answer);
        }
        if (count > MaxAnswers) errors.Add("/answers", $"has {count} answers; up to {MaxAnswers} are allowed");
        return answers;
    }

    private static AnswerDraft? ReadAnswer(ref Utf8JsonReader reader, InputErrors errors, string at)
    {
        if (reader.TokenType == JsonTokenType.Null) errors.Add(at, "must be an answer, not null");
        if (!IsObject(ref reader, errors, at)) return null;
        (string? question, Scalar value, bool asked, bool answered) = (null, default, false, false);
        var members = new Members(AnswerNames, at);
        while (members.Next(ref reader, errors, out var member))
        {
            if (member == 0)
            {
                asked = reader.TokenType != JsonTokenType.Null;
                question = Text(ref reader, errors, at, "question");
            }
            else
            {
                answered = true;
                Flat(ref reader, errors, at, "value", out value);
            }
        }
        if (!asked || question?.Length == 0) errors.Add($"{at}/question", "is needed: the key of the question answered");
        if (!answered) errors.Add($"{at}/value", "is needed: what was answered, or null");
        return question is null ? null : new AnswerDraft(question, value);
    }

    private static bool IsObject(ref Utf8JsonReader reader, InputErrors errors, string at)
    {
        if (reader.TokenType == JsonTokenType.StartObject) return true;
        Refuse(ref reader, errors, at, "", "an object");
        return false;
    }

    /// <summary>Walks the members of an object: finds their names, refuses those that are unknown or come twice.</summary>
    private struct Members(JsonNames names, string at)
    {
        private uint _seen;
        private int _next;

        /// <summary>Moves to the value of the next known member; false at the object's end.</summary>
        public bool Next(ref Utf8JsonReader reader, InputErrors errors, out int member)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                member = names.Find(ref reader, _next);
                if (member >= 0 && (_seen & (1u << member)) == 0)
                {
                    _seen |= 1u << member;
                    _next = member + 1;
                    return reader.Read();
                }
                if (member >= 0) errors.Add($"{at}/{names[member]}", "is given twice");
                else Unknown(ref reader, errors);
                reader.Read();
                reader.Skip();
            }
            member = -1;
            return false;
        }

        private readonly void Unknown(ref Utf8JsonReader reader, InputErrors errors)
        {
            if (Decode(ref reader, errors, at, "") is not { } name) return;
            var hint = Suggestion.For(name, names.All) is { } near ? $"; did you mean '{near}'?" : "; known are " + string.Join(", ", names.All);
            errors.Add($"{at}/{InputErrors.Escape(name)}", "is not known here" + hint);
        }
    }
}
