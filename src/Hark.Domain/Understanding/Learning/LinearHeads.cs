namespace Hark.Domain.Understanding.Learning;

/// <summary>The weights of a classifier before they are made small: one set for each class against the rest; of two classes one, for both.</summary>
internal sealed record LinearHeads(IReadOnlyList<(float[] Weights, float Bias)> Heads, int Classes)
{
    /// <param name="cost">How dear an error is against large weights, of a text of weight 1 in a class of average size.</param>
    public static LinearHeads Train(IReadOnlyList<Example> examples, int classes, int rows, double cost)
    {
        var perClass = new double[classes];
        foreach (var example in examples) perClass[example.Label] += example.Weight;
        var heads = new List<(float[], float)>();
        for (var head = 0; head < (classes == 2 ? 1 : classes); head++)
        {
            var label = classes == 2 ? 1 : head;
            var inside = perClass[label];
            var all = perClass.Sum();
            double Balance(bool isIn) => all / 2 / Math.Max(isIn ? inside : all - inside, 1e-9);
            // Square roots: a class of a hundredth counts ten times as much, not a hundred times.
            var costs = examples.Select(e => cost * e.Weight * Math.Sqrt(Balance(e.Label == label))).ToArray();
            heads.Add(LogisticTrainer.Train(examples, l => l == label, NaiveBayesRatios.Of(examples, l => l == label, rows), costs));
        }
        return new LinearHeads(heads, classes);
    }

    /// <summary>The scores of all classes.</summary>
    public void Score(Example example, Span<double> scores)
    {
        for (var head = 0; head < Heads.Count; head++)
        {
            var (weights, bias) = Heads[head];
            float words = 0, grams = 0;
            foreach (var row in example.Rows.AsSpan(0, example.Words)) words += weights[row];
            foreach (var row in example.Rows.AsSpan(example.Words)) grams += weights[row];
            scores[head] = words * example.WordScale + grams * example.GramScale + bias;
        }
        if (Classes == 2) (scores[0], scores[1]) = (-scores[0], scores[0]);
    }
}
