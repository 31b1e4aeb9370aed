using System.Text;
using Hark.Domain.Signals;
using Hark.Domain.Understanding;
using Hark.Domain.Understanding.Learning;
using Hark.Train.Data;

namespace Hark.Train.Report;

/// <summary>What the shipped model makes of sets it was not trained on and of the test folds of those it was.</summary>
internal static class ShippedReport
{
    public static void Write(StringBuilder report, DataFolder data, Understander understander)
    {
        report.AppendLine("## The shipped model on foreign sets").AppendLine();
        report.AppendLine("Negative against positive, all rows of a set with one of these labels. The side is the sign of the value; \"unknown\" and \"neutral\" are the labels a reader would have seen, \"right\" the share of");
        report.AppendLine("those told negative or positive that is. The floor is the last table of the data's README; where it has none there is none.").AppendLine();
        report.AppendLine("| set | rows | floor accuracy | accuracy | floor macro-F1 | macro-F1 | unknown | neutral | right |").AppendLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var (set, floor) in Foreign(data)) report.AppendLine(Row(set.Name, set.Texts, set, floor, understander));
        report.AppendLine().AppendLine("The test folds of the open sets (the shipped model learned from their other folds):").AppendLine();
        report.AppendLine("| set | rows | | accuracy | | macro-F1 | unknown | neutral | right |").AppendLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var set in Open(data)) report.AppendLine(Row(set.Name, set.Test, set, null, understander));
        report.AppendLine().AppendLine(Invariant($"Expected calibration error of the shipped sentiment over the open sets' test folds, three classes: {100 * CalibrationOf(Open(data), understander):F1} %.")).AppendLine();
    }

    private static IEnumerable<(LabelledSet, Floor?)> Foreign(DataFolder data) =>
    [
        (LabelledSets.Alza(data), new(0.614, 0.613)),
        (LabelledSets.Cinexio(data, ["0", "2"], [-1, 1], new(0, 0)), new(0.660, 0.517)),
        (LabelledSets.Tweets(data, "telecoms", new(0, 0)), new(0.583, 0.549)),
        (LabelledSets.Food(data, withNeutral: false, new(0, 0)), new(0.603, 0.595)),
        (LabelledSets.Airline(data), new(0.831, 0.763)),
        (LabelledSets.Phones(data, "en", new(0, 0)), new(0.772, 0.730)),
        .. new[] { "ru", "sk", "hr", "ar", "pt", "de", "es" }.Select(l => (LabelledSets.Phones(data, l, new(0, 0)), (Floor?)null)),
    ];

    private static IEnumerable<LabelledSet> Open(DataFolder data) => LabelledSets.All(data).Where(s => s.Sentiment is not null && s.IsShippedWith);

    private static string Row(string name, List<LabelledText> texts, LabelledSet set, Floor? floor, Understander understander)
    {
        var confusion = new Confusion(2);
        int unknown = 0, neutral = 0, told = 0, right = 0;
        foreach (var text in texts)
        {
            var side = set.Sentiment![text.Label];
            if (side == 0) continue;
            var sentiment = understander.Understand(text.Text).Sentiment;
            confusion.Add(side < 0 ? 0 : 1, sentiment.Value < 0 ? 0 : 1);
            if (sentiment.Label == SentimentLabel.Unknown) unknown++;
            else if (sentiment.Label == SentimentLabel.Neutral) neutral++;
            else told++;
            if (sentiment.Label == (side < 0 ? SentimentLabel.Negative : SentimentLabel.Positive)) right++;
        }
        return Invariant($"| {name} | {confusion.Total} | {floor?.Accuracy:F3} | {confusion.Accuracy:F3} | {floor?.MacroF1:F3} | {confusion.MacroF1:F3} | {unknown / (double)confusion.Total:P0} | {neutral / (double)confusion.Total:P0} | {right / (double)told:P0} |");
    }

    private static double CalibrationOf(IEnumerable<LabelledSet> sets, Understander understander)
    {
        var calibration = new Calibration();
        foreach (var set in sets)
        {
            foreach (var text in set.Test)
            {
                var sentiment = understander.Understand(text.Text).Sentiment;
                if (sentiment.Label != SentimentLabel.Unknown) calibration.Add(sentiment.Confidence, (int)sentiment.Label - 1 == set.Sentiment![text.Label]);
            }
        }
        return calibration.Error;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
