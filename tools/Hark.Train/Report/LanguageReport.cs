using System.Text;
using Hark.Domain.Understanding;
using Hark.Train.Data;
using Hark.Train.Languages;

namespace Hark.Train.Report;

/// <summary>How often the shipped model tells the language of texts it has not seen.</summary>
internal static class LanguageReport
{
    private static readonly string[] Sixteen = ["en", "cs", "sk", "bg", "ru", "fa", "de", "fr", "es", "it", "pl", "pt", "nl", "uk", "tr", "ar"];
    private const int SentenceLength = 40;

    public static void Write(StringBuilder report, DataFolder data, LanguageIdentifier identifier)
    {
        List<LanguageText> pairs = [.. LanguageTexts.Pairs(data).Where(t => t.IsTest && Sixteen.Contains(t.Language))];
        List<LanguageText> sentences =
        [
            .. LanguageTexts.Sentences(data).Where(t => t.IsTest && t.Text.Length >= SentenceLength && Sixteen.Contains(t.Language)),
            .. new[] { "en", "ru", "sk", "ar", "pt", "de", "es" }.SelectMany(l => LabelledSets.Phones(data, l, new(0, 0)).Test.Where(t => t.Text.Length >= SentenceLength).Select(t => new LanguageText(l, t.Text, ""))),
        ];
        report.AppendLine("## Language").AppendLine();
        report.AppendLine("Accuracy in % among the 16 languages of the table. Word pairs: the test fold of langid_lingua, two words each. Sentences of at least 40 characters: the test fold of");
        report.AppendLine("langid_udhr, and the dev part of m_absa phone (a foreign set) where it has the language. \"Told\" counts a language that does not stand out as wrong; \"best guess\" does not abstain.").AppendLine();
        report.AppendLine("| | pairs | told | best guess | sentences | told |").AppendLine("|---|---|---|---|---|---|");
        foreach (var language in Sixteen)
        {
            List<LanguageText> p = [.. pairs.Where(t => t.Language == language)], s = [.. sentences.Where(t => t.Language == language)];
            report.AppendLine(Invariant($"| {language} | {p.Count} | {Told(p, identifier):F1} | {Guessed(p, identifier):F1} | {s.Count} | {(s.Count == 0 ? "-" : Invariant($"{Told(s, identifier):F1}"))} |"));
        }
        report.AppendLine(Invariant($"| **all** | {pairs.Count} | **{Told(pairs, identifier):F1}** | **{Guessed(pairs, identifier):F1}** | {sentences.Count} | **{Told(sentences, identifier):F1}** |"));
        List<LanguageText> all25 = [.. LanguageTexts.Pairs(data).Where(t => t.IsTest)];
        var right = all25.Count(t => identifier.Best(t.Text).Code == t.Language);
        report.AppendLine().AppendLine("Goals: 93 % of pairs, 97 % of sentences.");
        report.AppendLine(Invariant($"Among all 25 languages, which include bs, hr and sl, be, mk and sr, and ur: {100.0 * right / all25.Count:F1} % of {all25.Count} pairs (best guess)."));
        var calibration = new Calibration();
        foreach (var text in pairs.Concat(sentences))
        {
            var guess = identifier.Best(text.Text, Sixteen);
            calibration.Add(guess.Confidence, guess.Code == text.Language);
        }
        report.AppendLine(Invariant($"Expected calibration error over pairs and sentences: {100 * calibration.Error:F1} %.")).AppendLine();
    }

    private static double Told(List<LanguageText> texts, LanguageIdentifier identifier) => 100.0 * texts.Count(t => identifier.Identify(t.Text, Sixteen).Code == t.Language) / texts.Count;

    private static double Guessed(List<LanguageText> texts, LanguageIdentifier identifier) => 100.0 * texts.Count(t => identifier.Best(t.Text, Sixteen).Code == t.Language) / texts.Count;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
