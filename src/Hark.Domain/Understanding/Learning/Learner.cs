namespace Hark.Domain.Understanding.Learning;

/// <summary>A classifier and how its scores become probabilities and decisions.</summary>
/// <param name="LeftOut">Share of the examples that were told right while they were left out.</param>
internal sealed record Learned(LinearHeads Heads, Blend Blend, double LeftOut);

/// <summary>
/// Learns a classifier from examples: weights from all of them; the blend from scores that models, each trained without a part of the examples, gave that part.
/// Takes a few seconds for ten thousand short texts.
/// </summary>
internal static class Learner
{
    private const int Parts = 4;

    /// <summary>Tried in turn; the one with the best probabilities on left-out parts is taken.</summary>
    private static readonly double[] Costs = [0.1, 0.3, 1, 3];

    /// <param name="costs">How dear errors are; the best of a few is found when none are given.</param>
    /// <param name="basis">For each example the scores of another model; empty arrays for none.</param>
    public static Learned Learn(IReadOnlyList<Example> examples, double[][] basis, int classes, int rows, ReadOnlySpan<double> costs = default)
    {
        if (costs.IsEmpty) costs = Costs;
        var labels = examples.Select(e => e.Label).ToArray();
        var weights = examples.Select(e => e.Weight).ToArray();
        var part = Stratify(labels, classes);
        var cost = BestCost(examples, basis, part, classes, rows, costs);
        var scores = new double[examples.Count][];
        for (var p = 0; p < Parts; p++) LeaveOut(examples, part, p, classes, rows, cost, scores);
        var blend = Blend.Fit(scores, basis, labels, weights, classes);
        return new Learned(LinearHeads.Train(examples, classes, rows, cost), blend, Accuracy(blend, scores, basis, labels));
    }

    /// <summary>The cost with the best probabilities on the first part, learned from the others.</summary>
    private static double BestCost(IReadOnlyList<Example> examples, double[][] basis, int[] part, int classes, int rows, ReadOnlySpan<double> costs)
    {
        if (costs.Length == 1) return costs[0];
        int[] left = [.. Enumerable.Range(0, examples.Count).Where(i => part[i] == 0)];
        int[] labels = [.. left.Select(i => examples[i].Label)];
        float[] weights = [.. left.Select(i => examples[i].Weight)];
        double[][] leftBasis = [.. left.Select(i => basis[i])];
        (double Loss, double Cost) best = (double.PositiveInfinity, costs[0]);
        foreach (var cost in costs)
        {
            var scores = new double[examples.Count][];
            LeaveOut(examples, part, 0, classes, rows, cost, scores);
            double[][] leftScores = [.. left.Select(i => scores[i])];
            var loss = Loss(Blend.Fit(leftScores, leftBasis, labels, weights, classes), leftScores, leftBasis, labels);
            if (loss < best.Loss) best = (loss, cost);
        }
        return best.Cost;
    }

    /// <summary>Deals the examples of each class over the parts in turn.</summary>
    private static int[] Stratify(int[] labels, int classes)
    {
        var next = new int[classes];
        return [.. labels.Select(l => next[l]++ % Parts)];
    }

    /// <summary>Scores one part by a model learned from the others.</summary>
    private static void LeaveOut(IReadOnlyList<Example> examples, int[] part, int left, int classes, int rows, double cost, double[][] scores)
    {
        var heads = LinearHeads.Train([.. examples.Where((_, i) => part[i] != left)], classes, rows, cost);
        for (var i = 0; i < examples.Count; i++)
            if (part[i] == left) heads.Score(examples[i], scores[i] = new double[classes]);
    }

    private static double Accuracy(Blend blend, double[][] scores, double[][] basis, int[] labels)
    {
        var right = 0;
        var p = new double[blend.Classes];
        for (var i = 0; i < labels.Length; i++)
        {
            blend.Probabilities(scores[i], basis[i], p);
            if (blend.Decide(p) == labels[i]) right++;
        }
        return (double)right / labels.Length;
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
