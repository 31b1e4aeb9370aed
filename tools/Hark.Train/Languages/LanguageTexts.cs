using Hark.Train.Data;

namespace Hark.Train.Languages;

/// <summary>A text and the language it is in.</summary>
internal sealed record LanguageText(string Language, string Text, string Set)
{
    /// <summary>Phrases written for training are never a test.</summary>
    public bool IsTest => Set != LanguageTexts.PhraseSet && Fold == TextKey.TestFold;

    public int Fold { get; } = TextKey.Fold(Text);
}

/// <summary>The texts languages are learned from and measured on: open sets only.</summary>
internal static class LanguageTexts
{
    public const string PairSet = "pairs", DeclarationSet = "declaration", SubtitleSet = "subtitles", PhraseSet = "phrases";

    public static readonly string[] Languages =
        ["ar", "be", "bg", "bs", "cs", "de", "en", "es", "fa", "fr", "hr", "hu", "it", "mk", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "tr", "uk", "ur"];

    private static readonly (string Language, string File)[] Declarations =
    [
        ("ar", "arb"), ("be", "bel"), ("bs", "bos_latn"), ("bg", "bul"), ("cs", "ces"), ("de", "deu_1901"), ("en", "eng"), ("fr", "fra"), ("hr", "hrv"), ("hu", "hun"),
        ("it", "ita"), ("mk", "mkd"), ("fa", "pes_1"), ("fa", "pes_2"), ("pl", "pol"), ("pt", "por_BR"), ("pt", "por_PT"), ("ru", "rus"), ("sk", "slk"), ("sl", "slv"),
        ("es", "spa"), ("sr", "srp_cyrl"), ("tr", "tur"), ("uk", "ukr"), ("ur", "urd"),
    ];

    public static List<LanguageText> Read(DataFolder data, IEnumerable<Phrase> phrases) => [.. Pairs(data), .. Sentences(data), .. Subtitles(data), .. phrases.Where(p => p.Language != WrittenTexts.Any).Select(p => new LanguageText(p.Language, p.Text, PhraseSet))];

    public static IEnumerable<LanguageText> Pairs(DataFolder data) =>
        Languages.SelectMany(l => data.Lines($"langid_lingua/word-pairs/{l}.txt").Where(t => t.Length > 0).Select(t => new LanguageText(l, t, PairSet)));

    public static IEnumerable<LanguageText> Sentences(DataFolder data) =>
        Declarations.SelectMany(d => data.Lines($"langid_udhr/{d.File}.txt").Select(t => t.Trim()).Where(t => t.Length > 0).Select(t => new LanguageText(d.Language, t, DeclarationSet)));

    private static IEnumerable<LanguageText> Subtitles(DataFolder data) =>
        new[] { "cs", "sk", "ru", "bg", "fa", "en" }.SelectMany(l =>
            data.Lines($"xed/{l}-projections.tsv").Select(r => new LanguageText(l, r.Split('\t')[0], SubtitleSet)));
}
