using Hark.Domain.Understanding;
using Hark.Train.Data;

namespace Hark.Train.Feedback;

/// <summary>A text to train the shipped model on.</summary>
/// <param name="Label">Class of the task; the tasks' own numbering.</param>
internal sealed record TrainingText(string Text, string? Language, int Label, float Weight);

/// <summary>The texts of each task of the shipped model: training folds of open sets, and phrases written for it.</summary>
internal sealed record FeedbackTexts(DataFolder Data, IReadOnlyList<Phrase> Phrases)
{
    /// <summary>The sources of open texts.</summary>
    public const string Subtitled = "xed", Reviews = "liu", Patients = "nhs_fft_themes_en";

    /// <summary>A source that is left out of sentiment: to know how good the model is where it never saw one like it.</summary>
    public string? Without { get; init; }

    private const int Negative = 0, Neutral = 1, Positive = 2;

    /// <summary>A phrase is short and to the point, and of the kind of text the product reads; a film line is neither.</summary>
    private const float PhraseWeight = 5, LineWeight = 1, SubtitleWeight = 0.4f, NeutralLineWeight = 0.1f, FragmentWeight = 0.5f, SymbolWeight = 6, BackgroundWeight = 0.5f;

    private static readonly (string Language, string File)[] Subtitles =
        [("cs", "cs-projections"), ("sk", "sk-projections"), ("ru", "ru-projections"), ("bg", "bg-projections"), ("fa", "fa-projections"), ("en", "en-projections"), ("en", "en-annotated")];

    public IEnumerable<TrainingText> Sentiment() =>
    [
        .. From(Subtitled, Subtitles.SelectMany(s => Open(LabelledSets.Xed(Data, s.Language, s.File, new(0, 0)), SubtitleWeight))),
        .. From(Reviews, [.. Open(LabelledSets.SentencePolarity(Data), LineWeight), .. Open(LabelledSets.ProsAndCons(Data), FragmentWeight)]),
        // Of patients asked what could be better, "very happy" counts as neither there: it is no lack of an opinion.
        .. From(Patients, Open(LabelledSets.NhsCriticality(Data), LineWeight).Where(t => t.Label != Neutral)),
        .. From(Subtitled, NeutralLines().Select(l => new TrainingText(l, "en", Neutral, NeutralLineWeight))),
        .. Background(),
        .. From(Reviews, [.. ProductSentences(), .. Lexicon("positive-words", Positive), .. Lexicon("negative-words", Negative)]),
        .. Written(k => k switch { PhraseKind.Praise => Positive, PhraseKind.Complaint => Negative, PhraseKind.Neither => Neutral, _ => null }),
    ];

    /// <summary>Lines with emotions of one kind only, and lines without any.</summary>
    public IEnumerable<TrainingText> Emotion() =>
    [
        .. Subtitles.SelectMany(s => Data.Lines($"xed/{s.File}.tsv").Select(l => l.Split('\t')).Where(f => f.Length > 1 && IsTraining(f[0]))
            .Select(f => (Text: f[0], Kinds: f[1].Split(',', StringSplitOptions.TrimEntries).Select(KindOf).Distinct().ToList()))
            .Where(t => t.Kinds is [not null]).Select(t => new TrainingText(t.Text, s.Language, Array.IndexOf(Understander.Emotions, t.Kinds[0]), LineWeight))),
        .. NeutralLines().Select(l => new TrainingText(l, "en", 0, LineWeight)),
        .. Written(k => k == PhraseKind.Neither ? 0 : null),
    ];

    private IEnumerable<TrainingText> From(string source, IEnumerable<TrainingText> texts) => source == Without ? [] : texts;

    private static string? KindOf(string mark) => mark switch
    {
        "1" or "3" => "anger",
        "4" => "fear",
        "5" or "8" => "joy",
        "6" => "sadness",
        "7" => "surprise",
        _ => null,
    };

    public IEnumerable<TrainingText> Urgency() =>
    [
        .. Written(k => k == PhraseKind.Urgent ? 1 : k == PhraseKind.Words ? null : 0),
        .. Subtitles.SelectMany(s => Data.Lines($"xed/{s.File}.tsv").Select(l => l.Split('\t')).Where(f => f.Length > 1 && IsTraining(f[0])).Take(600).Select(f => new TrainingText(f[0], s.Language, 0, FragmentWeight))),
        .. Open(LabelledSets.ProsAndCons(Data), FragmentWeight).Take(3000).Select(t => t with { Label = 0 }),
    ];

    private static IEnumerable<TrainingText> Open(LabelledSet set, float weight) =>
        set.Training.Select(t => new TrainingText(t.Text, set.Language, set.Sentiment![t.Label] + 1, weight));

    private static bool IsTraining(string text) => TextKey.Fold(text) != TextKey.TestFold;

    private IEnumerable<string> NeutralLines() =>
        Data.Lines("xed/neu_en.txt").Select(l => l.Split('\t')).Where(f => f.Length > 1 && IsTraining(f[1])).Select(f => f[1]);

    /// <summary>Sentences of each language as if each class had said them: what a language uses anyway speaks for no side.</summary>
    private IEnumerable<TrainingText> Background() =>
        Languages.LanguageTexts.Sentences(Data).Where(t => !t.IsTest)
            .SelectMany(t => new[] { Negative, Neutral, Positive }.Select(label => new TrainingText(t.Text, t.Language, label, BackgroundWeight)));

    /// <summary>Sentences of product reviews: <c>[+2]</c> and <c>[-1]</c> mark opinions, <c>[t]</c> titles; what has no mark is none.</summary>
    private IEnumerable<TrainingText> ProductSentences()
    {
        foreach (var file in new[] { "Apex_AD2600_Progressive_scan_DVD player", "Canon_G3", "Creative_Labs_Nomad_Jukebox_Zen_Xtra_40GB", "Nikon_coolpix_4300", "Nokia_6610" })
        {
            foreach (var line in Data.Lines($"liu_reviews_en/product_reviews_1/{file}.txt"))
            {
                var cut = line.IndexOf("##", StringComparison.Ordinal);
                if (cut < 0 || !IsTraining(line[(cut + 2)..])) continue;
                var (good, bad) = (line[..cut].Contains("[+", StringComparison.Ordinal), line[..cut].Contains("[-", StringComparison.Ordinal));
                if (good && bad) continue;
                yield return new TrainingText(line[(cut + 2)..], "en", good ? Positive : bad ? Negative : Neutral, LineWeight);
            }
        }
    }

    private IEnumerable<TrainingText> Lexicon(string file, int label) =>
        Data.Lines($"liu_reviews_en/opinion_lexicon/{file}.txt").Where(l => l.Length > 0 && l[0] != ';').Select(w => new TrainingText(w, "en", label, FragmentWeight));

    private IEnumerable<TrainingText> Written(Func<PhraseKind, int?> label)
    {
        foreach (var phrase in Phrases)
        {
            if (label(phrase.Kind) is not { } of) continue;
            yield return new TrainingText(phrase.Text, phrase.Language == WrittenTexts.Any ? null : phrase.Language, of, phrase.Language == WrittenTexts.Any ? SymbolWeight : PhraseWeight);
            if (phrase.Language is "bg" or "ru" or "uk") yield return new TrainingText(Transliteration.Of(phrase.Text, phrase.Language), null, of, FragmentWeight);
        }
    }
}
