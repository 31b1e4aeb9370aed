using Hark.Domain.Signals;
using Hark.Domain.Understanding;

namespace Hark.Web.Features.Understanding;

/// <param name="Text">Up to 20,000 characters.</param>
/// <param name="Language">Where it is known, such as <c>cs</c> or <c>pt-BR</c>; else it is detected.</param>
public sealed record TextToUnderstand(string Text, string? Language = null);

/// <summary>What a text says.</summary>
/// <param name="Emotion">The strongest; null where none is sure enough.</param>
public sealed record UnderstoodView(LanguageView Language, Sentiment Sentiment, Finding? Emotion, Finding Urgency, IReadOnlyList<TopicView> Topics, Severity Severity)
{
    public static UnderstoodView Of(Understood u) =>
        new(new(u.Language.Code, Math.Round(u.Language.Confidence, 4), u.Language.IsMixed), u.Sentiment, u.Emotion, u.Urgency, [.. u.Topics.Select(t => new TopicView(t.Key, t.Confidence))], u.Severity);
}

/// <param name="Code">ISO 639; null where no language stands out.</param>
/// <param name="Mixed">Parts of the text are in another language.</param>
public sealed record LanguageView(string? Code, double Confidence, bool Mixed);

public sealed record TopicView(string Key, double Confidence);
