using System.Text;
using Hark.Domain.Understanding;
using Hark.Train;
using Hark.Train.Api;
using Hark.Train.Data;
using Hark.Train.Feedback;
using Hark.Train.Languages;
using Hark.Train.Report;

// Trains the models that ship: dotnet run -c Release --project tools/Hark.Train -- train [language|feedback]
// Measures them and their family and writes docs/accuracy.md: dotnet run -c Release --project tools/Hark.Train -- evaluate
// Measures only sets whose name contains a word, and prints: … evaluate alza cinexio
// Measures what a workspace reaches through the API alone, and writes that part of docs/accuracy.md: … api; or prints it for some sets: … api alza
// The data folder is ../shared/data beside the repository, or HARK_DATA.
if (Repository.Find() is not { } repository) return Fail("Run this inside the repository.");
if (!Directory.Exists(repository.Data)) return Fail($"There is no data folder at {repository.Data}; set HARK_DATA.");
var data = new DataFolder(repository.Data);
var phrases = WrittenTexts.Read(repository.Texts);
switch (args)
{
    case ["train"]:
        Write(TrainLanguage());
        Write(TrainFeedback());
        return 0;
    case ["train", "language"]:
        Write(TrainLanguage());
        return 0;
    case ["train", "feedback"]:
        Write(TrainFeedback());
        return 0;
    case ["evaluate", .. var names]:
        Evaluate(names);
        return 0;
    case ["api", .. var names]:
        await ThroughApiAsync(names);
        return 0;
    default:
        return Fail("Say what to do: train, train language, train feedback, evaluate or api.");
}

ModelFile TrainLanguage() => LanguageTrainer.Train(LanguageTexts.Read(data, phrases), Repository.ModelVersion);

ModelFile TrainFeedback() => FeedbackTrainer.Train(new FeedbackTexts(data, phrases), Repository.ModelVersion);

void Write(ModelFile model)
{
    using var file = File.Create(Path.Combine(repository.Models, model.Name + ".hkm"));
    model.Write(file);
    Console.WriteLine($"{model.Name}: version {model.Version}, {file.Length} bytes");
}

void Evaluate(string[] names)
{
    var understander = Understander.Shipped();
    var report = new StringBuilder().AppendLine("""
        # Accuracy

        Everything here is written by one command, which takes a quarter of an hour on one core, and repeats to the last digit:

        ```
        dotnet run -c Release --project tools/Hark.Train -- evaluate
        ```

        The shipped models are made by `dotnet run -c Release --project tools/Hark.Train -- train` (a few minutes), from the training folds of open sets (see NOTICE) and phrases written for it
        (`tools/Hark.Train/Texts`); never from a row that is a test here. The data is not part of the repository: `HARK_DATA` names its folder. Splits, floors and sets are those of its README.

        """);
    LanguageReport.Write(report, data, understander.Languages);
    ShippedReport.Write(report, data, understander);
    new WorkspaceReport(understander, new SentimentBases(understander, new FeedbackTexts(data, phrases)), Console.WriteLine).Write(report, LabelledSets.All(data).Where(s => names.Length == 0 || names.Any(n => s.Name.Contains(n, StringComparison.Ordinal))));
    if (names.Length == 0) File.WriteAllText(repository.Report, report.ToString());
    else Console.WriteLine(report);
}

async Task ThroughApiAsync(string[] names)
{
    const string begin = "## Learned through the API alone";
    var report = new StringBuilder().AppendLine(begin).AppendLine().AppendLine("""
        `dotnet run -c Release --project tools/Hark.Train -- api` (half an hour on one core) starts a server with an empty store for each set, sends the training part with ratings (stars 1, 3, 5) or topics,
        has it learn (`POST /api/v1/models/learn`), sends the test part without and reads the labels back. What was not told counts as wrong. Sets whose classes a signal's sentiment does not have are left out.

        """);
    await ApiReport.WriteAsync(report, LabelledSets.All(data).Where(ApiReport.Fits).Where(s => names.Length == 0 || names.Any(n => s.Name.Contains(n, StringComparison.Ordinal))), Console.WriteLine);
    if (names.Length > 0) return;
    var text = File.ReadAllText(repository.Report);
    File.WriteAllText(repository.Report, (text.IndexOf(begin, StringComparison.Ordinal) is > 0 and var at ? text[..at] : text) + report);
}

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 2;
}
