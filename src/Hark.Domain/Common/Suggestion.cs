namespace Hark.Domain.Common;

/// <summary>Finds the name somebody probably meant.</summary>
public static class Suggestion
{
    /// <summary>
    /// The known name nearest to the given one, or null when none is near: at most a third of its letters may differ (one at least).
    /// Ignores case. Cost: length × length per known name, so for errors only.
    /// </summary>
    public static string? For(string given, IEnumerable<string> known)
    {
        if (given.Length > 64) return null;
        var limit = Math.Max(1, given.Length / 3);
        string? best = null;
        foreach (var name in known)
        {
            if (Math.Abs(name.Length - given.Length) > limit) continue;
            var distance = Distance(given.ToLowerInvariant(), name.ToLowerInvariant());
            if (distance > limit) continue;
            (best, limit) = (name, distance - 1);
        }
        return best;
    }

    /// <summary><c>"; did you mean 'chat'?"</c>, or nothing when no name is near.</summary>
    public static string Hint(string given, IEnumerable<string> known) => For(given, known) is { } name ? $"; did you mean '{name}'?" : "";

    /// <summary>Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours (Damerau 1964) count one each.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) best = Math.Min(best, rows[i - 2, j - 2] + 1);
                rows[i, j] = best;
            }
        }
        return rows[a.Length, b.Length];
    }
}
