using Hark.Domain.Common;

namespace Hark.Domain.Signals.Mapping;

/// <summary>The fields of a signal that a mapping may fill. One for each of <see cref="SignalDraft"/>, in its order.</summary>
internal enum MappingTarget
{
    Id, OccurredAt, Channel, Kind, Touchpoint, RatingScale, RatingValue, RatingMin, RatingMax, Text, Language,
    ContactId, ContactEmail, ContactPhone, ContactName, ContactLocale, AccountId, AccountName, AccountAnnualValue, AccountCurrency, AccountRenewsOn,
    SubjectOrder, SubjectSku, SubjectLocation, SubjectTicket, SubjectIssue, ConsentContactBack, ConsentResearch, Tags, Topics,
    Attribute, ContactTrait, AccountTrait, Answer,
}

internal static class MappingTargets
{
    private static readonly (string Name, MappingTarget Target)[] Fields =
    [
        ("id", MappingTarget.Id), ("occurred_at", MappingTarget.OccurredAt), ("channel", MappingTarget.Channel), ("kind", MappingTarget.Kind),
        ("touchpoint", MappingTarget.Touchpoint), ("rating.scale", MappingTarget.RatingScale), ("rating.value", MappingTarget.RatingValue),
        ("rating.min", MappingTarget.RatingMin), ("rating.max", MappingTarget.RatingMax), ("text", MappingTarget.Text), ("language", MappingTarget.Language),
        ("contact.id", MappingTarget.ContactId), ("contact.email", MappingTarget.ContactEmail), ("contact.phone", MappingTarget.ContactPhone),
        ("contact.name", MappingTarget.ContactName), ("contact.locale", MappingTarget.ContactLocale), ("account.id", MappingTarget.AccountId),
        ("account.name", MappingTarget.AccountName), ("account.annual_value", MappingTarget.AccountAnnualValue), ("account.currency", MappingTarget.AccountCurrency),
        ("account.renews_on", MappingTarget.AccountRenewsOn), ("subject.order", MappingTarget.SubjectOrder), ("subject.sku", MappingTarget.SubjectSku),
        ("subject.location", MappingTarget.SubjectLocation), ("subject.ticket", MappingTarget.SubjectTicket), ("subject.issue", MappingTarget.SubjectIssue),
        ("consent.contact_back", MappingTarget.ConsentContactBack), ("consent.research", MappingTarget.ConsentResearch),
        ("tags", MappingTarget.Tags), ("topics", MappingTarget.Topics),
    ];

    private static readonly (string Prefix, MappingTarget Target)[] Families =
    [
        ("attributes.", MappingTarget.Attribute), ("contact.traits.", MappingTarget.ContactTrait), ("account.traits.", MappingTarget.AccountTrait),
        ("answers.", MappingTarget.Answer),
    ];

    /// <summary>The fields themselves, without attributes, traits and answers, whose names are anybody's.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Fields.Select(f => f.Name)];

    /// <summary>Finds a target. For attributes, traits and answers <paramref name="key"/> is their own name, otherwise empty.</summary>
    public static bool TryFind(string name, out MappingTarget target, out string key)
    {
        key = "";
        foreach (var field in Fields)
        {
            if (field.Name != name) continue;
            target = field.Target;
            return true;
        }
        foreach (var (prefix, family) in Families)
        {
            if (!name.StartsWith(prefix, StringComparison.Ordinal) || name.Length == prefix.Length) continue;
            (target, key) = (family, name[prefix.Length..]);
            return true;
        }
        target = default;
        return false;
    }

    /// <summary>What is said of a name that is no target.</summary>
    public static string Unknown(string name)
    {
        var known = Fields.Select(f => f.Name).ToArray();
        var family = name.Split('.')[0];
        if (Suggestion.For(name, known) is { } near) return $"a signal has no field '{name}'; did you mean '{near}'?";
        if (name.Contains('.', StringComparison.Ordinal) && Suggestion.For(family, ["attributes", "answers"]) is { } f) return $"a signal has no field '{name}'; did you mean '{f}{name[family.Length..]}'?";
        return $"a signal has no field '{name}'; known are {string.Join(", ", known)}, attributes.*, answers.*, contact.traits.* and account.traits.*";
    }

    /// <summary>Where an error of the target stands in a signal.</summary>
    public static string Pointer(string name) => "/" + string.Join('/', name.Split('.', 2).Select(InputErrors.Escape));

    public static bool TakesSeveral(MappingTarget target) => target is MappingTarget.Tags or MappingTarget.Topics;

    public static bool IsTime(MappingTarget target) => target is MappingTarget.OccurredAt or MappingTarget.AccountRenewsOn;
}
