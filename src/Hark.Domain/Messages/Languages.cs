namespace Hark.Domain.Messages;

/// <summary>The languages Hark's own words come in (ISO 639 codes).</summary>
public static class Languages
{
    public const string Fallback = "en";

    /// <summary>In the order in which a choice is offered.</summary>
    public static IReadOnlyList<string> All { get; } = ["en", "cs", "sk", "bg", "ru", "fa"];

    public static bool IsRightToLeft(string language) => language == "fa";

    /// <summary><c>rtl</c> or <c>ltr</c>, as HTML's <c>dir</c> takes it.</summary>
    public static string Direction(string language) => IsRightToLeft(language) ? "rtl" : "ltr";

    /// <summary>The language of a tag such as <c>cs-CZ</c> or <c>fa_IR</c>, or null when Hark has no words in it.</summary>
    public static string? Known(string? tag)
    {
        if (tag is null) return null;
        var end = tag.AsSpan().IndexOfAny('-', '_');
        var primary = tag.AsSpan(0, end < 0 ? tag.Length : end).Trim();
        foreach (var language in All)
            if (primary.Equals(language, StringComparison.OrdinalIgnoreCase)) return language;
        return null;
    }

    /// <summary>The first of the tags that Hark speaks, English when it speaks none. Callers list the person's own first, the workspace's default last.</summary>
    public static string Choose(params ReadOnlySpan<string?> tags)
    {
        foreach (var tag in tags)
            if (Known(tag) is { } language) return language;
        return Fallback;
    }
}
