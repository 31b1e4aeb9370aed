namespace Hark.Domain.Understanding.Learning;

/// <summary>
/// Turns scores into probabilities that hold (of a hundred texts with 0.8 eighty are right), and into a decision. The probability of class c is the softmax of
/// <c>Sharpness · score[c] + Σ Mix[c, j] · base[j] + Bias[c]</c>, where the base scores are another model's, as far as they help; the class told is the one with
/// the highest probability times its weight, weights chosen so that rare classes are found as well as frequent ones.
/// </summary>
internal sealed record Blend(double Sharpness, double[] Bias, double[] Mix, double[] Weights)
{
    private const int Steps = 400;
    private const double Rate = 0.05, MixPenalty = 0.002, FewExamples = 30;

    public int Classes => Bias.Length;

    public void Probabilities(ReadOnlySpan<double> scores, ReadOnlySpan<double> basis, Span<double> probabilities)
    {
        var inputs = Mix.Length / Classes;
        var top = double.NegativeInfinity;
        for (var c = 0; c < Classes; c++)
        {
            var logit = Sharpness * scores[c] + Bias[c];
            for (var j = 0; j < inputs; j++) logit += Mix[c * inputs + j] * basis[j];
            probabilities[c] = logit;
            top = Math.Max(top, logit);
        }
        var sum = 0.0;
        for (var c = 0; c < Classes; c++) sum += probabilities[c] = Math.Exp(probabilities[c] - top);
        for (var c = 0; c < Classes; c++) probabilities[c] /= sum;
    }

    public int Decide(ReadOnlySpan<double> probabilities)
    {
        var best = 0;
        for (var c = 1; c < Classes; c++)
            if (probabilities[c] * Weights[c] > probabilities[best] * Weights[best]) best = c;
        return best;
    }

    /// <summary>Fits it to scores of texts the scoring model has not learned from.</summary>
    /// <param name="scores">A row of class scores for each text.</param>
    /// <param name="basis">A row of the other model's scores for each text; rows may be empty.</param>
    public static Blend Fit(double[][] scores, double[][] basis, int[] labels, float[] weights, int classes)
    {
        var inputs = basis.Length == 0 ? 0 : basis[0].Length;
        var parameters = new double[1 + classes + classes * inputs];
        parameters[0] = 1;
        var (first, second) = (new double[parameters.Length], new double[parameters.Length]);
        var gradient = new double[parameters.Length];
        var p = new double[classes];
        var total = weights.Sum();
        for (var step = 1; step <= Steps; step++)
        {
            Array.Clear(gradient);
            var blend = Of(parameters, classes);
            for (var i = 0; i < labels.Length; i++)
            {
                blend.Probabilities(scores[i], basis[i], p);
                for (var c = 0; c < classes; c++)
                {
                    var error = (p[c] - (labels[i] == c ? 1 : 0)) * weights[i] / total;
                    gradient[0] += error * scores[i][c];
                    gradient[1 + c] += error;
                    for (var j = 0; j < inputs; j++) gradient[1 + classes + c * inputs + j] += error * basis[i][j];
                }
            }
            for (var k = 1 + classes; k < parameters.Length; k++) gradient[k] += MixPenalty * parameters[k];
            Descend(parameters, gradient, first, second, step);
        }
        var fitted = Of(parameters, classes);
        return fitted with { Weights = DecisionWeights(fitted, scores, basis, labels) };
    }

    private static Blend Of(double[] parameters, int classes) =>
        new(parameters[0], parameters[1..(1 + classes)], parameters[(1 + classes)..], [.. Enumerable.Repeat(1.0, classes)]);

    /// <summary>One step of Adam (Kingma and Ba 2015).</summary>
    private static void Descend(double[] parameters, double[] gradient, double[] first, double[] second, int step)
    {
        for (var k = 0; k < parameters.Length; k++)
        {
            first[k] = 0.9 * first[k] + 0.1 * gradient[k];
            second[k] = 0.999 * second[k] + 0.001 * gradient[k] * gradient[k];
            parameters[k] -= Rate * (first[k] / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(second[k] / (1 - Math.Pow(0.999, step))) + 1e-9);
        }
    }

    /// <summary>Climbs macro-F1, one class after another; a weight moves only where that clearly helps, so that chance decides nothing.</summary>
    private static double[] DecisionWeights(Blend blend, double[][] scores, double[][] basis, int[] labels)
    {
        const double least = 0.002;
        var probabilities = new double[labels.Length][];
        for (var i = 0; i < labels.Length; i++) blend.Probabilities(scores[i], basis[i], probabilities[i] = new double[blend.Classes]);
        var weights = blend.Weights.ToArray();
        var best = MacroF1(blend with { Weights = weights }, probabilities, labels);
        for (var round = 0; round < 3; round++)
        {
            for (var c = 0; c < blend.Classes; c++)
            {
                for (var exponent = -8; exponent <= 8; exponent++)
                {
                    var tried = weights.ToArray();
                    tried[c] = Math.Pow(1.25, exponent);
                    var reached = MacroF1(blend with { Weights = tried }, probabilities, labels);
                    if (reached > best + least) (best, weights) = (reached, tried);
                }
            }
        }
        // What few examples of the rarest class suggest is believed in part.
        var rarest = Enumerable.Range(0, blend.Classes).Min(c => labels.Count(l => l == c));
        return [.. weights.Select(w => Math.Pow(w, rarest / (rarest + FewExamples)))];
    }

    private static double MacroF1(Blend blend, double[][] probabilities, int[] labels)
    {
        var confusion = new Confusion(blend.Classes);
        for (var i = 0; i < labels.Length; i++) confusion.Add(labels[i], blend.Decide(probabilities[i]));
        return confusion.MacroF1;
    }
}
