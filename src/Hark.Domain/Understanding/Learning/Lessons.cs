using Hark.Domain.Signals;

namespace Hark.Domain.Understanding.Learning;

/// <summary>A text of which somebody said how it is meant: its rating, or a person.</summary>
/// <param name="Weight">How much it counts; 1 for an ordinary text.</param>
public sealed record SentimentLesson(string Text, string? Language, SentimentLabel Side, float Weight = 1);

/// <summary>A text of which a source or a person said what it is about.</summary>
/// <param name="Topics">Every topic it has; empty for a text of which nobody said anything: it stands for all that is said otherwise.</param>
public sealed record TopicsLesson(string Text, string? Language, IReadOnlyList<string> Topics, float Weight = 1);

/// <summary>A text that has a phrase of a topic, and whether it is about it.</summary>
/// <param name="Holds">False where a person took the topic away.</param>
public sealed record PhraseLesson(string Text, string Topic, bool Holds);

/// <summary>What lessons weigh.</summary>
public static class LessonWeights
{
    /// <summary>What a person said of a text, against what its rating or its source did.</summary>
    public const float Corrected = 3;

    /// <summary>A rating that the words clearly contradict.</summary>
    public const float Contradicted = 0.5f;

    /// <summary>As many texts as this of one person, or of the same words, count in full; more share their weight.</summary>
    private const int Most = 5;

    /// <param name="alike">How many lessons come from the same person, or have the same words.</param>
    public static float Shared(int alike) => alike <= Most ? 1 : (float)Most / alike;
}
