using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hark.Domain.Common;
using Hark.Domain.Identity;
using Hark.Domain.Understanding.Masking;

namespace Hark.Domain.Signals;

/// <summary>
/// Turns a draft into a <see cref="PreparedSignal"/>: checks it, normalises it and has the enrichers look at it. No store, no clock: it runs on any number of
/// threads at once. Costs about two microseconds without enrichers.
/// </summary>
public sealed class SignalPreparer(IEnumerable<ISignalEnricher> enrichers)
{
    public const int MaxTextLength = 20_000, MaxNameLength = 200, MaxTags = 50, MaxTagLength = 100, MaxValueLength = 2_000;

    /// <summary>How far back a signal may have occurred when it is sent and when history is read in, and how far ahead a sender's clock may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(3653), MaxHistory = TimeSpan.FromDays(36525), MaxAhead = TimeSpan.FromMinutes(5);

    private readonly ISignalEnricher[] _enrichers = [.. enrichers];

    /// <param name="now">When it was received.</param>
    /// <param name="errors">Receives everything that is wrong, by JSON pointer.</param>
    /// <returns>Null when there are errors.</returns>
    public PreparedSignal? Prepare(SignalDraft draft, SignalOrigin origin, DateTimeOffset now, InputErrors errors)
    {
        var check = new Check(errors);
        var id = draft.Id is null ? null : check.Id("/id", draft.Id);
        var occurredAt = OccurredAt(draft, now, origin.IsHistory ? MaxHistory : MaxAge, errors);
        var rating = ReadRating(draft.Rating, errors);
        var contact = ReadContact(draft.Contact, origin.Region, check, errors);
        var account = ReadAccount(draft.Account, check, errors);
        var text = Masked(ReadText(draft.Text, errors), origin);
        var tags = check.Labels("/tags", draft.Tags);
        var topics = check.Labels("/topics", draft.Topics);
        var subject = draft.Subject is { } s
            ? new SubjectDraft(check.Name("/subject/order", s.Order), check.Name("/subject/sku", s.Sku), check.Name("/subject/location", s.Location),
                check.Name("/subject/ticket", s.Ticket), check.Name("/subject/issue", s.Issue))
            : new SubjectDraft();
        check.Values("/attributes", draft.Attributes);
        var touchpoint = check.Name("/touchpoint", draft.Touchpoint) ?? origin.Touchpoint;
        var language = ReadLanguage(draft.Language, errors);
        if (errors.Any) return null;

        var signalId = Guid.CreateVersion7(now);
        var signal = new PreparedSignal
        {
            WorkspaceId = origin.WorkspaceId,
            SignalId = signalId,
            SourceId = origin.SourceId,
            SourceName = origin.SourceName,
            ExternalId = id,
            DedupeKey = DedupeKey(origin, id, signalId),
            ContentHash = ContentHash(draft),
            OccurredAt = occurredAt,
            ReceivedAt = now,
            Channel = draft.Channel ?? origin.Channel,
            Kind = draft.Kind ?? origin.Kind,
            Touchpoint = touchpoint,
            Rating = rating,
            Text = text,
            Language = language ?? PrimaryLanguage(contact?.Locale),
            Contact = contact,
            Account = account,
            Subject = subject,
            Consent = draft.Consent ?? new(),
            Tags = tags,
            Attributes = draft.Attributes,
            Answers = origin.Mask.Count == 0 ? draft.Answers : [.. draft.Answers.Select(a => a.Value.Text is { } words ? a with { Value = Scalar.Of(Masked(words, origin)) } : a)],
            Topics = [.. topics.Select(t => new TopicLabel(t, 1, TopicLabel.BySource))],
        };
        foreach (var enricher in _enrichers) enricher.Enrich(signal);
        return signal;
    }

