namespace Hark.Domain.Understanding.Learning;

/// <summary>What the features of a linear model are multiplied by before it learns: where it starts from.</summary>
internal enum FeatureScaling
{
    /// <summary>
    /// How much more often a feature is seen in one class than in the others, as a logarithm, so that the model starts from what naive Bayes knows (Wang and Manning 2012, "NBSVM").
    /// </summary>
    NaiveBayes,

    /// <summary>How rare a feature is (inverse document frequency): blind to the classes, so that a few texts of a class cannot mislead it.</summary>
    Rarity,
}

internal static class FeatureScalings
{
    /// <summary>Texts that each feature is taken to have been seen in on each side before counting.</summary>
    private const double Prior = 0.5;

    /// <summary>Brings rarity to the size of the ratios of naive Bayes, so that costs mean the same.</summary>
    private const double RarityUnit = 0.25;

    /// <param name="texts">Numbers of the texts to look at.</param>
    /// <param name="weights">Of all texts.</param>
    /// <returns>One factor a feature.</returns>
    public static float[] Of(FeatureScaling scaling, Corpus corpus, int[] texts, Func<int, bool> isIn, float[] weights)
    {
        var (inside, outside) = (new float[corpus.Rows.Length], new float[corpus.Rows.Length]);
        double insideTexts = 0, outsideTexts = 0;
        foreach (var i in texts)
        {
            var positive = isIn(i);
            if (positive) insideTexts += weights[i];
            else outsideTexts += weights[i];
            var counts = positive ? inside : outside;
            foreach (var id in corpus.Texts[i].Ids) counts[id] += weights[i];
        }
        if (scaling == FeatureScaling.NaiveBayes) Ratios(inside, outside, insideTexts, outsideTexts);
        else Rarities(inside, outside, insideTexts + outsideTexts);
        return inside;
    }

    private static void Ratios(float[] inside, float[] outside, double insideTexts, double outsideTexts)
    {
        // Sides of different size are brought to the same before the prior is added, else rare features would lean to the smaller.
        var mean = (insideTexts + outsideTexts) / 2;
        var (a, b) = (mean / Math.Max(insideTexts, 1e-9), mean / Math.Max(outsideTexts, 1e-9));
        for (var id = 0; id < inside.Length; id++)
            inside[id] = inside[id] + outside[id] == 0 ? 0 : (float)Math.Log((inside[id] * a + Prior) / (outside[id] * b + Prior));
    }

    private static void Rarities(float[] inside, float[] outside, double texts)
    {
        for (var id = 0; id < inside.Length; id++)
            inside[id] = inside[id] + outside[id] == 0 ? 0 : (float)((Math.Log((1 + texts) / (1 + inside[id] + outside[id])) + 1) * RarityUnit);
    }
}
