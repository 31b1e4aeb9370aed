using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Domain.Signals;
using Hark.Domain.Understanding;

namespace Hark.Data.Understanding;

/// <summary>What is learned from a signal: its words, and what a rating, a source or a person said of them.</summary>
/// <param name="Side">How it is meant, and whether a person said so.</param>
/// <param name="Contradicts">Its words clearly contradict its rating.</param>
/// <param name="Topics">What a person or a source said it is about, under today's keys.</param>
/// <param name="TopicsCorrected">A person said so, also of what is not among them.</param>
/// <param name="Phrases">Topics of which the words have phrases.</param>
public sealed record TaughtText(string Text, string? Language, Guid? ContactId, (SentimentLabel Side, bool IsCorrected)? Side, bool Contradicts, IReadOnlyList<string> Topics, bool TopicsCorrected, IReadOnlyList<string> Phrases)
{
    /// <summary>Somebody said something of it.</summary>
    public bool IsLabelled => Side is not null || Topics.Count > 0 || TopicsCorrected;

    public static TaughtText Of(SpokenSignal spoken, WorkspaceUnderstanding workspace)
    {
        var signal = spoken.Signal;
        var corrected = LessonReader.IsCorrected(signal, CorrectedField.Topics);
        return new TaughtText(spoken.Text, signal.Language, signal.ContactId, LessonReader.SideOf(signal), SignalJson.Strings(signal.Tags).Contains(Contradiction.Tag), LessonReader.TopicsOf(signal, workspace), corrected,
            corrected ? workspace.Named(spoken.Text, signal.Language) : [.. SignalJson.Topics(signal.Topics).Where(l => l.By == TopicLabel.ByPhrase).Select(l => workspace.Meant(l).Key)]);
    }
}
