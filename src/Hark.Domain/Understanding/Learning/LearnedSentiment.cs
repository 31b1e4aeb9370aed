using Hark.Domain.Signals;

namespace Hark.Domain.Understanding.Learning;

/// <summary>
/// What a workspace's own texts taught about how things are meant: weights of its own and how much the shipped model deserves to be believed beside them. Two classes where
/// its texts have only two.
/// </summary>
public sealed class LearnedSentiment
{
    private const string Task = "sentiment", ClassesName = "classes";

    /// <summary>So many lessons, and so many of a class, are needed to learn it.</summary>
    public const int LeastLessons = 40, LeastOfClass = 10;

    /// <summary>Below this probability nothing is told.</summary>
    private const double SureEnough = 0.4;

    private readonly ModelFile _file;
    private readonly TextModel _model;
    private readonly TextClassifier _classifier;
    private readonly SentimentLabel[] _classes;

    private LearnedSentiment(ModelFile file)
    {
        _file = file;
        _model = new TextModel(file, FeatureSpace.Shared);
        _classes = [.. file.Numbers[ClassesName].Select(c => (SentimentLabel)(int)c)];
        _classifier = _model.Classifier(Task, [.. _classes.Select(c => Understander.Sentiments[(int)c])]);
    }

    /// <summary>Learns from all lessons at once; a few seconds for ten thousand of them. Null where there are too few.</summary>
    public static (LearnedSentiment Model, double LeftOut, double ShippedLeftOut)? Learn(Understander shipped, IReadOnlyList<SentimentLesson> lessons)
    {
        var classes = lessons.Where(l => l.Side != SentimentLabel.Unknown).GroupBy(l => l.Side).Where(g => g.Count() >= LeastOfClass).Select(g => g.Key).Order().ToArray();
        var used = lessons.Where(l => classes.Contains(l.Side)).ToList();
        if (classes.Length < 2 || used.Count < LeastLessons) return null;
        var corpus = new Corpus(shipped.Bits, FeatureSpace.Shared);
        var basis = new List<double[]>(used.Count);
        var shippedRight = 0;
        foreach (var lesson in used)
        {
            var features = corpus.Add(lesson.Text, lesson.Language ?? shipped.Languages.Identify(lesson.Text).Code);
            basis.Add(shipped.SentimentScores(features));
            if (shipped.SideAmong(features, classes) == lesson.Side) shippedRight++;
            if (corpus.Size >= Corpus.Most) break;
        }
        used = used[..basis.Count];
        var learned = Learner.Learn(corpus.Number(), [.. Enumerable.Range(0, used.Count)], [.. used.Select(l => Array.IndexOf(classes, l.Side))], [.. used.Select(l => l.Weight)], [.. basis], classes.Length, LearningPlan.Thorough);
        var written = ModelWriter.Write(Task, "1", shipped.Bits, [new LearnedTask(Task, [.. classes.Select(c => Understander.Sentiments[(int)c])], learned, corpus)]);
        var numbers = new Dictionary<string, float[]>(written.Numbers, StringComparer.Ordinal) { [ClassesName] = [.. classes.Select(c => (float)c)] };
        return (new LearnedSentiment(written with { Numbers = numbers }), learned.LeftOut, (double)shippedRight / used.Count);
    }

    public byte[] ToBytes() => ModelBytes.Write([_file]);

    /// <exception cref="InvalidDataException">The bytes are no such model.</exception>
    public static LearnedSentiment FromBytes(byte[] bytes) => new(ModelBytes.Read(bytes).Single());

    /// <param name="shipped">The scores of the shipped model.</param>
    internal Sentiment Tell(Features features, ReadOnlySpan<double> shipped)
    {
        Span<double> outputs = stackalloc double[TextModel.Width], p = stackalloc double[_classes.Length];
        _model.Score(features, outputs);
        var told = _classifier.Classify(outputs, shipped, p);
        var value = 0.0;
        for (var c = 0; c < _classes.Length; c++) value += _classes[c] switch { SentimentLabel.Negative => -p[c], SentimentLabel.Positive => p[c], _ => 0 };
        return new Sentiment(p[told] < SureEnough ? SentimentLabel.Unknown : _classes[told], Math.Round(value, 4), Math.Round(p[told], 4));
    }
}
