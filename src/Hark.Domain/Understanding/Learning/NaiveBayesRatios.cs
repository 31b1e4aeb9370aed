namespace Hark.Domain.Understanding.Learning;

/// <summary>
/// How much more often a feature is seen in one class than in the others, as a logarithm: what the features of a linear model are scaled by, so that it starts
/// from what naive Bayes knows (Wang and Manning 2012, "NBSVM").
/// </summary>
internal static class NaiveBayesRatios
{
    /// <summary>Texts that each feature is taken to have been seen in on each side before counting.</summary>
    private const double Prior = 0.5;

    /// <returns>One ratio a row.</returns>
    public static float[] Of(IReadOnlyList<Example> examples, Func<int, bool> isIn, int rows)
    {
        var inside = new float[rows];
        var outside = new float[rows];
        double insideTexts = 0, outsideTexts = 0;
        foreach (var example in examples)
        {
            var positive = isIn(example.Label);
            if (positive) insideTexts += example.Weight;
            else outsideTexts += example.Weight;
            var counts = positive ? inside : outside;
            foreach (var row in example.Rows) counts[row] += example.Weight;
        }
        // Sides of different size are brought to the same before the prior is added, else rare features would lean to the smaller.
        var mean = (insideTexts + outsideTexts) / 2;
        var (a, b) = (mean / Math.Max(insideTexts, 1e-9), mean / Math.Max(outsideTexts, 1e-9));
        for (var row = 0; row < rows; row++)
            inside[row] = inside[row] + outside[row] == 0 ? 0 : (float)Math.Log((inside[row] * a + Prior) / (outside[row] * b + Prior));
        return inside;
    }
}