    private static DateTimeOffset OccurredAt(SignalDraft draft, DateTimeOffset now, TimeSpan maxAge, InputErrors errors)
    {
        if (draft.OccurredAt is not { } sent) return now;
        var at = sent.ToUniversalTime().Trim();
        if (at > now + MaxAhead) errors.Add("/occurred_at", "lies in the future: at most 5 minutes ahead are accepted; check the sender's clock and time zone");
        else if (at < now - maxAge) errors.Add("/occurred_at", $"lies more than {(maxAge == MaxAge ? 10 : 100)} years back");
        return at;
    }

    private static Rating? ReadRating(RatingDraft? draft, InputErrors errors)
    {
        if (draft is null) return null;
        if (!RatingScales.TryParse(draft.Scale, out var scale))
        {
            errors.Add("/rating/scale", $"must be one of {RatingScales.Names}");
            return null;
        }
        if (draft.Value is not { } value)
        {
            errors.Add("/rating/value", "is missing: a rating needs a value");
            return null;
        }
        if (Rating.TryCreate(scale, value, draft.Min, draft.Max, out var rating, out var problem)) return rating;
        errors.Add("/rating/" + problem.Field, problem.Reason);
        return null;
    }

    private static string? ReadText(string? text, InputErrors errors)
    {
        var trimmed = text?.Trim();
        if (trimmed is null or "") return null;
        if (trimmed.Length > MaxTextLength) errors.Add("/text", $"is longer than {MaxTextLength.ToString("N0", CultureInfo.InvariantCulture)} characters");
        if (trimmed.Contains('\0', StringComparison.Ordinal)) errors.Add("/text", "holds a null character, which no store keeps");
        return trimmed;
    }

    private static string? Masked(string? text, SignalOrigin origin) => text is null || origin.Mask.Count == 0 ? text : TextMask.Apply(text, origin.Mask);

    private static string? ReadLanguage(string? tag, InputErrors errors)
    {
        if (string.IsNullOrWhiteSpace(tag)) return null;
        if (PrimaryLanguage(tag) is { } language) return language;
        errors.Add("/language", "must be a language tag such as cs or pt-BR");
        return null;
    }

    /// <summary>The primary subtag of a language tag in lower case (<c>pt</c> of <c>pt-BR</c>), or null when the tag does not begin with one.</summary>
    public static string? PrimaryLanguage(string? tag)
    {
        if (tag is null) return null;
        var end = tag.AsSpan().IndexOfAny('-', '_');
        var primary = (end < 0 ? tag : tag[..end]).Trim();
        return primary.Length is 2 or 3 && primary.All(char.IsAsciiLetter) ? primary.ToLowerInvariant() : null;
    }

    private static ContactKeys? ReadContact(ContactDraft? draft, string? region, Check check, InputErrors errors)
    {
        if (draft is null) return null;
        var keys = new List<IdentityKey>(3);
        string? email = null, phone = null;
        if (!string.IsNullOrWhiteSpace(draft.Id) && check.Id("/contact/id", draft.Id) is { } id) keys.Add(new(IdentityKind.External, id));
        if (!string.IsNullOrWhiteSpace(draft.Email))
        {
            email = EmailAddresses.Normalise(draft.Email, out var problem);
            if (email is null) errors.Add("/contact/email", problem!);
            else keys.Add(new(IdentityKind.Email, email));
        }
        if (!string.IsNullOrWhiteSpace(draft.Phone))
        {
            var parsed = PhoneNumbers.Parse(draft.Phone, region, out var problem);
            if (parsed is null) errors.Add("/contact/phone", problem!);
            else keys.Add(new(IdentityKind.Phone, parsed.Value.Key));
            phone = parsed?.Value;
        }
        check.Values("/contact/traits", draft.Traits);
        var name = check.Name("/contact/name", draft.Name);
        var locale = check.Name("/contact/locale", draft.Locale);
        return keys.Count == 0 ? null : new ContactKeys { Keys = keys, Email = email, Phone = phone, Name = name, Locale = locale, Traits = draft.Traits };
    }

