using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hark.Train.Data;

/// <summary>The labelled sets of the data folder, split as its README says.</summary>
internal static partial class LabelledSets
{
    private static readonly string[] TwoSides = ["negative", "positive"], ThreeSides = ["negative", "neutral", "positive"];
    private static readonly int[] Two = [-1, 1], Three = [-1, 0, 1];

    public static IEnumerable<LabelledSet> All(DataFolder data) =>
    [
        Alza(data),
        Xed(data, "cs", "cs-projections", new(0.663, 0.657, 0.637)),
        Xed(data, "sk", "sk-projections", new(0.500, 0.486, 0.534)),
        Xed(data, "ru", "ru-projections", new(0.641, 0.639, 0.617)),
        Xed(data, "bg", "bg-projections", new(0.639, 0.633)),
        Xed(data, "fa", "fa-projections", new(0.636, 0.636, 0.556)),
        Xed(data, "en", "en-projections", new(0.674, 0.667, 0.677)),
        Xed(data, "en", "en-annotated", new(0.757, 0.757)),
        Tweets(data, "banks", new(0.900, 0.818)),
        Tweets(data, "telecoms", new(0.772, 0.742)),
        Food(data, withNeutral: true, new(0.854, 0.573, 0.588)),
        Food(data, withNeutral: false, new(0.866, 0.866, 0.890)),
        Movie(data),
        SentiPers(data, ["-2", "-1", "0", "1", "2"], [-1, -1, 0, 1, 1], new(0.626, 0.455)),
        SentiPersTwo(data),
        Cinexio(data, ["0", "1", "2"], Three, new(0.797, 0.639)),
        Cinexio(data, ["0", "2"], Two, new(0.964, 0.889)),
        Rows("arabic_reviews", "ar", ["-1", "0", "1"], Three, data.Records("arabic_reviews/PROD.csv").Skip(1).Select(r => (r[0], r[0], r[1])), new(0.787, 0.534)),
        Olist(data),
        Airline(data),
        AirlineReasons(data),
        Rows("fine_foods_en", "en", ["other", "great"], Two, data.Records("fine_foods_en/training_data.csv").Skip(1).Select(r => (r[2], r[2], r[3])), new(0.785, 0.760)),
        Nhs(data),
        NhsCriticality(data),
        Cfpb(data),
        ProsAndCons(data),
        SentencePolarity(data),
        .. new[] { ("en", 0.907, 0.688), ("ru", 0.917, 0.753), ("sk", 0.865, 0.640), ("hr", 0.886, 0.646), ("ar", 0.896, 0.666), ("pt", 0.896, 0.665), ("de", 0.865, 0.624), ("es", 0.876, 0.704) }
            .Select(p => Phones(data, p.Item1, new(p.Item2, p.Item3))),
    ];

    public static LabelledSet Alza(DataFolder data) =>
        Rows("alza_cs_sk", null, TwoSides, Two, data.Records("alza_cs_sk/alza.csv").Skip(1).Select(r => (r[5], r[5], r[2])), new(0.801, 0.796, 0.807));

    /// <summary>Lines whose emotions are all on one side: 2, 5, 8 are pleasant; 1, 3, 4, 6 are not; 7 is either.</summary>
    public static LabelledSet Xed(DataFolder data, string language, string file, Floor floor) =>
        Rows($"xed {file}", language, TwoSides, Two, data.Lines($"xed/{file}.tsv").Select(l => l.Split('\t')).Where(f => f.Length > 1).Select(f => (f[0], f[0], Side(f[1]))), floor);

    private static string Side(string emotions)
    {
        var marks = emotions.Split(',', StringSplitOptions.TrimEntries);
        return marks.All(m => m is "2" or "5" or "8") ? "positive" : marks.All(m => m is "1" or "3" or "4" or "6") ? "negative" : "";
    }

