namespace Hark.Domain.Understanding.Learning;

/// <summary>A classifier and how its scores become probabilities and decisions.</summary>
internal sealed record Learned(LinearHeads Heads, Blend Blend);

/// <summary>
/// Learns a classifier from examples: weights from all of them; the blend from scores that models, each trained without a part of the examples, gave that part.
/// Takes a few seconds for ten thousand short texts.
/// </summary>
internal static class Learner
{
    private const int Parts = 4;

    /// <summary>Tried in turn; the one with the best probabilities on left-out parts is taken.</summary>
    private static readonly double[] Costs = [0.3, 1, 4];

    /// <param name="costs">How dear errors are; the best of a few is found when none are given.</param>
    /// <param name="basis">For each example the scores of another model; empty arrays for none.</param>
    public static Learned Learn(IReadOnlyList<Example> examples, double[][] basis, int classes, int rows, ReadOnlySpan<double> costs = default)
    {
        if (costs.IsEmpty) costs = Costs;
        var labels = examples.Select(e => e.Label).ToArray();
        var weights = examples.Select(e => e.Weight).ToArray();
        var part = Stratify(labels, classes);
        (double Loss, double Cost, double[][] Scores) best = (double.PositiveInfinity, 0, []);
        foreach (var cost in costs)
        {
            var scores = LeftOutScores(examples, part, classes, rows, cost);
            var loss = Loss(Blend.Fit(scores, basis, labels, weights, classes), scores, basis, labels);
            if (loss < best.Loss) best = (loss, cost, scores);
        }
        return new Learned(LinearHeads.Train(examples, classes, rows, best.Cost), Blend.Fit(best.Scores, basis, labels, weights, classes));
    }

    /// <summary>Deals the examples of each class over the parts in turn.</summary>
    private static int[] Stratify(int[] labels, int classes)
    {
        var next = new int[classes];
        return [.. labels.Select(l => next[l]++ % Parts)];
    }

    private static double[][] LeftOutScores(IReadOnlyList<Example> examples, int[] part, int classes, int rows, double cost)
    {
        var scores = new double[examples.Count][];
        for (var p = 0; p < Parts; p++)
        {
            var heads = LinearHeads.Train([.. examples.Where((_, i) => part[i] != p)], classes, rows, cost);
            for (var i = 0; i < examples.Count; i++)
                if (part[i] == p) heads.Score(examples[i], scores[i] = new double[classes]);
        }
        return scores;
    }

    /// <summary>Mean negative log-likelihood.</summary>
    private static double Loss(Blend blend, double[][] scores, double[][] basis, int[] labels)
    {
        var sum = 0.0;
        var p = new double[blend.Classes];
        for (var i = 0; i < labels.Length; i++)
        {
            blend.Probabilities(scores[i], basis[i], p);
            sum -= Math.Log(Math.Max(p[labels[i]], 1e-12));
        }
        return sum / labels.Length;
    }
}
