namespace Hark.Domain.Understanding.Learning;

/// <summary>A classifier to be written into a model.</summary>
/// <param name="Corpus">What it was learned from.</param>
internal sealed record LearnedTask(string Name, IReadOnlyList<string> Classes, Learned Learned, Corpus Corpus);

/// <summary>Makes learned weights small: a signed byte each, scaled for each output.</summary>
internal static class ModelWriter
{
    /// <summary>Weights beyond this share of all are cut to it: a few outliers would make the steps of all others coarse.</summary>
    private const double Quantile = 0.999;

    public static ModelFile Write(string name, string version, int bits, IReadOnlyList<LearnedTask> tasks)
    {
        var outputs = new List<string>();
        var scales = new List<float>();
        var numbers = new Dictionary<string, float[]>(StringComparer.Ordinal);
        var rows = new sbyte[(1 << bits) * TextModel.Width];
        foreach (var (task, classes, learned, corpus) in tasks)
        {
            for (var head = 0; head < learned.Heads.Heads.Count; head++)
            {
                scales.Add(Write(learned.Heads.Heads[head].Weights, corpus, rows, outputs.Count));
                outputs.Add($"{task}/{classes[classes.Count == 2 ? 1 : head]}");
            }
            numbers[task + ".bias"] = [.. learned.Heads.Heads.Select(h => h.Bias)];
            numbers[task + ".blend"] = TextClassifier.NumbersOf(learned.Blend);
            if (learned.Blend.Mix.Length > 0) numbers[task + ".mix"] = [.. learned.Blend.Mix.Select(m => (float)m)];
        }
        return new ModelFile(name, version, outputs, bits, TextModel.Width, [.. scales], rows, numbers);
    }

    /// <summary>Writes the weights of one output into a table.</summary>
    /// <returns>What one step of a byte stands for.</returns>
    public static float Write(float[] weights, Corpus corpus, sbyte[] rows, int output)
    {
        var scale = Scale(weights);
        for (var id = 0; id < weights.Length; id++)
            rows[corpus.Rows[id] * TextModel.Width + output] = (sbyte)Math.Clamp(MathF.Round(weights[id] / scale), -sbyte.MaxValue, sbyte.MaxValue);
        return scale;
    }

    private static float Scale(float[] weights)
    {
        var sizes = weights.Where(w => w != 0).Select(MathF.Abs).Order().ToArray();
        return sizes.Length == 0 ? 1 : sizes[(int)((sizes.Length - 1) * Quantile)] / sbyte.MaxValue;
    }
}
