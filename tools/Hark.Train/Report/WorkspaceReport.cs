using System.Text;
using Hark.Domain.Understanding;
using Hark.Domain.Understanding.Learning;
using Hark.Train.Data;

namespace Hark.Train.Report;

/// <summary>What a workspace's own model reaches that has learned from a set's training part: the same family, started from the shipped model where the task is sentiment.</summary>
internal sealed class WorkspaceReport(Understander understander, SentimentBases bases, Action<string> progress)
{
    private const string Task = "set";

    public void Write(StringBuilder report, IEnumerable<LabelledSet> sets)
    {
        report.AppendLine("## Learned inside a workspace").AppendLine();
        report.AppendLine("Each set's training part of rule F (m_absa and parsinlu movie: the publisher's files) learned, its test part judged. Where the task is sentiment the shipped model's scores are one input of the");
        report.AppendLine("blend; on sets it learned from itself (xed, liu, nhs) it is a model that was made like it without any text of that source, as it would be for a workspace whose texts it never saw. The floor is the plain model of the data's README. ECE: expected calibration error of the class told, on the test part; of a hundred rows it is mostly chance.");
        report.AppendLine("Of sets with a small test part the last columns have the macro-F1 of five folds, each once the test and all answers together, as the data's README does.").AppendLine();
        report.AppendLine("| set and task | training / test | floor accuracy | accuracy | floor macro-F1 | macro-F1 | difference | ECE | five folds: floor | difference |").AppendLine("|---|---|---|---|---|---|---|---|---|---|");
        var pooled = new Calibration();
        var differences = new List<(string Name, string Language, double Difference)>();
        foreach (var set in sets)
        {
            var (confusion, calibration) = (new Confusion(set.Labels.Length), new Calibration());
            Judge(set, set.Training, set.Test, confusion, calibration, pooled);
            var folds = set.Floor.FiveFolds is { } floor ? FormattableString.Invariant($"{floor:F3} | {100 * (FiveFolds(set) - floor):+0.0;-0.0}") : " | ";
            var difference = confusion.MacroF1 - set.Floor.MacroF1;
            differences.Add((set.Name, set.Language ?? "cs", difference));
            var row = FormattableString.Invariant($"| {set.Name} | {set.Training.Count:N0} / {set.Test.Count:N0} | {set.Floor.Accuracy:F3} | {confusion.Accuracy:F3} | {set.Floor.MacroF1:F3} | {confusion.MacroF1:F3} | {100 * difference:+0.0;-0.0} | {calibration.Error:P1} | {folds} |");
            report.AppendLine(row);
            progress(row);
        }
        var languages = differences.GroupBy(d => d.Language).Select(g => (g.Key, Mean: g.Average(d => d.Difference))).ToList();
        report.AppendLine().AppendLine(FormattableString.Invariant($"Above the floor in macro-F1 on {differences.Count(d => d.Difference > 0)} of {differences.Count}; on average {100 * differences.Average(d => d.Difference):+0.0;-0.0} points over the sets, {100 * languages.Average(l => l.Mean):+0.0;-0.0} over the languages ({string.Join(", ", languages.Select(l => FormattableString.Invariant($"{l.Key} {100 * l.Mean:+0.0;-0.0}")))})."));
        report.AppendLine("Not above it: " + string.Join("; ", differences.Where(d => d.Difference <= 0).Select(d => d.Name)) + ".");
        report.AppendLine(FormattableString.Invariant($"Expected calibration error over all test rows together: {100 * pooled.Error:F1} %.")).AppendLine();
    }

    private double FiveFolds(LabelledSet set)
    {
        var confusion = new Confusion(set.Labels.Length);
        for (var fold = 0; fold < TextKey.Folds; fold++) Judge(set, [.. set.Texts.Where(t => t.Fold != fold)], [.. set.Texts.Where(t => t.Fold == fold)], confusion, new Calibration(), new Calibration());
        return confusion.MacroF1;
    }

    private void Judge(LabelledSet set, List<LabelledText> training, List<LabelledText> test, Confusion confusion, Calibration calibration, Calibration pooled)
    {
        var shipped = set.Sentiment is null ? null : bases.For(set);
        var corpus = new Corpus(understander.Bits, FeatureSpace.Shared);
        double[][] basis = [.. training.Select(t => Basis(shipped, corpus.Add(t.Text, set.Language)))];
        var learned = Learner.Learn(corpus.Number(), [.. Enumerable.Range(0, training.Count)], [.. training.Select(t => t.Label)], [.. training.Select(_ => 1f)], basis, set.Labels.Length, LearningPlan.Thorough);
        // Judged as it is stored and asked: made small.
        var model = new TextModel(ModelWriter.Write(set.Name, "", corpus.Bits, [new LearnedTask(Task, set.Labels, learned, corpus)]), FeatureSpace.Shared);
        var classifier = model.Classifier(Task, set.Labels);
        var (features, outputs, p) = (new Features(corpus.Bits), new double[TextModel.Width], new double[set.Labels.Length]);
        foreach (var text in test)
        {
            TextFeatures.Read(text.Text, set.Language, features);
            model.Score(features, outputs);
            var told = classifier.Classify(outputs, Basis(shipped, features), p);
            confusion.Add(text.Label, told);
            calibration.Add(p[told], told == text.Label);
            pooled.Add(p[told], told == text.Label);
        }
    }

    private static double[] Basis(Func<Features, double[]>? shipped, Features features) => shipped is null ? [] : shipped(features);
}
