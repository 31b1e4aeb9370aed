using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Domain.Understanding;

/// <summary>
/// Language, sentiment and topics of a signal: what its source said stands, what it did not say the models and the taxonomy tell. The language only where it stands
/// out; the sentiment also as <see cref="SentimentLabel.Unknown"/>, so that what was not understood can be counted.
/// </summary>
public sealed class UnderstandingEnricher(Understander understander, IWorkspaceUnderstandings workspaces) : ISignalEnricher
{
    public void Enrich(PreparedSignal signal)
    {
        var workspace = workspaces.Of(signal.WorkspaceId);
        if (signal.Text is not { } text)
        {
            signal.Topics = workspace.Topics(null, signal.Language, signal.Topics);
            return;
        }
        var understood = understander.Understand(text, signal.Language, workspace, signal.Topics);
        if (signal.Language is null && understood.Language.Code is { } language)
        {
            signal.Language = language;
            signal.Trail.Add(new TrailEntry("language", understander.LanguageVersion, language));
        }
        signal.Topics = understood.Topics;
        if (signal.Sentiment is not null) return;
        signal.Sentiment = understood.Sentiment;
        signal.Trail.Add(new TrailEntry("sentiment", workspace.SentimentVersion ?? understander.Version, EnumNames<SentimentLabel>.Of(understood.Sentiment.Label)));
        if (!Contradiction.Is(signal.Rating?.Band, understood.Sentiment)) return;
        if (!signal.Tags.Contains(Contradiction.Tag)) signal.Tags = [.. signal.Tags, Contradiction.Tag];
        signal.Trail.Add(new TrailEntry("contradiction", workspace.SentimentVersion ?? understander.Version, "the words say the opposite of the rating"));
    }
}
