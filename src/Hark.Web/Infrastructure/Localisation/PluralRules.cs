namespace Hark.Web.Infrastructure.Localisation;

/// <summary>CLDR plural categories of whole numbers (Unicode CLDR, supplemental/plurals.xml) for the languages of the interface.</summary>
internal static class PluralRules
{
    /// <summary>The categories a counted text must have in a language: those that whole numbers can fall in.</summary>
    public static IReadOnlyList<string> Categories(string language) => language switch
    {
        "cs" or "sk" => ["one", "few", "other"],
        "ru" => ["one", "few", "many"],
        _ => ["one", "other"],
    };

    /// <summary>The category of a number; a negative one counts like its magnitude.</summary>
    public static string Of(string language, long number)
    {
        var n = Math.Abs(number);
        return language switch
        {
            "cs" or "sk" => n switch { 1 => "one", >= 2 and <= 4 => "few", _ => "other" },
            "ru" => Russian(n),
            "fa" => n <= 1 ? "one" : "other",
            _ => n == 1 ? "one" : "other",
        };
    }

    private static string Russian(long n) => (n % 10, n % 100) switch
    {
        (1, not 11) => "one",
        ( >= 2 and <= 4, not (>= 12 and <= 14)) => "few",
        _ => "many",
    };
}
