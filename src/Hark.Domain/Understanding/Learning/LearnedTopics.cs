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

    private const double LeastExclusive = 0.3, LeastShared = 0.35, MostFew = 0.9;

    private readonly string[] _keys;
    private readonly TopicHeads _heads;
    private readonly int _shift;
    private readonly bool _exclusive;

    /// <summary>Topics before this one have enough examples.</summary>
    private readonly int _few;
    private readonly Blend[] _blends;
    private readonly float[] _thresholds;
    private readonly ILookup<int, int[]> _examples;

    private readonly PhraseVetoes? _vetoes;

    internal LearnedTopics(IReadOnlyList<ModelFile> files, PhraseVetoes? vetoes)
    {
        _vetoes = vetoes;
        var featureBits = (int)files[0].Numbers[FeatureBitsName][0];
        (_heads, _shift) = (new TopicHeads(files, featureBits), featureBits - files[0].Bits);
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

    public byte[] ToBytes() => ModelBytes.Write(_vetoes is null ? _heads.Files : [.. _heads.Files, _vetoes.File]);

    /// <exception cref="InvalidDataException">The bytes are no such model.</exception>
    public static LearnedTopics FromBytes(byte[] bytes)
    {
        var files = ModelBytes.Read(bytes);
        return files[^1].Name == PhraseVetoes.Name ? new([.. files.Take(files.Count - 1)], PhraseVetoes.Of(files[^1])) : new(files, null);
    }

    /// <summary>Whether people say that a text like this is not about a topic, though its words or the model are.</summary>
    internal bool Vetoes(string topic, Features features) => _vetoes?.Has(topic, features) == true;

    /// <summary>The topics of a text, surest first.</summary>
    internal List<Finding> Tell(Features features)
    {
        Span<double> scores = _keys.Length <= MostTopics ? stackalloc double[_keys.Length] : new double[_keys.Length];
        _heads.Score(features, scores);
        var found = new List<Finding>();
        if (_exclusive) Exclusive(scores[.._few], found);
        else Shared(scores[.._few], found);
        for (var t = _few; t < _keys.Length; t++)
            if (scores[t] > _thresholds[t - _few] && _examples[t].Any(e => Likeness.Of(features, e, _shift) >= Likeness.Alike)) Add(found, t, Math.Min(MostFew, 1 / (1 + Math.Exp(-scores[t]))));
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
}