    public static LabelledSet Tweets(DataFolder data, string what, Floor floor) =>
        Rows($"sentirueval_ru {what}", "ru", ["-1", "0", "1"], Three,
            data.Records($"sentirueval_ru/SentiRuEval-2015-{what}.train.csv").Skip(1).Select(r => (r[2] + " " + r[4], r[4], r[3])), floor);

    public static LabelledSet Food(DataFolder data, bool withNeutral, Floor floor) =>
        Rows(withNeutral ? "parsinlu_fa food, 3 classes" : "parsinlu_fa food", "fa", withNeutral ? ThreeSides : TwoSides, withNeutral ? Three : Two,
            Json(data, "parsinlu_fa/food.jsonl").Select(r => (Text(r, "review"), Text(r, "review"), SideOf(Text(r, "sentiment")))), floor);

    private static string SideOf(string score) => score switch { "-2" or "-1" => "negative", "0" => "neutral", "1" or "2" => "positive", _ => "" };

    private static LabelledSet Movie(DataFolder data)
    {
        IEnumerable<LabelledText> Of(string file, bool isTest) => Json(data, file).Where(r => Text(r, "aspect") == "کلی" && SideOf(Text(r, "label")).Length > 0)
            .Select(r => new LabelledText(Text(r, "review"), Array.IndexOf(ThreeSides, SideOf(Text(r, "label"))), isTest, TextKey.Fold(Text(r, "review"))));
        return new("parsinlu_fa movie", "fa", ThreeSides, Three, [.. Of("parsinlu_fa/movie_train.jsonl", false), .. Of("parsinlu_fa/movie_dev.jsonl", true)], new(0.821, 0.559));
    }

    private static LabelledSet SentiPers(DataFolder data, string[] labels, int[] sides, Floor floor) =>
        Rows("sentipers_fa, 5 classes", "fa", labels, sides, data.Records("sentipers_fa/original.csv").Select(r => (r[0], r[0], r[1])), floor);

    private static LabelledSet SentiPersTwo(DataFolder data) =>
        Rows("sentipers_fa", "fa", TwoSides, Two, data.Records("sentipers_fa/original.csv").Select(r => (r[0], r[0], SideOf(r[1]))), new(0.876, 0.737));

    public static LabelledSet Cinexio(DataFolder data, string[] labels, int[] sides, Floor floor) =>
        Rows($"cinexio_bg, {string.Join('/', labels)}", "bg", labels, sides, Json(data, "cinexio_bg/train.jsonl").Select(r => (Text(r, "Comment"), Text(r, "Comment"), Text(r, "Category"))), floor);

    private static LabelledSet Olist(DataFolder data) =>
        Rows("olist_a", "pt", ["1-2", "3", "4-5"], Three, data.Records("olist_a/olist_order_reviews_dataset.csv").Skip(1).Where(r => r[4].Trim().Length > 0)
            .Select(r => (r[3] + " " + r[4], r[3] + " " + r[4], r[2] switch { "1" or "2" => "1-2", "3" => "3", _ => "4-5" })), new(0.823, 0.604, 0.606));

    public static LabelledSet Airline(DataFolder data) =>
        Rows("airline_tweets_en, 3 classes", "en", ThreeSides, Three, data.Records("airline_tweets_en/tweets.csv").Skip(1).Select(r => (r[6], r[6], r[1])), new(0.821, 0.761));

    private static LabelledSet AirlineReasons(DataFolder data)
    {
        var records = data.Records("airline_tweets_en/tweets.csv").Skip(1).Where(r => r[3] is not ("" or "Can't Tell")).ToList();
        return Rows("airline_tweets_en, 9 reasons", "en", Names(records.Select(r => r[3])), null, records.Select(r => (r[6], r[6], r[3])), new(0.666, 0.549));
    }

    private static LabelledSet Nhs(DataFolder data)
    {
        var records = data.Records("nhs_fft_themes_en/text_data.csv").Skip(1).ToList();
        return Rows("nhs_fft_themes_en, 9 labels", "en", Names(records.Select(r => r[1])), null, records.Select(r => (r[3], r[3], r[1])), new(0.770, 0.613));
    }

