using Hark.Domain.Understanding;

namespace Hark.Train.Languages;

/// <summary>
/// Moves evidence where naive Bayes errs: a few passes of multinomial logistic regression over the word pairs, in which a pair's own counts are taken out of the
/// evidence it is judged by. A gram seen nowhere else then speaks for nobody, as it would in a new text; without that every pair would be right already.
/// </summary>
internal static class LanguageRefinement
{
    private const int Epochs = 4, Seed = 20261128;
    private const double Rate = 0.03, Sharpness = 0.5, SureEnough = 0.95, LeastStep = 1e-4;

    /// <param name="evidence">Changed in place; a row for each gram, a column for each language.</param>
    /// <param name="shares">The shares the evidence was made of.</param>
    /// <param name="weight">How much the set of the texts counts in the shares.</param>
    public static void Refine(float[] evidence, double[] shares, (int Language, List<(int Row, int Order)> Grams)[] texts, double weight)
    {
        var languages = LanguageTexts.Languages.Length;
        var totals = Totals(texts, languages);
        var (moved, sum) = (new float[evidence.Length], new float[evidence.Length]);
        var random = new Random(Seed);
        var p = new double[languages];
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(texts);
            foreach (var (language, grams) in texts)
            {
                Array.Clear(p);
                foreach (var (row, order) in grams)
                {
                    var at = row * languages;
                    for (var l = 0; l < languages; l++) p[l] += evidence[at + l] + moved[at + l];
                    var others = Math.Max(0, shares[at + language] - weight / totals[language, order]);
                    p[language] += LanguageTrainer.Evidence(others) - evidence[at + language];
                }
                Softmax(p, Sharpness / Math.Sqrt(grams.Count));
                if (p[language] > SureEnough) continue;
                for (var l = 0; l < languages; l++)
                {
                    var step = (float)(Rate * ((l == language ? 1 : 0) - p[l]));
                    if (Math.Abs(step) < LeastStep) continue;
                    foreach (var (row, _) in grams) moved[row * languages + l] += step;
                }
            }
            for (var i = 0; i < sum.Length; i++) sum[i] += moved[i];
        }
        // The average over the passes errs less than where the last one ended.
        for (var i = 0; i < evidence.Length; i++) evidence[i] += sum[i] / Epochs;
    }

    private static double[,] Totals((int Language, List<(int Row, int Order)> Grams)[] texts, int languages)
    {
        var totals = new double[languages, LanguageGrams.Orders + 1];
        foreach (var (language, grams) in texts)
            foreach (var (_, order) in grams) totals[language, order]++;
        return totals;
    }

    private static void Softmax(double[] scores, double factor)
    {
        var top = scores.Max();
        var total = 0.0;
        for (var i = 0; i < scores.Length; i++) total += scores[i] = Math.Exp((scores[i] - top) * factor);
        for (var i = 0; i < scores.Length; i++) scores[i] /= total;
    }
}
