using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Domain.Understanding;

/// <summary>
/// Language and sentiment of a signal that has a comment: what its source said stands, what it did not say the models tell. The language only where it stands out;
/// the sentiment also as <see cref="SentimentLabel.Unknown"/>, so that what was not understood can be counted.
/// </summary>
public sealed class UnderstandingEnricher(Understander understander) : ISignalEnricher
{
    public void Enrich(PreparedSignal signal)
    {
        if (signal.Text is not { } text) return;
        var understood = understander.Understand(text, signal.Language);
        if (signal.Language is null && understood.Language.Code is { } language)
        {
            signal.Language = language;
            signal.Trail.Add(new TrailEntry("language", understander.LanguageVersion, language));
        }
        if (signal.Sentiment is not null) return;
        signal.Sentiment = understood.Sentiment;
        signal.Trail.Add(new TrailEntry("sentiment", understander.Version, EnumNames<SentimentLabel>.Of(understood.Sentiment.Label)));
    }
}
