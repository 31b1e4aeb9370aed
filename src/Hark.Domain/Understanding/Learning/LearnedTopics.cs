namespace Hark.Domain.Understanding.Learning;

/// <summary>
/// What sources and people taught about topics. Where nearly every labelled text has one topic they are told apart from each other; else each is told for itself. A
/// topic of which only a few examples are known is told only of texts that are like one of them.
/// </summary>
public sealed class LearnedTopics
{
    /// <summary>More topics are not learned: the most frequent are.</summary>
    public const int MostTopics = 96;

    /// <summary>From so many examples on, a topic's probability is calibrated; below, likeness decides.</summary>
    internal const int LeastExamples = 10;

    internal const string ExclusiveName = "exclusive", BlendName = "blend", FewName = "few", ThresholdName = "threshold", ExampleName = "example", FeatureBitsName = "feature bits";

    /// <summary>How alike (cosine of what both have) a text must be to an example of a topic with few.</summary>
    private const double Alike = 0.3;

    private const double LeastExclusive = 0.3, LeastShared = 0.35, MostFew = 0.9;

    private readonly string[] _keys;
    private readonly TopicHeads _heads;
    private readonly bool _exclusive;

    /// <summary>Topics before this one have enough examples.</summary>
    private readonly int _few;
    private readonly Blend[] _blends;
    private readonly float[] _thresholds;
    private readonly ILookup<int, int[]> _examples;

    internal LearnedTopics(IReadOnlyList<ModelFile> files)
    {
        _heads = new TopicHeads(files, (int)files[0].Numbers[FeatureBitsName][0]);
        _keys = [.. files.SelectMany(f => f.Outputs)];
        var numbers = files[0].Numbers;
        _exclusive = numbers[ExclusiveName][0] > 0;
        _few = (int)numbers[FewName][0];
        _blends = _exclusive ? [TextClassifier.BlendOf(numbers[BlendName], _few)] : [.. Enumerable.Range(0, _few).Select(t => TextClassifier.BlendOf(numbers[$"{BlendName} {t}"], 2))];
        _thresholds = numbers[ThresholdName];
        _examples = numbers.Where(n => n.Key.StartsWith(ExampleName, StringComparison.Ordinal))
            .ToLookup(n => int.Parse(n.Key.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), n => Array.ConvertAll(n.Value, f => (int)f));
    }

    /// <summary>Every topic it can tell.</summary>
    public IReadOnlyList<string> Keys => _keys;

    public byte[] ToBytes() => ModelBytes.Write(_heads.Files);

    /// <exception cref="InvalidDataException">The bytes are no such model.</exception>
    public static LearnedTopics FromBytes(byte[] bytes) => new(ModelBytes.Read(bytes));

    /// <summary>The topics of a text, surest first.</summary>
    internal List<Finding> Tell(Features features)
    {
        Span<double> scores = _keys.Length <= MostTopics ? stackalloc double[_keys.Length] : new double[_keys.Length];
        _heads.Score(features, scores);
        var found = new List<Finding>();
        if (_exclusive) Exclusive(scores[.._few], found);
        else Shared(scores[.._few], found);
        for (var t = _few; t < _keys.Length; t++)
            if (scores[t] > _thresholds[t - _few] && _examples[t].Any(e => Likeness(features, e) >= Alike)) Add(found, t, Math.Min(MostFew, 1 / (1 + Math.Exp(-scores[t]))));
        found.Sort((a, b) => b.Confidence.CompareTo(a.Confidence));
        return found;
    }

    private void Exclusive(Span<double> scores, List<Finding> found)
    {
        if (scores.IsEmpty) return;
        Span<double> p = stackalloc double[scores.Length];
        // Of two classes one output speaks for the second.
        if (scores.Length == 2) scores[0] = -scores[1];
        _blends[0].Probabilities(scores, [], p);
        var told = _blends[0].Decide(p);
        if (p[told] >= LeastExclusive) Add(found, told, p[told]);
    }

    private void Shared(ReadOnlySpan<double> scores, List<Finding> found)
    {
        Span<double> sides = stackalloc double[2], p = stackalloc double[2];
        for (var t = 0; t < scores.Length; t++)
        {
            (sides[0], sides[1]) = (-scores[t], scores[t]);
            _blends[t].Probabilities(sides, [], p);
            if (_blends[t].Decide(p) == 1 && p[1] >= LeastShared) Add(found, t, p[1]);
        }
    }

    private void Add(List<Finding> found, int topic, double confidence) => found.Add(new Finding(_keys[topic], Math.Round(confidence, 4)));

    private static double Likeness(Features features, int[] example)
    {
        var shared = 0;
        foreach (var row in example)
            if (features.Has(row)) shared++;
        return example.Length == 0 ? 0 : shared / Math.Sqrt((double)example.Length * (features.WordCount + features.GramCount));
    }
}