    public static LabelledSet NhsCriticality(DataFolder data) =>
        Rows("nhs_fft_themes_en, criticality", "en", ThreeSides, Three, data.Records("nhs_fft_themes_en/text_data.csv").Skip(1)
            .Select(r => (r[3], r[3], int.TryParse(r[4], out var n) ? n < 0 ? "negative" : n == 0 ? "neutral" : "positive" : "")), new(0.828, 0.776));

    private static LabelledSet Cfpb(DataFolder data)
    {
        var records = data.Records("cfpb_complaints/complaints_sample.csv").Skip(1).Where(r => r[5].Trim().Length > 0).ToList();
        return Rows("cfpb_complaints, product", "en", Names(records.Select(r => r[1])), null, records.Select(r => (r[5], r[5], r[1])), new(0.818, 0.603, 0.452));
    }

    public static LabelledSet ProsAndCons(DataFolder data)
    {
        IEnumerable<(string, string, string)> Of(string file, string label) => data.Lines($"liu_reviews_en/pros_cons/{file}.txt")
            .Select(l => Tag().Replace(l, "").Trim()).Where(l => l.Length > 0).Select(l => (l, l, label));
        return Rows("liu pros_cons", "en", TwoSides, Two, [.. Of("IntegratedPros", "positive"), .. Of("IntegratedCons", "negative")], new(0.948, 0.948));
    }

    public static LabelledSet SentencePolarity(DataFolder data)
    {
        IEnumerable<(string, string, string)> Of(string end, string label) => data.Lines($"liu_reviews_en/sentence_polarity/rt-polarity.{end}").Where(l => l.Length > 0).Select(l => (l, l, label));
        return Rows("liu sentence_polarity", "en", TwoSides, Two, [.. Of("pos", "positive"), .. Of("neg", "negative")], new(0.742, 0.742));
    }

    /// <summary>Sentences about telephones with opinions of one polarity.</summary>
    public static LabelledSet Phones(DataFolder data, string language, Floor floor)
    {
        IEnumerable<LabelledText> Of(string part) => data.Lines($"m_absa/phone/{language}/{part}.txt").Select(l => l.Split("####")).Where(f => f.Length == 2)
            .Select(f => (Text: f[0], Polarities: Polarity().Matches(f[1]).Select(m => m.Groups[1].Value).Distinct().ToList())).Where(s => s.Polarities.Count == 1)
            .Select(s => new LabelledText(s.Text, Array.IndexOf(ThreeSides, s.Polarities[0]), part == "dev", TextKey.Fold(s.Text))).Where(t => t.Label >= 0);
        return new($"m_absa phone {language}, polarity", language, ThreeSides, Three, [.. Of("train"), .. Of("dev")], floor);
    }

    /// <param name="rows">What the model reads, what the fold is taken of, the label; rows with another label are left out.</param>
    private static LabelledSet Rows(string name, string? language, string[] labels, int[]? sides, IEnumerable<(string Text, string Key, string Label)> rows, Floor floor) =>
        new(name, language, labels, sides, [.. rows.Select(r => (r.Text, Label: Array.IndexOf(labels, r.Label), Fold: TextKey.Fold(r.Key))).Select(r => new LabelledText(r.Text, r.Label, r.Fold == TextKey.TestFold, r.Fold)).Where(t => t.Label >= 0 && t.Text.Trim().Length > 0)], floor);

    private static string[] Names(IEnumerable<string> labels) => [.. labels.Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<JsonElement> Json(DataFolder data, string file) => data.Lines(file).Where(l => l.Length > 0).Select(l => JsonDocument.Parse(l).RootElement);

    private static string Text(JsonElement record, string name) => record.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : record.GetProperty(name).ToString();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"'(negative|neutral|positive)'\]")]
    private static partial Regex Polarity();
}
