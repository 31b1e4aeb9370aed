using System.Globalization;
using Hark.Domain.Signals;
using Hark.Domain.Understanding.Learning;
using Hark.Domain.Understanding.Topics;

namespace Hark.Domain.Understanding;

/// <summary>Finds what a workspace knows about understanding its texts.</summary>
public interface IWorkspaceUnderstandings
{
    WorkspaceUnderstanding Of(Guid workspaceId);
}

/// <summary>A model that a workspace's texts taught, with its version.</summary>
public sealed record LearnedModel<T>(T Model, long Version);

/// <summary>What a workspace adds to the shipped models: its topics, its languages and what its own texts taught. Made from its settings once; used by any number of threads.</summary>
/// <param name="taxonomyVersion">For labels.</param>
public sealed class WorkspaceUnderstanding(Taxonomy taxonomy, long taxonomyVersion, UnderstandingSettings settings, LearnedModel<LearnedSentiment>? sentiment = null, LearnedModel<LearnedTopics>? topics = null)
{
    /// <summary>How sure a phrase is: the same words may mean something else.</summary>
    public const double PhraseConfidence = 0.9;

    private readonly TopicMatcher _matcher = new(taxonomy);
    private readonly string _taxonomyVersion = string.Create(CultureInfo.InvariantCulture, $"taxonomy {taxonomyVersion}");
    private readonly string? _topicsVersion = topics is null ? null : string.Create(CultureInfo.InvariantCulture, $"topics {topics.Version}");

    public static WorkspaceUnderstanding None { get; } = new(Taxonomy.Empty, 0, UnderstandingSettings.Default);

    public Taxonomy Taxonomy => taxonomy;

    /// <summary>The languages to choose from; empty for any.</summary>
    public IReadOnlyCollection<string> Languages { get; } = settings.Languages ?? [];

    internal LearnedSentiment? Sentiment => sentiment?.Model;

    /// <summary>Of the workspace's own model of sentiment, for trails; null while the shipped one tells.</summary>
    public string? SentimentVersion { get; } = sentiment is null ? null : string.Create(CultureInfo.InvariantCulture, $"workspace {sentiment.Version}");

    /// <summary>Names everything that decides how texts are understood: when it changes, texts may be understood otherwise.</summary>
    public string Signature(Understander shipped) => string.Create(CultureInfo.InvariantCulture,
        $"shipped {shipped.Version}/{shipped.LanguageVersion}, taxonomy {taxonomyVersion}, sentiment {sentiment?.Version ?? 0}, topics {topics?.Version ?? 0}");

    /// <summary>
    /// The topics of a text: those that were given, under the keys they mean today, then those that its words have, then what a model tells where nobody gave any. A topic
    /// that people took away from texts like it is not told again; one of the lower level brings the one above with it, except where somebody gave it.
    /// </summary>
    /// <param name="given">By a source or a person; each stays.</param>
    internal IReadOnlyList<TopicLabel> Topics(string? text, string? language, IReadOnlyList<TopicLabel> given, Features? features = null)
    {
        var found = text is null ? [] : _matcher.Find(text, language);
        var told = features is null || topics is null || given.Count > 0 ? [] : topics.Model.Tell(features);
        if (found.Count == 0 && given.Count == 0 && told.Count == 0) return [];
        var labels = new List<TopicLabel>(given.Count + found.Count);
        foreach (var label in given) Add(labels, Meant(label));
        foreach (var key in found.Where(k => !IsVetoed(k))) AddFound(labels, new TopicLabel(key, PhraseConfidence, TopicLabel.ByPhrase, _taxonomyVersion));
        foreach (var finding in told.Where(f => !IsVetoed(f.Label))) AddFound(labels, new TopicLabel(taxonomy.Meant(finding.Label), finding.Confidence, TopicLabel.ByModel, _topicsVersion));
        return labels;

        bool IsVetoed(string key) => features is not null && topics?.Model.Vetoes(key, features) == true;
    }

    /// <summary>The topics that the words of a text have a phrase or pattern of, whatever people said of texts like it.</summary>
    public IReadOnlyList<string> Named(string text, string? language) => _matcher.Find(text, language);

    /// <summary>What a source or a person gave, under the key it means today.</summary>
    public TopicLabel Meant(TopicLabel given)
    {
        var sent = given.Sent ?? given.Key;
        var key = taxonomy.Meant(sent);
        return given with { Key = key, Sent = key == sent ? null : sent };
    }

    /// <summary>The stretches of a text that made it of a topic by their words.</summary>
    public IReadOnlyList<(string Key, TextSpan Span)> Explain(string text, string? language) => _matcher.Explain(text, language);

    private void AddFound(List<TopicLabel> labels, TopicLabel label)
    {
        var topic = taxonomy.Find(label.Key);
        if (topic is { IsOpen: false }) return;
        Add(labels, label);
        if (topic?.Parent is { } parent && taxonomy.Find(parent) is { IsOpen: true }) Add(labels, label with { Key = parent });
    }

    private static void Add(List<TopicLabel> labels, TopicLabel label)
    {
        if (!labels.Exists(l => l.Key == label.Key)) labels.Add(label);
    }
}
