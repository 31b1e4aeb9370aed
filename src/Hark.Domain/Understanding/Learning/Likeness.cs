namespace Hark.Domain.Understanding.Learning;

/// <summary>How alike two texts are: the cosine of what features they have.</summary>
internal static class Likeness
{
    /// <summary>From here on two short texts say something alike.</summary>
    public const double Alike = 0.3;

    /// <param name="rows">Features of the other text, as rows of a table with 2^<paramref name="shift"/> times fewer rows than those of the first.</param>
    public static double Of(Features features, int[] rows, int shift = 0)
    {
        var shared = 0;
        foreach (var row in rows)
            if (features.HasAny(row, shift)) shared++;
        return shared == 0 ? 0 : shared / Math.Sqrt((double)rows.Length * (features.Words.Length + features.Grams.Length));
    }
}
