namespace Hark.Domain.Understanding.Learning;

/// <summary>The features of one text to learn from.</summary>
/// <param name="Rows">Rows of the table of weights: words first, then n-grams.</param>
/// <param name="Words">How many of them are words.</param>
/// <param name="Label">The class it belongs to.</param>
/// <param name="Weight">How much it counts; 1 for an ordinary text.</param>
internal sealed record Example(int[] Rows, int Words, int Label, float Weight)
{
    public float WordScale { get; } = Words == 0 ? 0 : 1 / MathF.Sqrt(Words);
    public float GramScale { get; } = Rows.Length == Words ? 0 : 1 / MathF.Sqrt(Rows.Length - Words);

    public static Example Of(string text, string? language, int label, float weight, Features features)
    {
        TextFeatures.Read(text, language, features);
        return new Example([.. features.Words, .. features.Grams], features.WordCount, label, weight);
    }
}
