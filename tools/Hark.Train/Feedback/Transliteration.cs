using System.Text;

namespace Hark.Train.Feedback;

/// <summary>Cyrillic words as people type them on a Latin keyboard (<c>mnogo dobre</c>, <c>ochen plokho</c>).</summary>
internal static class Transliteration
{
    private const string Letters = "абвгдезийклмнопрстуфхыэіїєґ";
    private static readonly string[] Latin =
        ["a", "b", "v", "g", "d", "e", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "h", "y", "e", "i", "yi", "ye", "g"];

    public static string Of(string text, string language)
    {
        var latin = new StringBuilder(text.Length + 8);
        foreach (var c in text.ToLowerInvariant())
        {
            var at = Letters.IndexOf(c, StringComparison.Ordinal);
            latin.Append(at >= 0 ? Latin[at] : c switch
            {
                'ё' => "yo",
                'ж' => "zh",
                'ц' => language == "bg" ? "c" : "ts",
                'ч' => "ch",
                'ш' => "sh",
                'щ' => language == "bg" ? "sht" : "shch",
                'ъ' => language == "bg" ? "a" : "",
                'ь' => "",
                'ю' => "yu",
                'я' => "ya",
                _ => c.ToString(),
            });
        }
        return latin.ToString();
    }
}
