namespace Hark.Domain.Statistics.Quality;

/// <summary>One part of a weighted mean; weights of all parts add up to 1.</summary>
public readonly record struct MeanPart(string Key, double Weight, double Value);

/// <summary>What one part did to the change of a weighted mean, in its unit.</summary>
/// <param name="Within">By being better or worse itself.</param>
/// <param name="Mix">By counting for more or less than before.</param>
public readonly record struct PartChange(string Key, double Within, double Mix)
{
    public double Total => Within + Mix;
}

/// <summary>
/// What moved a weighted mean from one period to the next. The parts add up to the change exactly: each change of a product is split at the middle of both periods
/// (E. M. Kitagawa, JASA 50 (1955) 1168-1194).
/// </summary>
public static class Decomposition
{
    /// <summary>One entry for every key of either period, the largest effect first. A part of one period only has all its effect in the mix.</summary>
    public static IReadOnlyList<PartChange> Of(IReadOnlyCollection<MeanPart> before, IReadOnlyCollection<MeanPart> after)
    {
        var first = before.ToDictionary(p => p.Key, StringComparer.Ordinal);
        var second = after.ToDictionary(p => p.Key, StringComparer.Ordinal);
        var middle = (before.Sum(p => p.Weight * p.Value) + after.Sum(p => p.Weight * p.Value)) / 2;
        var changes = first.Keys.Union(second.Keys, StringComparer.Ordinal).Select(key =>
        {
            var (hadBefore, hasAfter) = (first.TryGetValue(key, out var a), second.TryGetValue(key, out var b));
            if (!hadBefore) a = new(key, 0, b.Value);
            if (!hasAfter) b = new(key, 0, a.Value);
            return new PartChange(key, (a.Weight + b.Weight) / 2 * (b.Value - a.Value), (b.Weight - a.Weight) * (((a.Value + b.Value) / 2) - middle));
        });
        return [.. changes.OrderByDescending(c => Math.Abs(c.Total)).ThenBy(c => c.Key, StringComparer.Ordinal)];
    }
}
