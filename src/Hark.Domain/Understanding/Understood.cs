using Hark.Domain.Signals;

namespace Hark.Domain.Understanding;

/// <summary>What a text says, as far as models can tell.</summary>
/// <param name="Emotion">The strongest; null where none is sure enough.</param>
/// <param name="Topics">Of the workspace's topics, surest first.</param>
/// <param name="Severity">As far as the words tell: an urgent text cannot wait.</param>
public sealed record Understood(LanguageGuess Language, Sentiment Sentiment, Finding? Emotion, Finding Urgency, IReadOnlyList<TopicLabel> Topics, Severity Severity);

/// <summary>A class a model found, and how sure it is.</summary>
/// <param name="Confidence">0 to 1, calibrated.</param>
public readonly record struct Finding(string Label, double Confidence);
