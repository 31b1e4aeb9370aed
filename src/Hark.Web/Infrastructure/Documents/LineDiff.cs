using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Hark.Web.Infrastructure.Documents;

/// <summary>What differs between two texts, line by line, with a few lines around each change.</summary>
internal static class LineDiff
{
    private const int Around = 2;

    /// <returns>Lines in order; a changed line is one removed and one inserted.</returns>
    public static IReadOnlyList<DiffPiece> Of(string before, string after)
    {
        var lines = InlineDiffBuilder.Diff(before, after).Lines;
        return [.. lines.Where((_, i) => lines.Skip(i - Around).Take(Math.Min(i, Around) + 1 + Around).Any(l => l.Type != ChangeType.Unchanged))];
    }
}
