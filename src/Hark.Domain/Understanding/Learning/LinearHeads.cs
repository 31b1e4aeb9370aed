namespace Hark.Domain.Understanding.Learning;

/// <summary>The weights of a classifier before they are made small, one for each feature of a corpus: one set for each class against the rest; of two classes one, for both.</summary>
internal sealed record LinearHeads(IReadOnlyList<(float[] Weights, float Bias)> Heads, int Classes)
{
    /// <param name="texts">Numbers of the texts to learn from.</param>
    /// <param name="labels">The class of each text of the corpus.</param>
    /// <param name="weights">How much each counts; 1 for an ordinary text.</param>
    /// <param name="cost">How dear an error is against large weights, of a text of weight 1 in a class of average size.</param>
    public static LinearHeads Train(Corpus corpus, int[] texts, int[] labels, float[] weights, int classes, FeatureScaling scaling, double cost)
    {
        var perClass = new double[classes];
        foreach (var i in texts) perClass[labels[i]] += weights[i];
        var heads = new List<(float[], float)>();
        for (var head = 0; head < (classes == 2 ? 1 : classes); head++)
        {
            var label = classes == 2 ? 1 : head;
            var inside = perClass[label];
            var all = perClass.Sum();
            double Balance(bool isIn) => all / 2 / Math.Max(isIn ? inside : all - inside, 1e-9);
            bool IsIn(int text) => labels[text] == label;
            // Square roots: a class of a hundredth counts ten times as much, not a hundred times.
            var costs = Array.ConvertAll(texts, i => cost * weights[i] * Math.Sqrt(Balance(IsIn(i))));
            heads.Add(LogisticTrainer.Train(corpus, texts, IsIn, FeatureScalings.Of(scaling, corpus, texts, IsIn, weights), costs));
        }
        return new LinearHeads(heads, classes);
    }

    /// <summary>The sum of several, each as strong as its factor.</summary>
    public static LinearHeads Sum(IReadOnlyList<(LinearHeads Heads, double Factor)> parts)
    {
        var (first, _) = parts[0];
        return new LinearHeads([.. first.Heads.Select((head, h) =>
        {
            var weights = new float[head.Weights.Length];
            foreach (var (heads, factor) in parts)
                for (var id = 0; id < weights.Length; id++) weights[id] += (float)factor * heads.Heads[h].Weights[id];
            return (weights, (float)parts.Sum(p => p.Factor * p.Heads.Heads[h].Bias));
        })], first.Classes);
    }

    /// <summary>Adds the scores of all classes, multiplied by a factor.</summary>
    public void AddScores(Example example, double factor, Span<double> scores)
    {
        for (var head = 0; head < Heads.Count; head++)
        {
            var score = factor * (Dot(example, Heads[head].Weights) + Heads[head].Bias);
            if (Classes == 2) (scores[0], scores[1]) = (scores[0] - score, scores[1] + score);
            else scores[head] += score;
        }
    }

    public static float Dot(Example example, float[] weights)
    {
        float words = 0, grams = 0;
        foreach (var id in example.Ids.AsSpan(0, example.Words)) words += weights[id];
        foreach (var id in example.Ids.AsSpan(example.Words)) grams += weights[id];
        return words * example.WordScale + grams * example.GramScale;
    }
}
