namespace Hark.Domain.Understanding.Learning;

/// <summary>A classifier and how its scores become probabilities and decisions.</summary>
/// <param name="LeftOut">Share of the examples that were told right while they were left out.</param>
internal sealed record Learned(LinearHeads Heads, Blend Blend, double LeftOut);

/// <summary>How weights are found: one model for each scaling, with the best of some costs, added up.</summary>
/// <param name="Costs">How dear errors may be; tried in turn, and the one with the best probabilities on left-out texts is taken.</param>
internal sealed record LearningPlan(IReadOnlyList<FeatureScaling> Scalings, IReadOnlyList<double> Costs)
{
    /// <summary>One model, as dear as usual: for what is learned often, or of very many texts.</summary>
    public static LearningPlan Plain { get; } = new([FeatureScaling.NaiveBayes], [1]);

    /// <summary>Two models that err differently; their sum is right more often than either, and costs no more to ask.</summary>
    public static LearningPlan Thorough { get; } = new([FeatureScaling.NaiveBayes, FeatureScaling.Rarity], [0.1, 0.3, 1, 3]);

    /// <summary>The same without the search for costs, where many classifiers are learned from the same texts.</summary>
    public static LearningPlan Quick { get; } = Thorough with { Costs = [1] };
}

/// <summary>
/// Learns a classifier from examples: weights from all of them; the blend from scores that models, each trained without a part of the examples, gave that part.
/// Takes a few seconds for ten thousand short texts.
/// </summary>
internal sealed class Learner
{
    private const int Parts = 4;

    private readonly Corpus _corpus;
    private readonly int[] _texts, _labels, _part;
    private readonly float[] _weights;
    private readonly double[][] _basis;
    private readonly int _classes;
    private readonly LearningPlan _plan;

    private Learner(Corpus corpus, int[] texts, int[] labels, float[] weights, double[][] basis, int classes, LearningPlan plan)
    {
        (_corpus, _texts, _labels, _weights, _basis, _classes, _plan) = (corpus, texts, labels, weights, basis, classes, plan);
        _part = Stratify();
    }

    /// <param name="texts">Numbers of the texts of the corpus to learn from.</param>
    /// <param name="labels">The class of each text of the corpus.</param>
    /// <param name="weights">How much each counts; 1 for an ordinary text.</param>
    /// <param name="basis">For each text of the corpus the scores of another model; empty arrays for none.</param>
    public static Learned Learn(Corpus corpus, int[] texts, int[] labels, float[] weights, double[][] basis, int classes, LearningPlan plan) =>
        new Learner(corpus, texts, labels, weights, basis, classes, plan).Learn();

    private Learned Learn()
    {
        var scores = new double[_labels.Length][];
        foreach (var i in _texts) scores[i] = new double[_classes];
        var sum = new List<(LinearHeads, double)>();
        foreach (var scaling in _plan.Scalings)
        {
            var (cost, factor) = BestCost(scaling);
            for (var part = 0; part < Parts; part++) LeaveOut(part, scaling, cost, factor, scores);
            sum.Add((LinearHeads.Train(_corpus, _texts, _labels, _weights, _classes, scaling, cost), factor));
        }
        var blend = Fit(_texts, scores);
        return new Learned(LinearHeads.Sum(sum), blend, Accuracy(blend, scores));
    }

    /// <summary>The cost with the best probabilities on the first part, learned from the others; and how strong its scores should be there, so that models can be added up.</summary>
    private (double Cost, double Factor) BestCost(FeatureScaling scaling)
    {
        if (_plan is { Costs: [var only], Scalings.Count: 1 }) return (only, 1);
        int[] left = [.. _texts.Where((_, at) => _part[at] == 0)];
        (double Loss, double Cost, double Factor) best = (double.PositiveInfinity, _plan.Costs[0], 1);
        foreach (var cost in _plan.Costs)
        {
            var scores = new double[_labels.Length][];
            foreach (var i in left) scores[i] = new double[_classes];
            LeaveOut(0, scaling, cost, 1, scores);
            var blend = Fit(left, scores);
            var loss = Loss(blend, left, scores);
            if (loss < best.Loss) best = (loss, cost, Math.Max(0, blend.Sharpness));
        }
        return (best.Cost, best.Factor);
    }

    /// <summary>Deals the texts of each class over the parts in turn.</summary>
    private int[] Stratify()
    {
        var next = new int[_classes];
        return Array.ConvertAll(_texts, i => next[_labels[i]]++ % Parts);
    }

    /// <summary>Scores one part by a model learned from the others.</summary>
    private void LeaveOut(int left, FeatureScaling scaling, double cost, double factor, double[][] scores)
    {
        var heads = LinearHeads.Train(_corpus, [.. _texts.Where((_, at) => _part[at] != left)], _labels, _weights, _classes, scaling, cost);
        for (var at = 0; at < _texts.Length; at++)
            if (_part[at] == left) heads.AddScores(_corpus.Texts[_texts[at]], factor, scores[_texts[at]]);
    }

    private Blend Fit(int[] texts, double[][] scores) =>
        Blend.Fit(Array.ConvertAll(texts, i => scores[i]), Array.ConvertAll(texts, i => _basis[i]), Array.ConvertAll(texts, i => _labels[i]), Array.ConvertAll(texts, i => _weights[i]), _classes);

    private double Accuracy(Blend blend, double[][] scores)
    {
        var p = new double[_classes];
        return (double)_texts.Count(i =>
        {
            blend.Probabilities(scores[i], _basis[i], p);
            return blend.Decide(p) == _labels[i];
        }) / _texts.Length;
    }

    /// <summary>Mean negative log-likelihood.</summary>
    private double Loss(Blend blend, int[] texts, double[][] scores)
    {
        var p = new double[_classes];
        return -texts.Average(i =>
        {
            blend.Probabilities(scores[i], _basis[i], p);
            return Math.Log(Math.Max(p[_labels[i]], 1e-12));
        });
    }
}
