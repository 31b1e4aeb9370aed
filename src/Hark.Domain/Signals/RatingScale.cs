namespace Hark.Domain.Signals;

/// <summary>The scale a rating was given on. Starts at 1 so that an unset rating cannot pass for an NPS of 0.</summary>
public enum RatingScale
{
    /// <summary>Likelihood to recommend, whole numbers 0-10.</summary>
    Nps = 1,

    /// <summary>Satisfaction, whole numbers 1-5.</summary>
    Csat,

    /// <summary>Customer Effort Score 2.0: agreement that it was made easy, whole numbers 1-7, higher is better.</summary>
    Ces,

    /// <summary>Stars, whole numbers 1-5.</summary>
    Stars,

    /// <summary>Thumb down (0) or up (1).</summary>
    Thumbs,

    /// <summary>Any finite range, higher is better; carries its own minimum and maximum.</summary>
    Custom,
}

/// <summary>Names and bounds of the scales. Nothing here allocates.</summary>
public static class RatingScales
{
    /// <summary>The names of the API, for messages and contracts.</summary>
    public const string Names = "nps, csat, ces, stars, thumbs, custom";

    /// <summary>The name used in the API and in tables.</summary>
    public static string Name(this RatingScale scale) => scale switch
    {
        RatingScale.Nps => "nps",
        RatingScale.Csat => "csat",
        RatingScale.Ces => "ces",
        RatingScale.Stars => "stars",
        RatingScale.Thumbs => "thumbs",
        RatingScale.Custom => "custom",
    };

    /// <summary>Reads a name, whatever its case (exports write "NPS"). False when there is no such scale.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out RatingScale scale)
    {
        for (var candidate = RatingScale.Nps; candidate <= RatingScale.Custom; candidate++)
        {
            if (name.Equals(candidate.Name(), StringComparison.OrdinalIgnoreCase))
            {
                scale = candidate;
                return true;
            }
        }

        scale = default;
        return false;
    }

    /// <summary>The bounds of a fixed scale, both inclusive; null for <see cref="RatingScale.Custom"/>.</summary>
    public static (int Min, int Max)? Bounds(this RatingScale scale) => scale switch
    {
        RatingScale.Nps => (0, 10),
        RatingScale.Csat or RatingScale.Stars => (1, 5),
        RatingScale.Ces => (1, 7),
        RatingScale.Thumbs => (0, 1),
        RatingScale.Custom => null,
    };
}