    private static AccountDraft? ReadAccount(AccountDraft? draft, Check check, InputErrors errors)
    {
        if (draft is null) return null;
        check.Values("/account/traits", draft.Traits);
        var id = check.Name("/account/id", draft.Id);
        var name = check.Name("/account/name", draft.Name);
        var currency = draft.Currency?.Trim().ToUpperInvariant();
        if (currency is not null && (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)))
            errors.Add("/account/currency", "must be an ISO 4217 code such as EUR");
        if (draft.AnnualValue is < 0 or > 900_000_000_000m) errors.Add("/account/annual_value", "must be between 0 and 900 billion");
        if (id is null && name is null)
        {
            errors.Add("/account/id", "is missing: an account needs an id or a name");
            return null;
        }
        return draft with { Id = id ?? "name:" + name!.ToLowerInvariant(), Name = name, Currency = currency };
    }

    /// <summary>Cryptographic, because the parts are a sender's to choose: nobody can make two signals look like one.</summary>
    private static Guid DedupeKey(SignalOrigin origin, string? id, Guid signalId)
    {
        var identity = id is not null ? "i" + id : origin.IdempotencyKey is { } key ? "k" + key : null;
        if (identity is null) return signalId;
        Span<byte> hash = stackalloc byte[32];
        var size = 16 + Encoding.UTF8.GetMaxByteCount(identity.Length);
        var buffer = size <= 512 ? stackalloc byte[512] : new byte[size];
        origin.SourceId.TryWriteBytes(buffer, bigEndian: true, out _);
        var written = 16 + Encoding.UTF8.GetBytes(identity, buffer[16..]);
        SHA256.HashData(buffer[..written], hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    private static long ContentHash(SignalDraft draft)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer)) SignalDraftWriter.Write(json, draft);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(buffer.WrittenSpan, hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }

    /// <summary>The checks of single fields.</summary>
    private readonly struct Check(InputErrors errors)
    {
        public string? Id(string pointer, string value)
        {
            var id = ExternalIds.Normalise(value, out var problem);
            if (id is null) errors.Add(pointer, problem!);
            return id;
        }

        public string? Name(string pointer, string? value)
        {
            var trimmed = value?.Trim();
            if (trimmed is null or "") return null;
            if (trimmed.Length > MaxNameLength) errors.Add(pointer, $"is longer than {MaxNameLength} characters");
            if (trimmed.Contains('\0', StringComparison.Ordinal)) errors.Add(pointer, "holds a null character, which no store keeps");
            return trimmed;
        }

        public IReadOnlyList<string> Labels(string pointer, IReadOnlyList<string> values)
        {
            if (values.Count == 0) return values;
            if (values.Count > MaxTags) errors.Add(pointer, $"has more than {MaxTags} entries");
            var labels = new List<string>(values.Count);
            for (var i = 0; i < Math.Min(values.Count, MaxTags); i++)
            {
                var label = values[i].Trim().ToLowerInvariant();
                if (label.Length is 0 or > MaxTagLength) errors.Add($"{pointer}/{i}", $"must be a text of 1 to {MaxTagLength} characters");
                else if (label.Contains('\0', StringComparison.Ordinal)) errors.Add($"{pointer}/{i}", "holds a null character, which no store keeps");
                else if (!labels.Contains(label)) labels.Add(label);
            }
            return labels;
        }

        public void Values(string pointer, IReadOnlyDictionary<string, Scalar> values)
        {
            foreach (var (name, value) in values)
            {
                if (name.Length is 0 or > MaxTagLength) errors.Add($"{pointer}/{InputErrors.Escape(name)}", $"needs a name of 1 to {MaxTagLength} characters");
                if (value.Text is not { } text) continue;
                if (text.Length > MaxValueLength) errors.Add($"{pointer}/{InputErrors.Escape(name)}", $"is longer than {MaxValueLength} characters");
                if (text.Contains('\0', StringComparison.Ordinal)) errors.Add($"{pointer}/{InputErrors.Escape(name)}", "holds a null character, which no store keeps");
            }
        }
    }
}
