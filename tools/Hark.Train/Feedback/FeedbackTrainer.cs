using Hark.Domain.Understanding;
using Hark.Domain.Understanding.Learning;

namespace Hark.Train.Feedback;

/// <summary>Trains the shipped model of sentiment, emotion and urgency.</summary>
internal static class FeedbackTrainer
{
    private const int Bits = 18;

    public static ModelFile Train(FeedbackTexts texts, string version) =>
        ModelWriter.Write(Understander.ModelName, version, Bits,
        [
            Learn(Understander.SentimentTask, Understander.Sentiments, texts.Sentiment()),
            Learn(Understander.EmotionTask, Understander.Emotions, texts.Emotion()),
            Learn(Understander.UrgencyTask, Understander.Urgencies, texts.Urgency()),
        ]);

    /// <summary>Only the sentiment of it.</summary>
    public static ModelFile TrainSentiment(FeedbackTexts texts) =>
        ModelWriter.Write(Understander.ModelName, "", Bits, [Learn(Understander.SentimentTask, Understander.Sentiments, texts.Sentiment())]);

    private static LearnedTask Learn(string task, string[] classes, IEnumerable<TrainingText> texts)
    {
        var corpus = new Corpus(Bits, FeatureSpace.SharedAndOwn);
        var balanced = Balanced([.. texts], classes.Length).ToList();
        foreach (var text in balanced) corpus.Add(text.Text, text.Language);
        return new LearnedTask(task, classes, Learner.Learn(corpus.Number(), [.. Enumerable.Range(0, balanced.Count)], [.. balanced.Select(t => t.Label)], [.. balanced.Select(t => t.Weight)],
            [.. balanced.Select(_ => Array.Empty<double>())], classes.Length, LearningPlan.Plain), corpus);
    }

    /// <summary>In each language all classes together weigh the same, so that a language with more praise than complaints does not make praise of every text.</summary>
    private static IEnumerable<TrainingText> Balanced(List<TrainingText> texts, int classes)
    {
        foreach (var language in texts.GroupBy(t => t.Language))
        {
            var total = language.Sum(t => t.Weight);
            var byClass = language.GroupBy(t => t.Label).ToDictionary(g => g.Key, g => g.Sum(t => t.Weight));
            foreach (var text in language) yield return text with { Weight = (float)(text.Weight * Math.Sqrt(total / classes / byClass[text.Label])) };
        }
    }
}
