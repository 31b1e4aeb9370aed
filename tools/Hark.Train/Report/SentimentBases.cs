using Hark.Domain.Understanding;
using Hark.Train.Data;
using Hark.Train.Feedback;

namespace Hark.Train.Report;

/// <summary>
/// What a set's own model may start from: the shipped model, or, for a set of a source that the shipped model learned from, one made like it without any text of that source. Each takes about a
/// minute to make and is made once.
/// </summary>
internal sealed class SentimentBases(Understander understander, FeedbackTexts texts)
{
    private readonly Dictionary<string, Func<Features, double[]>> _without = new(StringComparer.Ordinal);

    /// <summary>Gives the scores of a text's sides before calibration.</summary>
    public Func<Features, double[]> For(LabelledSet set)
    {
        if (!set.IsShippedWith) return understander.SentimentScores;
        if (!_without.TryGetValue(set.Source, out var scores)) _without[set.Source] = scores = Make(set.Source);
        return scores;
    }

    private Func<Features, double[]> Make(string source)
    {
        var model = new TextModel(FeedbackTrainer.TrainSentiment(texts with { Without = source }), FeatureSpace.SharedAndOwn);
        var classifier = model.Classifier(Understander.SentimentTask, Understander.Sentiments);
        var outputs = new double[TextModel.Width];
        return features =>
        {
            var scores = new double[Understander.Sentiments.Length];
            model.Score(features, outputs);
            classifier.Scores(outputs, scores);
            return scores;
        };
    }
}
