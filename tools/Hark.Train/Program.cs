using Hark.Domain.Understanding;
using Hark.Train;
using Hark.Train.Data;
using Hark.Train.Feedback;
using Hark.Train.Languages;

// Trains the models that ship: dotnet run -c Release --project tools/Hark.Train -- train [language|feedback]
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
    case ["evaluate"]:
        return 0;
    default:
        return Fail("Say what to do: train, train language, train feedback or evaluate.");
}

ModelFile TrainLanguage() => LanguageTrainer.Train(LanguageTexts.Read(data, phrases), Repository.ModelVersion);

ModelFile TrainFeedback() => FeedbackTrainer.Train(new FeedbackTexts(data, phrases), Repository.ModelVersion);

void Write(ModelFile model)
{
    using var file = File.Create(Path.Combine(repository.Models, model.Name + ".hkm"));
    model.Write(file);
    Console.WriteLine($"{model.Name}: version {model.Version}, {file.Length} bytes");
}

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 2;
}
