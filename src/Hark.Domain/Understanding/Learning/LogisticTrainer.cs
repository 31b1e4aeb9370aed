namespace Hark.Domain.Understanding.Learning;

/// <summary>
/// L2-regularised logistic regression of one class against the others by coordinate descent in the dual (Yu, Huang and Lin 2011): exact, without a rate to choose,
/// linear in the features. The same examples give the same weights.
/// </summary>
internal static class LogisticTrainer
{
    private const int Epochs = 12, InnerSteps = 6, Seed = 20261128;

    /// <summary>A pass that moved the dual variables by less than this share of their bounds on average was the last.</summary>
    private const double Settled = 0.005;

    /// <summary>Where dual variables begin, as a share of their bounds: inside, for the logarithms of both ends.</summary>
    private const double Start = 0.05;

    /// <param name="texts">Numbers of the texts to learn from.</param>
    /// <param name="factors">What features are multiplied by; the weights returned have it in them.</param>
    /// <param name="costs">For each of the texts to learn from how dear an error is.</param>
    /// <returns>One weight a feature, and the bias.</returns>
    public static (float[] Weights, float Bias) Train(Corpus corpus, int[] texts, Func<int, bool> isIn, float[] factors, double[] costs)
    {
        // A weight moves by the square of its factor when a text that has it is moved: so weights need not be multiplied where they are read.
        var squares = Array.ConvertAll(factors, f => f * f);
        var weights = new float[factors.Length];
        var bias = 0.0;
        var (alpha, norms) = (new double[texts.Length], new double[texts.Length]);
        var order = Enumerable.Range(0, texts.Length).ToArray();
        for (var i = 0; i < alpha.Length; i++)
        {
            var example = corpus.Texts[texts[i]];
            norms[i] = SquaredNorm(example, squares) + 1;
            alpha[i] = Start * costs[i];
            var y = isIn(texts[i]) ? 1 : -1;
            Add(example, squares, weights, y * alpha[i]);
            bias += y * alpha[i];
        }
        var random = new Random(Seed);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            var (moved, bound) = (0.0, 0.0);
            foreach (var i in order)
            {
                if (costs[i] <= 0) continue;
                var example = corpus.Texts[texts[i]];
                var y = isIn(texts[i]) ? 1 : -1;
                var margin = y * (LinearHeads.Dot(example, weights) + bias);
                var step = Solve(alpha[i], norms[i], margin, costs[i]) - alpha[i];
                moved += Math.Abs(step);
                bound += costs[i];
                if (Math.Abs(step) < 1e-12) continue;
                alpha[i] += step;
                Add(example, squares, weights, y * step);
                bias += y * step;
            }
            if (moved < Settled * bound) break;
        }
        return (weights, (float)bias);
    }

    /// <summary>The best dual variable of one example, all others fixed, by Newton steps kept inside (0, cost).</summary>
    private static double Solve(double alpha, double norm, double margin, double cost)
    {
        var z = alpha;
        for (var step = 0; step < InnerSteps; step++)
        {
            var gradient = norm * (z - alpha) + margin + Math.Log(z / (cost - z));
            var curvature = norm + cost / (z * (cost - z));
            var next = z - gradient / curvature;
            if (next <= 0) next = z * 0.1;
            else if (next >= cost) next = cost - (cost - z) * 0.1;
            var moved = Math.Abs(next - z);
            z = Math.Clamp(next, cost * 1e-10, cost * (1 - 1e-10));
            if (moved < 1e-6 * cost) break;
        }
        return z;
    }

    private static void Add(Example example, float[] squares, float[] weights, double step)
    {
        var (word, gram) = ((float)step * example.WordScale, (float)step * example.GramScale);
        foreach (var id in example.Ids.AsSpan(0, example.Words)) weights[id] += word * squares[id];
        foreach (var id in example.Ids.AsSpan(example.Words)) weights[id] += gram * squares[id];
    }

    private static double SquaredNorm(Example example, float[] squares)
    {
        double words = 0, grams = 0;
        foreach (var id in example.Ids.AsSpan(0, example.Words)) words += squares[id];
        foreach (var id in example.Ids.AsSpan(example.Words)) grams += squares[id];
        return words * example.WordScale * example.WordScale + grams * example.GramScale * example.GramScale;
    }
}
