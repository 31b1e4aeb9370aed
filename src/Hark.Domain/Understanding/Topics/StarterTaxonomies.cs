using System.Reflection;

namespace Hark.Domain.Understanding.Topics;

/// <summary>Taxonomies to begin with, in six languages.</summary>
public static class StarterTaxonomies
{
    /// <summary>A webshop with stores; a company that makes software for companies.</summary>
    public static IReadOnlyList<string> Names { get; } = ["webshop", "software"];

    /// <summary>Null where there is none of that name.</summary>
    public static Taxonomy? Find(string name)
    {
        if (!Names.Contains(name)) return null;
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Hark.Domain.Understanding.Topics.Starters.{name}.json")
            ?? throw new InvalidOperationException($"The taxonomy {name} is not part of this build.");
        using var reader = new StreamReader(stream);
        return Taxonomy.Parse(reader.ReadToEnd()).Value;
    }
}
