using System.Globalization;
using System.Text.Json;
using Hark.Domain.Common;

namespace Hark.Domain.Signals.Mapping;

/// <summary>Puts a draft together, value by value; used again for every record.</summary>
internal sealed class DraftBuilder
{
    private static readonly int TextTargets = (int)MappingTarget.SubjectIssue + 1;
    private readonly string?[] _texts = new string?[TextTargets];
    private DateTimeOffset? _occurredAt;
    private Channel? _channel;
    private SignalKind? _kind;
    private double? _rating, _ratingMin, _ratingMax;
    private decimal? _annualValue;
    private DateOnly? _renewsOn;
    private bool? _contactBack, _research;
    private List<string>? _tags, _topics;
    private Dictionary<string, Scalar>? _attributes, _contactTraits, _accountTraits;
    private List<AnswerDraft>? _answers;

    public void Begin()
    {
        Array.Clear(_texts);
        (_occurredAt, _channel, _kind, _rating, _ratingMin, _ratingMax, _annualValue, _renewsOn) = (null, null, null, null, null, null, null, null);
        (_contactBack, _research, _tags, _topics, _attributes, _contactTraits, _accountTraits, _answers) = (null, null, null, null, null, null, null, null);
    }

    /// <summary>Takes a value; answers what is wrong with it, or null.</summary>
    public string? Set(MappingTarget target, string key, Scalar value, ValueExpression how)
    {
        string? problem = null;
        switch (target)
        {
            case MappingTarget.OccurredAt:
                if (how.Times.TryRead(value, out var at, out problem)) _occurredAt = at.ToUniversalTime();
                return problem;
            case MappingTarget.AccountRenewsOn:
                if (how.Times.TryReadDate(value, out var date, out problem)) _renewsOn = date;
                return problem;
            case MappingTarget.Channel: return Choose(value, ref _channel);
            case MappingTarget.Kind: return Choose(value, ref _kind);
            case MappingTarget.RatingValue: return Number(value, how, ref _rating);
            case MappingTarget.RatingMin: return Number(value, how, ref _ratingMin);
            case MappingTarget.RatingMax: return Number(value, how, ref _ratingMax);
            case MappingTarget.AccountAnnualValue: return Amount(value, how);
            case MappingTarget.ConsentContactBack: return Truth(value, ref _contactBack);
            case MappingTarget.ConsentResearch: return Truth(value, ref _research);
            case MappingTarget.Tags: return Several(value, how, ref _tags);
            case MappingTarget.Topics: return Several(value, how, ref _topics);
            case MappingTarget.Attribute: return Flat(key, value, how, ref _attributes);
            case MappingTarget.ContactTrait: return Flat(key, value, how, ref _contactTraits);
            case MappingTarget.AccountTrait: return Flat(key, value, how, ref _accountTraits);
            case MappingTarget.Answer:
                problem = Convert(ref value, how);
                if (problem is null) (_answers ??= []).Add(new AnswerDraft(key, value));
                return problem;
            default:
                _texts[(int)target] = value.ToString();
                return null;
        }
    }

    public SignalDraft Build() => new()
    {
        Id = Text(MappingTarget.Id),
        OccurredAt = _occurredAt,
        Channel = _channel,
        Kind = _kind,
        Touchpoint = Text(MappingTarget.Touchpoint),
        Rating = _rating is { } rating ? new RatingDraft(Text(MappingTarget.RatingScale), rating, _ratingMin, _ratingMax) : null,
        Text = Text(MappingTarget.Text),
        Language = Text(MappingTarget.Language),
        Contact = BuildContact(),
        Account = BuildAccount(),
        Subject = Any(MappingTarget.SubjectOrder, MappingTarget.SubjectIssue)
            ? new SubjectDraft(Text(MappingTarget.SubjectOrder), Text(MappingTarget.SubjectSku), Text(MappingTarget.SubjectLocation), Text(MappingTarget.SubjectTicket), Text(MappingTarget.SubjectIssue))
            : null,
        Consent = _contactBack is not null || _research is not null ? new ConsentDraft(_contactBack, _research) : null,
        Tags = _tags ?? (IReadOnlyList<string>)[],
        Topics = _topics ?? (IReadOnlyList<string>)[],
        Attributes = _attributes ?? Scalar.NoValues,
        Answers = _answers ?? (IReadOnlyList<AnswerDraft>)[],
    };

