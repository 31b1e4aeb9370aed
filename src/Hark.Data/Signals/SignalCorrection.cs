using Hark.Data.Model;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Data.Signals;

/// <summary>The facts of a signal that a person may correct.</summary>
public enum CorrectedField { Touchpoint, Location, Sku, Issue, Language, Sentiment, Severity, Topics }

/// <summary>A person says what a signal is really about.</summary>
/// <param name="Value">The right value; of topics their keys joined by commas; empty for none where a signal may have none.</param>
public sealed record SignalCorrection(CorrectedField Field, string Value)
{
    /// <summary>Longest name of a thing that a signal can be about.</summary>
    public const int MostLetters = 200;
    public const int MostTopics = 20;

    /// <summary>Who corrected, in <see cref="TrailEntry.By"/>, before the id of the member.</summary>
    public const string TrailPrefix = "member:";

    private const string Corrected = "corrected ", Confirmed = "confirmed ";

    /// <summary>What the trail says of it.</summary>
    public static string Concluded(CorrectedField field, string before, string after) =>
        before == after ? $"{Confirmed}{EnumNames<CorrectedField>.Of(field)}: {after}" : $"{Corrected}{EnumNames<CorrectedField>.Of(field)}: {before} → {after}";

    /// <summary>The facts that people corrected or confirmed, by the trail: no source and no model changes them any more.</summary>
    public static IReadOnlySet<CorrectedField> Made(IEnumerable<TrailEntry> trail) => trail.Where(t => t.By.StartsWith(TrailPrefix, StringComparison.Ordinal))
        .Select(t => t.Concluded.StartsWith(Corrected, StringComparison.Ordinal) ? t.Concluded[Corrected.Length..] : t.Concluded.StartsWith(Confirmed, StringComparison.Ordinal) ? t.Concluded[Confirmed.Length..] : "")
        .Where(c => c.Contains(':', StringComparison.Ordinal)).Select(c => EnumNames<CorrectedField>.TryParse(c[..c.IndexOf(':', StringComparison.Ordinal)], out var field) ? field : (CorrectedField?)null)
        .OfType<CorrectedField>().ToHashSet();

    /// <summary>What the signal has in this field, as it is written into the trail and a form.</summary>
    public static string Of(Signal signal, CorrectedField field) => field switch
    {
        CorrectedField.Touchpoint => signal.Touchpoint ?? "",
        CorrectedField.Location => signal.Location ?? "",
        CorrectedField.Sku => signal.Sku ?? "",
        CorrectedField.Issue => signal.Issue ?? "",
        CorrectedField.Language => signal.Language ?? "",
        CorrectedField.Sentiment => signal.SentimentLabel is { } label ? EnumNames<SentimentLabel>.Of(label) : "",
        CorrectedField.Severity => EnumNames<Severity>.Of(signal.Severity),
        CorrectedField.Topics => string.Join(", ", SignalJson.TopicKeys(signal.Topics)),
    };

    /// <summary>Changes the row. <c>invalid</c> names what is wrong and leaves it as it was.</summary>
    public Error? Apply(Signal signal)
    {
        var value = Value.Trim();
        if (value.Length > MostLetters * (Field == CorrectedField.Topics ? MostTopics : 1) || value.Any(char.IsControl)) return Wrong($"takes up to {MostLetters} characters");
        var text = value.Length == 0 ? null : value;
        switch (Field)
        {
            case CorrectedField.Touchpoint: signal.Touchpoint = text; break;
            case CorrectedField.Location: signal.Location = text; break;
            case CorrectedField.Sku: signal.Sku = text; break;
            case CorrectedField.Issue: signal.Issue = text; break;
            case CorrectedField.Language: return Language(signal, text);
            case CorrectedField.Sentiment: return Sentiment(signal, text);
            case CorrectedField.Severity:
                if (!EnumNames<Severity>.TryParse(text, out var severity)) return Wrong($"must be {EnumNames<Severity>.Choices}");
                signal.Severity = severity;
                break;
            case CorrectedField.Topics: return Topics(signal, value);
        }
        return null;
    }

    private static Error? Language(Signal signal, string? text)
    {
        if (text is not null && (text.Length is < 2 or > 8 || !text.All(char.IsAsciiLetter))) return Wrong("must be a language code such as cs");
        signal.Language = text?.ToLowerInvariant();
        return null;
    }

    private static Error? Sentiment(Signal signal, string? text)
    {
        if (!EnumNames<SentimentLabel>.TryParse(text, out var label)) return Wrong($"must be {EnumNames<SentimentLabel>.Choices}");
        (signal.SentimentLabel, signal.SentimentConfidence) = (label, 1);
        signal.SentimentValue = label switch { SentimentLabel.Negative => -1, SentimentLabel.Positive => 1, _ => 0 };
        // A rating speaks for itself; without one the words do.
        if (signal.RatingScale is null) signal.Negative = label == SentimentLabel.Unknown ? null : label == SentimentLabel.Negative;
        return null;
    }

    /// <summary>Topics that were there keep who said so.</summary>
    private static Error? Topics(Signal signal, string value)
    {
        var keys = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToList();
        if (keys.Count > MostTopics || keys.Exists(k => k.Length > MostLetters)) return Wrong($"takes up to {MostTopics} topics of up to {MostLetters} characters");
        var known = SignalJson.Topics(signal.Topics).DistinctBy(t => t.Key).ToDictionary(t => t.Key, StringComparer.Ordinal);
        signal.Topics = SignalJson.Write([.. keys.Select(k => known.GetValueOrDefault(k) ?? new TopicLabel(k, 1, TopicLabel.ByPerson))]);
        return null;
    }

    private static Error Wrong(string reason) => Error.Invalid("/value", reason);
}
