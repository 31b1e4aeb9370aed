namespace Hark.Web.Features.LanguageModels.Uses;

/// <summary>Languages as a model is told them.</summary>
internal static class LanguageNames
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["en"] = "English",
        ["cs"] = "Czech",
        ["sk"] = "Slovak",
        ["bg"] = "Bulgarian",
        ["ru"] = "Russian",
        ["fa"] = "Persian",
    };

    /// <summary>The English name; a language that is not of the interface by its code, which models know.</summary>
    public static string English(string language) => Known.GetValueOrDefault(language) ?? $"the language with the code '{language}'";
}
