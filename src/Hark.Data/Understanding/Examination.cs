using Hark.Data.Model;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Understanding;

namespace Hark.Data.Understanding;

/// <summary>
/// Asks models about labelled texts before anything is learned from them (test, then train): how right each is, by day and language, and what was told wrong. Several models may be examined
/// beside each other over the same texts.
/// </summary>
/// <param name="challenger">With one model of a task replaced by its challenger; null for none.</param>
internal sealed class Examination(Understander shipped, WorkspaceUnderstanding champion, WorkspaceUnderstanding? challenger, long sentimentVersion, long topicsVersion)
{
    /// <summary>The language of texts of which it is not known.</summary>
    public const string Undetermined = "und";

    private static readonly WorkspaceUnderstanding Nothing = WorkspaceUnderstanding.None;
    private readonly Dictionary<(TextTask, DateTimeOffset, string), TextModelScore> _scores = [];

    public IReadOnlyCollection<TextModelScore> Scores => _scores.Values;
    public List<TextDisagreement> Disagreements { get; } = [];
    public Dictionary<TextTask, (int Texts, int Right, int ChampionRight)> Trials { get; } = [];

    /// <summary>Labelled texts of each task.</summary>
    public int Labelled { get; private set; }

    public void Take(SpokenSignal spoken)
    {
        var signal = spoken.Signal;
        var (side, topics) = (LessonReader.SideOf(signal), LessonReader.TopicsOf(signal, champion));
        if (side is null && topics.Count == 0) return;
        Labelled++;
        var told = shipped.Understand(spoken.Text, signal.Language, champion);
        var without = shipped.Understand(spoken.Text, signal.Language, Nothing);
        var tried = challenger is null ? null : shipped.Understand(spoken.Text, signal.Language, challenger);
        if (side is var (truth, _))
        {
            Note(TextTask.Sentiment, signal, told.Sentiment.Label == truth, without.Sentiment.Label == truth, tried?.Sentiment.Label == truth, tried is not null);
            if (told.Sentiment.Label != truth) Disagree(TextTask.Sentiment, signal, EnumNames<SentimentLabel>.Of(told.Sentiment.Label), EnumNames<SentimentLabel>.Of(truth), told.Sentiment.Confidence, sentimentVersion);
        }
        if (topics.Count == 0) return;
        // Phrases are not learned: without the model they are what is told.
        var right = First(told) is { } first && topics.Contains(first.Key);
        Note(TextTask.Topics, signal, right, told.Topics.FirstOrDefault(t => t.By == TopicLabel.ByPhrase) is { } phrase && topics.Contains(phrase.Key), tried is not null && First(tried) is { } f && topics.Contains(f.Key), tried is not null);
        if (!right) Disagree(TextTask.Topics, signal, First(told)?.Key ?? "", string.Join(", ", topics), First(told)?.Confidence ?? 0, topicsVersion);
    }

    /// <summary>What a model would have said first; where it says nothing, what the phrases do.</summary>
    private static TopicLabel? First(Understood told) => told.Topics.FirstOrDefault(t => t.By == TopicLabel.ByModel) ?? (told.Topics.Count > 0 ? told.Topics[0] : null);

    private void Note(TextTask task, Signal signal, bool right, bool shippedRight, bool triedRight, bool isTried)
    {
        var day = new DateTimeOffset(signal.ReceivedAt.UtcDateTime.Date, TimeSpan.Zero);
        var language = signal.Language ?? Undetermined;
        if (!_scores.TryGetValue((task, day, language), out var score))
            _scores[(task, day, language)] = score = new TextModelScore { WorkspaceId = signal.WorkspaceId, Task = task, DayAt = day, Language = language };
        score.Texts++;
        if (right) score.Right++;
        if (shippedRight) score.ShippedRight++;
        if (!isTried) return;
        var (texts, tried, champions) = Trials.GetValueOrDefault(task);
        Trials[task] = (texts + 1, tried + (triedRight ? 1 : 0), champions + (right ? 1 : 0));
    }

    private void Disagree(TextTask task, Signal signal, string told, string truth, double confidence, long version) => Disagreements.Add(new TextDisagreement
    {
        WorkspaceId = signal.WorkspaceId,
        Task = task,
        SignalId = signal.SignalId,
        At = signal.ReceivedAt,
        Told = Cut(told),
        Truth = Cut(truth),
        Confidence = confidence,
        Version = version,
    });

    private static string Cut(string text) => text.Length <= 400 ? text : text[..400];
}
