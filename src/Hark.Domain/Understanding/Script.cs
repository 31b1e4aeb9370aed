namespace Hark.Domain.Understanding;

/// <summary>A writing system, as far as it tells languages apart.</summary>
public enum Script { None, Latin, Cyrillic, Arabic, Greek, Hebrew, Georgian, Armenian, Thai, Han, Kana, Hangul, Other }

internal static class Scripts
{
    public static readonly int Count = Enum.GetValues<Script>().Length;

    /// <summary>The script of a letter; <see cref="Script.None"/> for everything that is no letter.</summary>
    public static Script Of(char c)
    {
        if (c < 0x80) return char.IsAsciiLetter(c) ? Script.Latin : Script.None;
        if (!char.IsLetter(c)) return Script.None;
        return c switch
        {
            <= '\u024F' or >= '\u1E00' and <= '\u1EFF' => Script.Latin,
            >= '\u0370' and <= '\u03FF' or >= '\u1F00' and <= '\u1FFF' => Script.Greek,
            >= '\u0400' and <= '\u052F' => Script.Cyrillic,
            >= '\u0530' and <= '\u058F' => Script.Armenian,
            >= '\u0590' and <= '\u05FF' => Script.Hebrew,
            >= '\u0600' and <= '\u06FF' or >= '\u0750' and <= '\u077F' or >= '\uFB50' and <= '\uFDFF' or >= '\uFE70' and <= '\uFEFF' => Script.Arabic,
            >= '\u0E00' and <= '\u0E7F' => Script.Thai,
            >= '\u10A0' and <= '\u10FF' or >= '\u1C90' and <= '\u1CBF' => Script.Georgian,
            >= '\u1100' and <= '\u11FF' or >= '\u3130' and <= '\u318F' or >= '\uAC00' and <= '\uD7AF' => Script.Hangul,
            >= '\u3040' and <= '\u30FF' => Script.Kana,
            >= '\u3400' and <= '\u9FFF' => Script.Han,
            _ => Script.Other,
        };
    }

    /// <summary>The language is told by its script and by nothing else: no text of it was learned from.</summary>
    public static bool IsOnlyByScript(string? language) => language is "el" or "he" or "ka" or "hy" or "th" or "zh" or "ja" or "ko";

    /// <summary>The language that alone is written in the script, of those Hark knows; null where several are.</summary>
    public static string? OnlyLanguage(Script script) => script switch
    {
        Script.Greek => "el",
        Script.Hebrew => "he",
        Script.Georgian => "ka",
        Script.Armenian => "hy",
        Script.Thai => "th",
        Script.Han => "zh",
        Script.Kana => "ja",
        Script.Hangul => "ko",
        _ => null,
    };
}
