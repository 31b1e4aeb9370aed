namespace Hark.Domain.Routing;

/// <summary>Somebody who may get the case.</summary>
/// <param name="Languages">BCP 47 tags or primary subtags they work in.</param>
/// <param name="Available">False: on leave, signed out or paused; never chosen.</param>
public sealed record AssignmentCandidate(Guid MemberId, IReadOnlyList<string> Languages, int OpenCases, bool Available);

/// <summary>Chooses the person for a case.</summary>
public static class Assignment
{
    /// <summary>The member to assign, or null when the case stays with the team (the strategy says so, or nobody is available). Order of candidates is irrelevant.</summary>
    /// <param name="language">The signal's language; null while unknown, which every language is good for.</param>
    /// <param name="lastChosen">
    /// The round-robin cursor: who in the team got a case last. The next is the one after them in order of id, so people who join or leave do not disturb the turn.
    /// Store the answer as the next cursor when it is not null.
    /// </param>
    public static Guid? Choose(AssignmentStrategy strategy, IReadOnlyList<AssignmentCandidate> candidates, string? language, Guid? lastChosen)
    {
        if (strategy == AssignmentStrategy.Team) return null;
        var available = candidates.Where(c => c.Available).ToList();
        if (available.Count == 0) return null;
        if (strategy == AssignmentStrategy.LanguageSkill && language is not null)
        {
            var speaking = available.FindAll(c => c.Languages.Any(l => SamePrimary(l, language)));
            if (speaking.Count > 0) available = speaking;
        }
        if (strategy != AssignmentStrategy.RoundRobin)
        {
            var least = available.Min(c => c.OpenCases);
            available = available.FindAll(c => c.OpenCases == least);
        }
        return NextInTurn(available, lastChosen);
    }

    private static Guid NextInTurn(List<AssignmentCandidate> candidates, Guid? last)
    {
        Guid? first = null, after = null;
        foreach (var id in candidates.Select(c => c.MemberId))
        {
            if (first is null || id.CompareTo(first.Value) < 0) first = id;
            if (last is { } l && id.CompareTo(l) > 0 && (after is null || id.CompareTo(after.Value) < 0)) after = id;
        }
        return after ?? first!.Value;
    }

    /// <summary><c>pt-BR</c> and <c>pt</c> are the same skill.</summary>
    private static bool SamePrimary(string a, string b) => Primary(a).Equals(Primary(b), StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> Primary(string tag)
    {
        var end = tag.AsSpan().IndexOfAny('-', '_');
        return end < 0 ? tag : tag.AsSpan(0, end);
    }
}