    private ContactDraft? BuildContact() => _contactTraits is null && !Any(MappingTarget.ContactId, MappingTarget.ContactLocale) ? null : new()
    {
        Id = Text(MappingTarget.ContactId),
        Email = Text(MappingTarget.ContactEmail),
        Phone = Text(MappingTarget.ContactPhone),
        Name = Text(MappingTarget.ContactName),
        Locale = Text(MappingTarget.ContactLocale),
        Traits = _contactTraits ?? Scalar.NoValues,
    };

    /// <summary>An account without an id and a name is none: what else is said about it belongs to nobody.</summary>
    private AccountDraft? BuildAccount() => !Any(MappingTarget.AccountId, MappingTarget.AccountName) ? null : new()
    {
        Id = Text(MappingTarget.AccountId),
        Name = Text(MappingTarget.AccountName),
        AnnualValue = _annualValue,
        Currency = Text(MappingTarget.AccountCurrency),
        RenewsOn = _renewsOn,
        Traits = _accountTraits ?? Scalar.NoValues,
    };

    private string? Text(MappingTarget target) => _texts[(int)target];

    private bool Any(MappingTarget first, MappingTarget last)
    {
        for (var i = (int)first; i <= (int)last; i++)
        {
            if (_texts[i] is not null) return true;
        }
        return false;
    }

    private static string? Choose<T>(Scalar value, ref T? choice) where T : struct, Enum
    {
        var text = value.ToString();
        if (!EnumNames<T>.TryParse(text, out var found)) return $"'{NumberTexts.Shorten(text)}' must be {EnumNames<T>.Choices}{Suggestion.Hint(text, EnumNames<T>.All)}";
        choice = found;
        return null;
    }

    private static string? Number(Scalar value, ValueExpression how, ref double? number)
    {
        if (how.TryNumber(value, out var read, out var problem)) number = read;
        return problem;
    }

    private string? Amount(Scalar value, ValueExpression how)
    {
        if (!how.TryNumber(value, out var number, out var problem)) return problem;
        if (Math.Abs(number) > 1e15) return "is too large an amount";
        _annualValue = (decimal)number;
        return null;
    }

    private static string? Truth(Scalar value, ref bool? truth)
    {
        truth = value.Kind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => NumberTexts.Truth(value.ToString()) };
        return truth is null ? $"'{NumberTexts.Shorten(value.ToString())}' is neither true nor false" : null;
    }

    private static string? Several(Scalar value, ValueExpression how, ref List<string>? list)
    {
        list ??= [];
        if (how.Split is { Length: > 0 } split) list.AddRange(value.ToString().Split(split, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        else list.Add(value.ToString());
        return null;
    }

    private static string? Flat(string key, Scalar value, ValueExpression how, ref Dictionary<string, Scalar>? values)
    {
        var problem = Convert(ref value, how);
        if (problem is null) (values ??= new(StringComparer.Ordinal))[key] = value;
        return problem;
    }

    private static string? Convert(ref Scalar value, ValueExpression how)
    {
        string? problem = null;
        switch (how.As)
        {
            case ScalarType.Number:
                if (how.TryNumber(value, out var number, out problem)) value = Scalar.Of(number);
                break;
            case ScalarType.Truth:
                bool? truth = null;
                problem = Truth(value, ref truth);
                if (truth is { } known) value = Scalar.Of(known);
                break;
            case ScalarType.Date:
                if (how.Times.TryRead(value, out var at, out problem)) value = Scalar.Of(at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
                break;
            case ScalarType.Text:
                value = Scalar.Of(value.ToString());
                break;
        }
        return problem;
    }
}
