using Hark.Train.Feedback;

namespace Hark.Train.Data;

/// <summary>A labelled text.</summary>
/// <param name="Fold">Of rule F; the test is one of five.</param>
internal sealed record LabelledText(string Text, int Label, bool IsTest, int Fold);

/// <summary>A set's floor in the README of the data: what a plain model reaches.</summary>
/// <param name="FiveFolds">Its macro-F1 where each fold once was the test; for sets whose test part is small.</param>
internal sealed record Floor(double Accuracy, double MacroF1, double? FiveFolds = null);

/// <summary>A set to learn a part of and to be measured on the rest.</summary>
/// <param name="Language">Of its texts; null where they are in several.</param>
/// <param name="Labels">Names of the classes, in the order of their numbers.</param>
/// <param name="Sentiment">For each class the side it stands for (−1, 0, 1), where the base model may help; null for themes.</param>
internal sealed record LabelledSet(string Name, string? Language, string[] Labels, int[]? Sentiment, List<LabelledText> Texts, Floor Floor)
{
    /// <summary>The shipped model learned from its training part, and would be thought better on it than it is on a workspace's own texts.</summary>
    public bool IsShippedWith => Source is FeedbackTexts.Subtitled or FeedbackTexts.Reviews or FeedbackTexts.Patients;

    /// <summary>The folder of the data that it is from.</summary>
    public string Source => Name.Split(' ', ',')[0];

    public List<LabelledText> Training => [.. Texts.Where(t => !t.IsTest)];
    public List<LabelledText> Test => [.. Texts.Where(t => t.IsTest)];
}
