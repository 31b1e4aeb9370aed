namespace Hark.Domain.Understanding.Learning;

/// <summary>One text to learn from, as numbers of a <see cref="Corpus"/>'s features: words first, then n-grams.</summary>
/// <param name="Ids">Of its features.</param>
/// <param name="Words">How many of them are words.</param>
internal readonly record struct Example(int[] Ids, int Words)
{
    public float WordScale { get; } = Features.Scale(Words);
    public float GramScale { get; } = Features.Scale(Ids.Length - Words);
}
