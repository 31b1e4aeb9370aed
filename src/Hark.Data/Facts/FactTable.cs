namespace Hark.Data.Facts;

/// <summary>A workspace's newest signals in memory, as they were when it was taken.</summary>
/// <param name="Since">What came in before is not here; null when all signals are.</param>
/// <param name="NewestFirst">Whether the newest signal comes first, rather than last.</param>
public sealed record FactTable(FactNames Names, IReadOnlyList<FactBlock> Blocks, DateTimeOffset? Since, bool NewestFirst = false)
{
    public int Count => Blocks.Sum(b => b.Count);
}
