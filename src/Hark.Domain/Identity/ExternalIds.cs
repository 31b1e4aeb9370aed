namespace Hark.Domain.Identity;

/// <summary>The ids by which sources know people, accounts and signals.</summary>
public static class ExternalIds
{
    public const int MaxLength = 200;

    /// <summary>The id, trimmed; case is kept, for it is the source's own. Null with the reason when it is empty, too long or holds control characters.</summary>
    public static string? Normalise(string text, out string? problem)
    {
        var id = text.Trim();
        problem = id.Length == 0 ? "must not be empty"
            : id.Length > MaxLength ? $"may be {MaxLength} characters long at most"
            : id.Any(char.IsControl) ? "must not contain control characters"
            : null;
        return problem is null ? id : null;
    }
}
