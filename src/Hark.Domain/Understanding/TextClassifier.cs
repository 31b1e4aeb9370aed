using Hark.Domain.Understanding.Learning;

namespace Hark.Domain.Understanding;

/// <summary>Reads the outputs of one classifier: probabilities of its classes and the class to tell.</summary>
internal sealed class TextClassifier(int first, IReadOnlyList<string> classes, float[] bias, Blend blend)
{
    public IReadOnlyList<string> Classes => classes;

    /// <param name="outputs">All outputs of the model.</param>
    /// <param name="scores">The scores of the classes; one place for each.</param>
    public void Scores(ReadOnlySpan<double> outputs, Span<double> scores)
    {
        if (classes.Count == 2)
        {
            scores[1] = outputs[first] + bias[0];
            scores[0] = -scores[1];
            return;
        }
        for (var c = 0; c < classes.Count; c++) scores[c] = outputs[first + c] + bias[c];
    }

    /// <returns>The class to tell.</returns>
    public int Classify(ReadOnlySpan<double> outputs, Span<double> probabilities) => Classify(outputs, [], probabilities);

    /// <param name="basis">The scores of another model, where the classifier was learned beside one.</param>
    /// <inheritdoc cref="Classify(ReadOnlySpan{double}, Span{double})"/>
    public int Classify(ReadOnlySpan<double> outputs, ReadOnlySpan<double> basis, Span<double> probabilities)
    {
        Span<double> scores = stackalloc double[classes.Count];
        Scores(outputs, scores);
        blend.Probabilities(scores, basis, probabilities);
        return blend.Decide(probabilities);
    }

    /// <summary>Sharpness, a bias for each class, a weight for each class.</summary>
    public static Blend BlendOf(float[] numbers, int classes, float[]? mix = null)
    {
        if (numbers.Length != 1 + 2 * classes) throw new InvalidDataException("The model's calibration has another number of classes.");
        double[] Of(int at) => [.. numbers.AsSpan(at, classes).ToArray().Select(n => (double)n)];
        return new Blend(numbers[0], Of(1), [.. (mix ?? []).Select(m => (double)m)], Of(1 + classes));
    }

    public static float[] NumbersOf(Blend blend) => [(float)blend.Sharpness, .. blend.Bias.Select(b => (float)b), .. blend.Weights.Select(w => (float)w)];
}
