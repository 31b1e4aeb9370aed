using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Understanding.Needs;

namespace Hark.Domain.Understanding;

/// <summary>
/// Language, sentiment, topics, needs and causes of a signal: what its source said stands, what it did not say the models, the taxonomy and phrases tell. The language only where it stands
/// out; the sentiment also as <see cref="SentimentLabel.Unknown"/>, so that what was not understood can be counted. Words that reveal a danger, a lawyer, a leak or somebody who leaves make
/// a signal critical and flag it.
/// </summary>
public sealed class UnderstandingEnricher(Understander understander, IWorkspaceUnderstandings workspaces) : ISignalEnricher
{
    internal const string NeedsBy = "needs", CausesBy = "causes", EmotionBy = "emotion", UrgencyBy = "urgency";

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
        var version = workspace.SentimentVersion ?? understander.Version;
        if (signal.Sentiment is null)
        {
            signal.Sentiment = understood.Sentiment;
            signal.Trail.Add(new TrailEntry("sentiment", version, EnumNames<SentimentLabel>.Of(understood.Sentiment.Label)));
        }
        Feel(signal, understood, understander.Version);
        if (Contradiction.Is(signal.Rating?.Band, understood.Sentiment)) Flag(signal, Contradiction.Tag, new("contradiction", version, "the words say the opposite of the rating"));
        Conclude(signal, NeedsLexicon.Find(text, signal.Language));
    }

    /// <summary>What is ordinary is not written down: most texts can wait, and many show no emotion.</summary>
    private static void Feel(PreparedSignal signal, Understood understood, string version)
    {
        (signal.Emotion, signal.Urgency) = (understood.Emotion?.Label, understood.Urgency.Label);
        if (signal.Emotion is { } emotion) signal.Trail.Add(new TrailEntry(EmotionBy, version, emotion));
        if (signal.Urgency == Understander.Urgent) signal.Trail.Add(new TrailEntry(UrgencyBy, version, Understander.Urgent));
    }

    private static void Conclude(PreparedSignal signal, NeedsFound found)
    {
        (signal.Needs, signal.Causes) = (found.Needs, found.Causes);
        if (found.Needs.Count > 0) signal.Trail.Add(new TrailEntry(NeedsBy, NeedsLexicon.Version, string.Join(", ", found.Needs)));
        if (found.Causes.Count > 0) signal.Trail.Add(new TrailEntry(CausesBy, NeedsLexicon.Version, string.Join(", ", found.Causes)));
        if (found.Reveals.Count == 0) return;
        Flag(signal, Impact.RevealTag, new("severity", NeedsLexicon.Version, $"critical: reveals {string.Join(", ", found.Reveals)}"));
        signal.Severity = Severity.Critical;
    }

    /// <summary>What the trail of a stored signal says that its words ask for.</summary>
    public static IReadOnlyList<string> Needs(IReadOnlyList<TrailEntry> trail) => Of(trail, NeedsBy);

    /// <summary>The same for what they name as the cause.</summary>
    public static IReadOnlyList<string> Causes(IReadOnlyList<TrailEntry> trail) => Of(trail, CausesBy);

    /// <summary>The same for the emotion that they show; null for none.</summary>
    public static string? Emotion(IReadOnlyList<TrailEntry> trail) => trail.LastOrDefault(t => t.By == EmotionBy)?.Concluded;

    /// <summary>Whether the words of a stored signal, if it has any, could wait.</summary>
    public static string Urgency(IReadOnlyList<TrailEntry> trail) => trail.LastOrDefault(t => t.By == UrgencyBy)?.Concluded ?? Understander.Routine;

    private static IReadOnlyList<string> Of(IReadOnlyList<TrailEntry> trail, string by) => trail.LastOrDefault(t => t.By == by)?.Concluded.Split(", ") ?? [];

    private static void Flag(PreparedSignal signal, string tag, TrailEntry reason)
    {
        if (!signal.Tags.Contains(tag)) signal.Tags = [.. signal.Tags, tag];
        signal.Trail.Add(reason);
    }
}
