using System.Text;
using Hark.Domain.Understanding;
using Hark.Domain.Understanding.Learning;
using Hark.Train.Data;

namespace Hark.Train.Report;

/// <summary>What a workspace's own model reaches that has learned from a set's training part: the same family, started from the shipped model where the task is sentiment.</summary>
internal sealed class WorkspaceReport(Understander understander, Action<string> progress)
{
    private const int Bits = 19;
    private readonly Features _features = new(Bits);

    public void Write(StringBuilder report, IEnumerable<LabelledSet> sets)
    {
        report.AppendLine("## Learned inside a workspace").AppendLine();
        report.AppendLine("Each set's training part of rule F (m_absa and parsinlu movie: the publisher's files) learned, its test part judged. Where the task is sentiment the shipped model's scores are one input of the");
        report.AppendLine("blend, but not on sets it learned from itself (xed, liu, nhs). The floor is the plain model of the data's README. ECE: expected calibration error of the class told, on the test part; of a hundred rows it is mostly chance.").AppendLine();
        report.AppendLine("| set and task | training / test | floor accuracy | accuracy | floor macro-F1 | macro-F1 | difference | ECE |").AppendLine("|---|---|---|---|---|---|---|---|");
        var pooled = new Calibration();
        var differences = new List<(string Name, string Language, double Difference)>();
        foreach (var set in sets)
        {
            var (confusion, calibration) = Judge(set, pooled);
            var difference = confusion.MacroF1 - set.Floor.MacroF1;
            differences.Add((set.Name, set.Language ?? "cs", difference));
            var row = FormattableString.Invariant($"| {set.Name} | {set.Training.Count:N0} / {set.Test.Count:N0} | {set.Floor.Accuracy:F3} | {confusion.Accuracy:F3} | {set.Floor.MacroF1:F3} | {confusion.MacroF1:F3} | {100 * difference:+0.0;-0.0} | {calibration.Error:P1} |");
            report.AppendLine(row);
            progress(row);
        }
        var languages = differences.GroupBy(d => d.Language).Select(g => (g.Key, Mean: g.Average(d => d.Difference))).ToList();
        report.AppendLine().AppendLine(FormattableString.Invariant($"Above the floor in macro-F1 on {differences.Count(d => d.Difference > 0)} of {differences.Count}; on average {100 * differences.Average(d => d.Difference):+0.0;-0.0} points over the sets, {100 * languages.Average(l => l.Mean):+0.0;-0.0} over the languages ({string.Join(", ", languages.Select(l => FormattableString.Invariant($"{l.Key} {100 * l.Mean:+0.0;-0.0}")))})."));
        report.AppendLine("Not above it: " + string.Join("; ", differences.Where(d => d.Difference <= 0).Select(d => d.Name)) + ".");
        report.AppendLine(FormattableString.Invariant($"Expected calibration error over all test rows together: {100 * pooled.Error:F1} %.")).AppendLine();
    }

    private (Confusion, Calibration) Judge(LabelledSet set, Calibration pooled)
    {
        var training = set.Training;
        var examples = training.Select(t => Example.Of(t.Text, set.Language, t.Label, 1, _features)).ToList();
        var learned = Learner.Learn(examples, [.. training.Select(t => Basis(set, t))], set.Labels.Length, 1 << Bits);
        var (confusion, calibration) = (new Confusion(set.Labels.Length), new Calibration());
        var (scores, p) = (new double[set.Labels.Length], new double[set.Labels.Length]);
        foreach (var text in set.Test)
        {
            learned.Heads.Score(Example.Of(text.Text, set.Language, text.Label, 1, _features), scores);
            learned.Blend.Probabilities(scores, Basis(set, text), p);
            var told = learned.Blend.Decide(p);
            confusion.Add(text.Label, told);
            calibration.Add(p[told], told == text.Label);
            pooled.Add(p[told], told == text.Label);
        }
        return (confusion, calibration);
    }

    private double[] Basis(LabelledSet set, LabelledText text) => set.Sentiment is null || set.IsShippedWith ? [] : understander.SentimentScores(text.Text, set.Language);
}
