using Hark.Domain.Signals;

namespace Hark.Web.Features.Demo.Company;

/// <summary>One signal of the sample company and the source it comes from.</summary>
internal sealed record DemoSignal(string Source, SignalDraft Draft)
{
    public DateTimeOffset At => Draft.OccurredAt!.Value;
}

/// <summary>What customers say, by occasion. Pure but for the dice.</summary>
/// <param name="now">What is told in days from now, such as renewals, counts from here.</param>
internal sealed partial class Voices(Dice dice, DateTimeOffset now)
{
    private const string Negative = Phrases.Negative, Neutral = Phrases.Neutral, Positive = Phrases.Positive;

    /// <summary>Words to a rating, or none: people write more when something went wrong.</summary>
    private string? Words(string language, string topic, string polarity, Slots slots, double talkative = 1)
    {
        var share = polarity switch { Negative => .72, Neutral => .30, _ => .26 };
        return dice.Chance(share * talkative) ? Phrases.Shared.Say(dice, language, topic, polarity, slots) : null;
    }

    /// <summary>Whether somebody may come back to them, where a survey asks.</summary>
    private ConsentDraft Consent() => new(ContactBack: dice.Chance(.62), Research: dice.Chance(.3));

    private static Dictionary<string, Scalar> Values(params ReadOnlySpan<(string Name, Scalar Value)> values)
    {
        var made = new Dictionary<string, Scalar>(values.Length, StringComparer.Ordinal);
        foreach (var (name, value) in values) made[name] = value;
        return made;
    }

    private static IReadOnlyList<string> Topics(string? text, string topic) => text is null ? [] : [topic];
}
