using Hark.Domain.Understanding;

namespace Hark.Train.Languages;

/// <summary>
/// Counts the grams of each language and turns their shares into evidence, log((share + ε) / ε), so that a gram never seen speaks for nobody.
/// A language's share is a mixture of its shares in the sets, so that a language with many film lines is not thought to speak like films.
/// </summary>
internal static class LanguageTrainer
{
    private const int Bits = 19;

    /// <summary>The share of a gram that is not there; the best of a few tried on training folds.</summary>
    private const double Epsilon = 2e-6;

    /// <summary>How much a set counts in the mixture; chosen on training folds.</summary>
    private static readonly Dictionary<string, double> Weights = new(StringComparer.Ordinal)
    {
        [LanguageTexts.PairSet] = 0.8,
        [LanguageTexts.PhraseSet] = 0.4,
        [LanguageTexts.DeclarationSet] = 0.1,
        [LanguageTexts.SubtitleSet] = 0.2,
    };

    /// <summary>Trains on the training folds; the first of them tells how sharp confidence may be to a model that has not seen it.</summary>
    public static ModelFile Train(IReadOnlyList<LanguageText> texts, string version)
    {
        const int calibrationFold = 1;
        var training = texts.Where(t => !t.IsTest).ToList();
        var part = Train(training.Where(t => t.Fold != calibrationFold || t.Set == LanguageTexts.PhraseSet).ToList(), version, 1);
        var leftOut = training.Where(t => t.Fold == calibrationFold && t.Set is LanguageTexts.PairSet or LanguageTexts.DeclarationSet).ToList();
        return Train(training, version, LanguageCalibration.Sharpness(part, leftOut));
    }

    private static ModelFile Train(List<LanguageText> texts, string version, double sharpness)
    {
        var languages = LanguageTexts.Languages;
        var shares = new double[(1 << Bits) * languages.Length];
        foreach (var set in texts.GroupBy(t => t.Set)) AddShares(shares, [.. set], Weights[set.Key]);
        var evidence = shares.Select(s => (float)Evidence(s)).ToArray();
        var pairs = texts.Where(t => t.Set == LanguageTexts.PairSet).Select(t => (Language: Array.IndexOf(languages, t.Language), Grams: Grams(t.Text))).ToArray();
        LanguageRefinement.Refine(evidence, shares, pairs, Weights[LanguageTexts.PairSet]);
        var scale = evidence.Max(MathF.Abs) / sbyte.MaxValue;
        return new ModelFile(LanguageIdentifier.ModelName, version, languages, Bits, languages.Length, [.. languages.Select(_ => scale)], [.. evidence.Select(e => (sbyte)MathF.Round(e / scale))],
            new Dictionary<string, float[]> { [LanguageIdentifier.SharpnessName] = [(float)sharpness] });
    }

    /// <summary>What a gram with this share says for a language, in nats.</summary>
    public static double Evidence(double share) => Math.Log((share + Epsilon) / Epsilon);

    private static void AddShares(double[] shares, List<LanguageText> texts, double weight)
    {
        var languages = LanguageTexts.Languages.Length;
        var counts = new float[shares.Length];
        var orders = new byte[1 << Bits];
        var totals = new double[languages, LanguageGrams.Orders + 1];
        foreach (var text in texts)
        {
            var language = Array.IndexOf(LanguageTexts.Languages, text.Language);
            foreach (var (row, order) in Grams(text.Text))
            {
                counts[row * languages + language]++;
                totals[language, order]++;
                orders[row] = (byte)order;
            }
        }
        for (var i = 0; i < counts.Length; i++)
            if (counts[i] > 0) shares[i] += weight * counts[i] / totals[i % languages, orders[i / languages]];
    }

    public static List<(int Row, int Order)> Grams(string text)
    {
        var found = new List<(int, int)>();
        var tokens = new Tokens(text);
        Span<char> frame = stackalloc char[LanguageGrams.FrameSize];
        while (tokens.MoveNext())
        {
            if (tokens.Kind != TokenKind.Word) continue;
            var grams = new LanguageGrams(tokens.Text, frame, Bits);
            while (grams.MoveNext()) found.Add((grams.Row, grams.Order));
        }
        return found;
    }
}
