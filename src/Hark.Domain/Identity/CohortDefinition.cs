using System.Globalization;
using System.Text.Json;
using Hark.Domain.Common;
using Hark.Domain.Routing;
using Hark.Domain.Signals;

namespace Hark.Domain.Identity;

/// <summary>How long a customer has been with us.</summary>
public enum Cohort { New, Active, LongTerm }

/// <summary>A workspace's line between new, active and long-term customers.</summary>
/// <param name="NewDays">Younger than so many days: new.</param>
/// <param name="LongTermDays">At least so many days: long-term. More than <paramref name="NewDays"/>.</param>
/// <param name="SinceTrait">The trait of the contact that holds the day they became a customer (<c>2024-05-01</c> or a time); where it is absent, their first signal counts.</param>
public sealed record CohortDefinition(int NewDays = 90, int LongTermDays = 730, string SinceTrait = CohortDefinition.DefaultTrait)
{
    public const string DefaultTrait = "customer_since";

    public static CohortDefinition Default { get; } = new();

    /// <summary>The cohort at a time. A day in the future is new.</summary>
    public Cohort Of(IReadOnlyDictionary<string, Scalar> traits, DateTimeOffset firstSignalAt, DateTimeOffset now)
    {
        var since = traits.TryGetValue(SinceTrait, out var value) && value.Text is { } text && TryDay(text, out var day) ? day : firstSignalAt;
        var days = (now - since).TotalDays;
        return days < NewDays ? Cohort.New : days < LongTermDays ? Cohort.Active : Cohort.LongTerm;
    }

    /// <inheritdoc cref="Of(IReadOnlyDictionary{string, Scalar}, DateTimeOffset, DateTimeOffset)"/>
    public Cohort Of(ContactFacts contact, DateTimeOffset now) => Of(contact.Traits, contact.FirstSignalAt, now);

    /// <summary>Reads <c>{"new_days": 90, "long_term_days": 730, "since_trait": "customer_since"}</c>, each with its default; null when it has errors.</summary>
    public static CohortDefinition? Parse(string json, out SourceErrors errors)
    {
        if (JsonSource.Parse(json, out errors) is not { } root) return null;
        var reader = new DocumentReader(errors, NoNames.Instance);
        if (!reader.IsObject(root, "a cohort definition", "new_days", "long_term_days", "since_trait")) return null;
        var newDays = reader.Whole(root, "new_days", 1, ConditionParser.MaxDays) ?? Default.NewDays;
        var longTerm = reader.Whole(root, "long_term_days", 2, 36_600) ?? Default.LongTermDays;
        var trait = reader.Text(root, "since_trait", 200) ?? DefaultTrait;
        if (longTerm <= newDays) errors.Add(root.Member("long_term_days") ?? root.Member("new_days") ?? root, $"long_term_days ({longTerm}) must be more than new_days ({newDays})");
        return errors.Any ? null : new CohortDefinition(newDays, longTerm, trait);
    }

    public string ToJson() => CanonicalJson.Write(Write, this);

    private static void Write(Utf8JsonWriter json, CohortDefinition cohorts)
    {
        json.WriteStartObject();
        json.WriteNumber("new_days", cohorts.NewDays);
        json.WriteNumber("long_term_days", cohorts.LongTermDays);
        json.WriteString("since_trait", cohorts.SinceTrait);
        json.WriteEndObject();
    }

    private static bool TryDay(string text, out DateTimeOffset day) =>
        DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out day);
}
